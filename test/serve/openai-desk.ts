import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { type Reply, type ServedStore, serveStore, TOKEN } from './desk.ts';
import { conversation, deleted, failure, itemList, type Shape, storedItem } from './openai-shapes.ts';

export type Call = (method: string, path: string, body?: JsonValue) => Promise<Reply>;

export interface Desk extends ServedStore {
  /** Asks with the key; paths begin behind `/openai/v1`. What comes back has the shape it should have. */
  readonly call: Call;
  /** Creates a conversation and gives its id. */
  readonly create: (body?: JsonObject) => Promise<string>;
}

export async function openDesk(options: Parameters<typeof serveStore>[0] = {}): Promise<Desk> {
  const served = await serveStore(options);
  const call: Call = async (method, path, body) => {
    const reply = await served.ask(`/openai/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body !== undefined && { body }),
    });
    shapeOf(method, path, reply.status).parse(reply.body);
    if (!/^req_[0-9a-f]{32}$/.test(reply.headers.get('x-request-id') ?? '')) {
      throw new Error('the answer has no x-request-id');
    }
    return reply;
  };
  return {
    ...served,
    call,
    create: async (body = {}) => idOf((await call('POST', '/conversations', body)).body),
  };
}

/** The shape that the document gives an answer. */
function shapeOf(method: string, path: string, status: number): Shape {
  if (status !== 200) return failure;
  const steps = path.replace(/\?.*/, '').split('/').length - 1;
  if (steps === 3) return itemList;
  if (steps === 4) return method === 'DELETE' ? conversation : storedItem;
  return method === 'DELETE' ? deleted : conversation;
}

export function objectOf(value: unknown): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(value));
  return copy;
}

/** The items of a list. */
export function dataOf({ body }: Reply): JsonObject[] {
  const { data } = objectOf(body);
  return Array.isArray(data) ? data.map(objectOf) : [];
}

export function idsOf(reply: Reply): string[] {
  return dataOf(reply).map(idOf);
}

export function fixture(path: string): JsonObject {
  const value: JsonObject = JSON.parse(
    readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8'),
  );
  return value;
}

/** Messages as a client sends them: `m0`, `m1`, … */
export function messages(count: number, first = 0): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'message',
    role: 'user',
    content: `m${first + index}`,
  }));
}

/** The id of a conversation or an item; empty if it has none. */
export function idOf(value: unknown): string {
  const { id } = objectOf(value);
  return typeof id === 'string' ? id : '';
}

/** What a message says first. */
export function textOf(item: JsonObject): unknown {
  const { content } = item;
  return Array.isArray(content) ? objectOf(content[0])['text'] : undefined;
}

/** The error that was answered, without its sentence. */
export function errorOf({ status, body }: Reply): readonly unknown[] {
  const { code, param } = objectOf(objectOf(body)['error']);
  return [status, code, param];
}

export function messageOf({ body }: Reply): unknown {
  return objectOf(objectOf(body)['error'])['message'];
}
