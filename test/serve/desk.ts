import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { World } from '../../src/core/format.ts';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { type Answering, listen } from '../../src/platform/http-server.ts';
import { storeHost } from '../../src/platform/store-host.ts';
import { world } from '../../src/platform/world.ts';
import { openLocalStore } from '../../src/providers/local.ts';
import { createFaults } from '../../src/serve/faults/index.ts';
import { parseFault } from '../../src/serve/faults/parse.ts';
import { createServer } from '../../src/serve/server.ts';
import { openShelf } from '../../src/serve/shelf.ts';
import { servedSystems } from '../../src/serve/systems.ts';
import type { Store } from '../../src/store/index.ts';

export const TOKEN = 'token-of-the-tests';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The body as JSON; undefined if it is empty, its text if it is no JSON. */
  readonly body: JsonValue | undefined;
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a string as it is. */
  readonly body?: JsonValue;
}

export interface ServedStore {
  /** Sends a request to the server, without a socket. Paths begin with the system's: `/openai/v1/conversations`. */
  readonly ask: (path: string, asking?: Asking) => Promise<Reply>;
  /** The server itself, for a socket. */
  readonly fetch: Answering;
  readonly store: Store;
  /** Where the store is. */
  readonly directory: string;
  /** Keeps a record as it is, as any other program would. */
  readonly keep: (format: string, id: string, record: JsonObject) => Promise<void>;
  /** Errors that got a 500, by what they say: a test that expects none asserts that it is empty. */
  readonly errors: readonly unknown[];
}

/** All systems served from an empty store in a temporary directory, which goes when the test ends. */
export async function serveStore(
  options: {
    readonly world?: World;
    readonly mostBytes?: number;
    /** As `--fault` takes them. */
    readonly faults?: readonly string[];
  } = {},
): Promise<ServedStore> {
  const directory = mkdtempSync(join(tmpdir(), 'convo-serve-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const store = openLocalStore({ directory, host: storeHost() });
  const errors: unknown[] = [];
  const mounts = await Promise.all(
    servedSystems.map(async (system) => ({
      system,
      api: await system.load(),
      desk: {
        shelf: await openShelf({
          store,
          format: system.format,
          mayLack: system.mayLack,
          world: options.world ?? world,
          damaged: () => undefined,
        }),
        token: TOKEN,
        world: options.world ?? world,
      },
    })),
  );
  const app = createServer({
    mounts,
    onError: (error) => void errors.push(error),
    faults: createFaults((options.faults ?? []).map(parseFault)),
    ...(options.mostBytes !== undefined && { mostBytes: options.mostBytes }),
  });
  return {
    fetch: app.fetch,
    store,
    directory,
    errors,
    keep: (format, id, record) => store.create({ format, id, record }),
    async ask(path, { method = 'GET', headers = {}, body } = {}) {
      const answer = await app.request(path, {
        method,
        headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: parsed(text) };
    },
  };
}

/** The address of the server on a socket of this machine, until the test ends. */
export async function listenTo({ fetch }: Pick<ServedStore, 'fetch'>): Promise<string> {
  const { port, close } = await listen(fetch, { host: '127.0.0.1', port: 0 });
  onTestFinished(async () => void (await close(0)));
  return `http://127.0.0.1:${port}`;
}

function parsed(text: string): JsonValue | undefined {
  if (text === '') return undefined;
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}
