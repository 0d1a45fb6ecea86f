import { expect, onTestFinished } from 'vitest';
import type { World } from '../../src/core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../src/core/json.ts';
import { world } from '../../src/platform/world.ts';
import { type Asking, type Reply, type ServedStore, serveStore, TOKEN } from './desk.ts';
import { type Mounted, shapeOf } from './looker-shapes.ts';

export interface LookerDesk extends Pick<ServedStore, 'store' | 'keep'> {
  /** Asks somebody who is logged in, and checks the answer against the vendor's shape. Paths begin behind `/api/4.0`. */
  readonly ask: (path: string, asking?: Asking) => Promise<Reply>;
  /** The same of anybody, and of either version. */
  readonly askBare: (path: string, asking?: Asking, mounted?: Mounted) => Promise<Reply>;
  /** A new access token. */
  readonly login: (mounted?: Mounted) => Promise<string>;
  /** Creates a conversation and gives its id. */
  readonly create: (body: JsonObject) => Promise<string>;
  readonly pass: (milliseconds: number) => void;
}

export const CREDENTIALS = `client_id=convo&client_secret=${TOKEN}`;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A client of the 26.10 that is served from an empty store; each look at the clock takes a second. */
export async function lookerDesk(options: { readonly mostBytes?: number } = {}): Promise<LookerDesk> {
  let time = Date.parse('2026-06-01T09:15:02Z');
  const clock: World = { ...world, now: () => (time += 1000) };
  const { ask, store, keep, errors } = await serveStore({ ...options, world: clock });
  onTestFinished(() => expect(errors).toEqual([]));
  const askBare = async (path: string, asking: Asking = {}, mounted: Mounted = 'looker'): Promise<Reply> => {
    const reply = await ask(`/${mounted}/api/4.0${path}`, asking);
    const shape = shapeOf(mounted, { method: asking.method ?? 'GET', path, status: reply.status });
    expect(shape.safeParse(reply.body).error, JSON.stringify(reply.body)).toBeUndefined();
    return reply;
  };
  const login = async (mounted: Mounted = 'looker'): Promise<string> => {
    const reply = await askBare('/login', { method: 'POST', headers: FORM, body: CREDENTIALS }, mounted);
    return textAt(reply.body, 'access_token');
  };
  const token = await login();
  const askAs = (path: string, asking: Asking = {}) =>
    askBare(path, { ...asking, headers: { authorization: `token ${token}`, ...asking.headers } });
  return {
    store,
    keep,
    askBare,
    login,
    ask: askAs,
    create: async (body) => textAt((await askAs('/conversations', { method: 'POST', body })).body, 'id'),
    pass: (milliseconds) => void (time += milliseconds),
  };
}

/** The text in a member of an answer. */
export function textAt(body: JsonValue | undefined, key: string): string {
  const value = isObject(body) ? member(body, key) : undefined;
  if (typeof value !== 'string') throw new Error(`no ${key} in ${JSON.stringify(body)}`);
  return value;
}

/** A member of each element of an answer. */
export function each(body: JsonValue | undefined, key: string): (JsonValue | undefined)[] {
  if (!Array.isArray(body)) throw new Error(`no array: ${JSON.stringify(body)}`);
  return body.map((item) => (isObject(item) ? member(item, key) : undefined));
}

/** The same of members that are texts. */
export function textsOf(body: JsonValue | undefined, key: string): string[] {
  return each(body, key).filter((value) => typeof value === 'string');
}

/** The field and the code of each problem in a 422. */
export function problemsIn(body: JsonValue | undefined): string[] {
  const errors = isObject(body) ? member(body, 'errors') : undefined;
  const codes = textsOf(errors, 'code');
  return textsOf(errors, 'field').map((field, index) => `${field}: ${codes[index]}`);
}
