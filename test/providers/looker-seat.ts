import type { Document } from '../../src/core/document.ts';
import type { World } from '../../src/core/format.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { createClient } from '../../src/http/client.ts';
import type { Exchange } from '../../src/http/exchange.ts';
import type { Answering } from '../../src/platform/http-server.ts';
import { world } from '../../src/platform/world.ts';
import { findAccount } from '../../src/providers/account.ts';
import type { Listed, ListQuery, Located, Provider } from '../../src/providers/provider.ts';
import type { Seat } from '../../src/providers/remote.ts';
import { lookerRemote } from '../../src/systems/looker/client/index.ts';
import { openLooker } from '../../src/systems/looker/client/provider.ts';
import { lookerFormats } from '../../src/systems/looker/format.ts';
import { listenTo, type ServedStore, serveStore, TOKEN } from '../serve/desk.ts';

export const CLIENT_ID = 'convo';

/** A request that the server got; `line` is its method and what comes behind `/api/4.0`. */
export interface Got {
  readonly line: string;
  readonly authorization: string | null;
  readonly type: string | null;
  readonly body: string;
}

export interface LookerPlace {
  readonly provider: Provider;
  readonly url: string;
  readonly got: readonly Got[];
  /** The lines of what was got, but for logins. */
  readonly lines: () => string[];
  readonly warnings: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** Times that a client was asked for. */
  readonly connections: () => number;
  readonly pass: (milliseconds: number) => void;
}

export interface PlaceOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Goes on only when it is told to. */
  readonly clock?: Clock;
}

export interface Clock {
  readonly world: World;
  readonly pass: (milliseconds: number) => void;
}

export function stoppedClock(): Clock {
  let time = Date.parse('2026-06-01T09:15:02Z');
  return { world: { ...world, now: () => time }, pass: (milliseconds) => void (time += milliseconds) };
}

export interface ServedLooker extends LookerPlace, Pick<ServedStore, 'keep' | 'errors'> {}

/** Looker as `convo serve` has it, with faults as `--fault` takes them. */
export async function servedLooker(
  options: PlaceOptions & { readonly faults?: readonly string[]; readonly change?: Change } = {},
): Promise<ServedLooker> {
  const clock = options.clock ?? stoppedClock();
  const served = await serveStore({ faults: options.faults ?? [], world: clock.world });
  const change: Change = options.change ?? (async (answer) => answer);
  const place = await lookerAt(
    async (request, bindings) => change(await served.fetch(request, bindings), lineOf(request)),
    { ...options, clock },
  );
  return { ...place, keep: served.keep, errors: served.errors };
}

/** Makes another answer of the one to a request. */
export type Change = (answer: Response, line: string) => Promise<Response>;

/** The provider over a server that answers like this. */
export async function lookerAt(answer: Answering, options: PlaceOptions = {}): Promise<LookerPlace> {
  const clock = options.clock ?? stoppedClock();
  const got: Got[] = [];
  const warnings: string[] = [];
  const exchanges: Exchange[] = [];
  const origin = await listenTo({
    async fetch(request, bindings) {
      const body = await request.clone().text();
      const { headers } = request;
      const [authorization, type] = [headers.get('authorization'), headers.get('content-type')];
      got.push({ line: lineOf(request), authorization, type, body });
      return answer(request, bindings);
    },
  });
  const url = `${origin}/looker`;
  const environment = {
    LOOKERSDK_BASE_URL: url,
    LOOKERSDK_CLIENT_ID: CLIENT_ID,
    LOOKERSDK_CLIENT_SECRET: TOKEN,
    ...options.environment,
  };
  const account = await findAccount(lookerRemote, 'looker', undefined, {
    environment,
    readText: async () => undefined,
    readSecret: async () => '',
    runCommand: async () => '',
  });
  let connections = 0;
  const seat: Seat = {
    account,
    async connect(asked) {
      connections += 1;
      return createClient({
        ...asked,
        title: account.title,
        address: account.address(),
        version: '0.0.0-test',
        signal: new AbortController().signal,
        timeout: 10_000,
        onExchange: (exchange) => void exchanges.push(exchange),
        chance: () => 0,
        now: Date.now,
      });
    },
    remembered: { ids: async () => [], add: async () => undefined, forget: async () => undefined },
    ahead: () => undefined,
    world: async () => clock.world,
    warn: (message) => void warnings.push(message),
    lost: (losses) => void warnings.push(...losses.map(({ path, kind }) => `${kind} ${path}`)),
  };
  const lines = () => got.map(({ line }) => line).filter((line) => line !== 'POST /login');
  return {
    provider: openLooker(seat),
    url,
    got,
    lines,
    warnings,
    exchanges,
    connections: () => connections,
    pass: clock.pass,
  };
}

export function json(body: unknown, status = 200): Response {
  return Response.json(body, { status });
}

/** An answer with another body. */
export async function withBody(
  answer: Response,
  change: (body: JsonObject) => JsonObject,
): Promise<Response> {
  return json(change(await bodyOf(answer)), answer.status);
}

/** The object that an answer holds. */
async function bodyOf(answer: Response): Promise<JsonObject> {
  const body: unknown = await answer.json();
  return isObject(body) ? body : {};
}

/** The answer to a login, where it is one. */
export function loggedIn(line: string, token = 'a-token'): Response | undefined {
  return line === 'POST /login' ? json({ access_token: token, expires_in: 3600 }) : undefined;
}

export function lineOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return `${request.method} ${pathname.replace(/^.*\/api\/4\.0/, '')}${search}`;
}

export function requestOf(value: JsonObject): Document {
  return { format: lookerFormats['looker@26.10'], kind: 'request', value };
}

export function recordOf(value: JsonObject, version: '26.4' | '26.10' = '26.10'): Document {
  return { format: lookerFormats[`looker@${version}`], kind: 'record', value };
}

export const said = (text: string): JsonObject => ({ type: 'user', message: { userMessage: { text } } });

export const options = { newId: false, dryRun: false };

/** What `show` gives; the operation is always there. */
export async function shown(
  { provider }: Pick<LookerPlace, 'provider'>,
  id: string,
): Promise<Located | undefined> {
  return provider.show?.(id);
}

/** The rows of a list. */
export async function listed(
  { provider }: Pick<LookerPlace, 'provider'>,
  query: Partial<ListQuery> = {},
): Promise<Listed[]> {
  const rows: Listed[] = [];
  const whole: ListQuery = { sort: 'created', order: 'desc', warn: () => undefined, ...query };
  for await (const row of provider.list?.(whole) ?? []) rows.push(row);
  return rows;
}
