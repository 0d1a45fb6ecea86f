import { request as ask } from 'node:http';
import { Hono } from 'hono';
import { onTestFinished, vi } from 'vitest';
import { listen } from '../../src/platform/http-server.ts';
import { createFaults } from '../../src/serve/faults/index.ts';
import { parseFault } from '../../src/serve/faults/parse.ts';
import type { Pause } from '../../src/serve/faults/pause.ts';
import { Refusal } from '../../src/serve/refusal.ts';
import type { ServeEnvironment, SystemApi } from '../../src/serve/system.ts';

export const NOTE = JSON.stringify({ text: 'a note that is long enough to be cut in two' });

export interface Notes {
  readonly app: Hono<ServeEnvironment>;
  /** The notes that were written. */
  readonly written: string[];
  /** How often an operation got as far as looking for a key. */
  readonly handled: () => number;
}

const api: Pick<SystemApi, 'errorBody' | 'locked'> = {
  errorBody: (status, message) => ({ problem: message, status }),
  locked: () => new Refusal(409, { problem: 'locked' }, { 'x-lock': 'held' }),
};

/**
 * A system that keeps notes, at `/notes` and under a second name at `/other`: POST writes its body, GET reads one,
 * DELETE answers 204, and GET /secret needs a key.
 */
export function notesWith(rules: readonly string[], pause?: Pause): Notes {
  const faults = createFaults(rules.map(parseFault), pause);
  const app = new Hono<ServeEnvironment>();
  const written: string[] = [];
  let handled = 0;
  const systems = [
    { name: 'openai', path: '/notes' },
    { name: 'orq', path: '/other' },
  ] as const;
  for (const system of systems) {
    const routes = new Hono<ServeEnvironment>();
    routes.use(async (_c, next) => {
      handled += 1;
      await next();
    });
    routes.get('/secret', (c) => c.json({ problem: 'no key' }, 401));
    routes.get('/*', (c) => c.body(NOTE, 200, { 'content-type': 'application/json', 'x-note': 'yes' }));
    routes.post('/*', async (c) => {
      written.push(await c.req.text());
      return c.json({ written: written.length }, 201, { 'x-note': 'yes' });
    });
    routes.delete('/*', (c) => c.body(null, 204));
    app.use(`${system.path}/*`, faults.middleware({ system, api }));
    app.route(system.path, routes);
  }
  return { app, written, handled: () => handled };
}

/** What a client on a socket sees: an answer whose body ended as it said, one that did not, or none. */
export interface Seen {
  readonly end: 'complete' | 'aborted' | 'none';
  readonly status?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly body?: string;
}

export interface ServedNotes extends Notes {
  readonly port: number;
  readonly send: (method: string, path: string, body?: string) => Promise<Seen>;
  /** What was printed as an error by anybody. */
  readonly complaints: () => readonly unknown[];
}

/** The same at a socket of its own, which is closed when the test ends. */
export async function serveNotes(rules: readonly string[], pause?: Pause): Promise<ServedNotes> {
  const notes = notesWith(rules, pause);
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const server = await listen((request, bindings) => notes.app.fetch(request, bindings), {
    host: '127.0.0.1',
    port: 0,
  });
  onTestFinished(async () => {
    await server.close(0);
    complaints.mockRestore();
  });
  return {
    ...notes,
    port: server.port,
    complaints: () => complaints.mock.calls,
    send: (method, path, body) => send(server.port, method, path, body),
  };
}

function send(port: number, method: string, path: string, body: string | undefined): Promise<Seen> {
  return new Promise((resolve) => {
    const sent = ask({ host: '127.0.0.1', port, method, path, agent: false }, (answer) => {
      const { statusCode: status, headers } = answer;
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', () => undefined);
      answer.on('close', () => {
        resolve({
          end: answer.complete ? 'complete' : 'aborted',
          ...(status !== undefined && { status }),
          headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', () => resolve({ end: 'none' }));
    sent.end(body);
  });
}
