import type { Document } from '../../src/core/document.ts';
import { isObject, type JsonObject, member } from '../../src/core/json.ts';
import type { Edit, Listed, ListQuery } from '../../src/providers/provider.ts';
import { openaiFormat } from '../../src/systems/openai/format.ts';
import { serveStore } from '../serve/desk.ts';
import { kinds, type Opened, type OpenOptions, openKind } from './places.ts';

export async function openOpenAI(options: OpenOptions = {}): Promise<Opened> {
  const kind = kinds.find(({ system }) => system === 'openai');
  if (!kind) throw new Error('nobody serves it');
  return openKind(kind, options);
}

/** OpenAI, or a server that speaks its language, as something that answers as it is told to. */
export async function answering(
  answer: (line: string) => Response | Promise<Response>,
  options: OpenOptions = {},
): Promise<Opened> {
  const served = await serveStore();
  const fetch = async ({ method, url }: Request): Promise<Response> => {
    const { pathname, search } = new URL(url);
    return answer(`${method} ${shortened(pathname + search)}`);
  };
  return openOpenAI({ ...options, served: { ...served, fetch } });
}

export function failing(status: number, error: JsonObject): Response {
  return Response.json({ error: { type: 'invalid_request_error', param: null, ...error } }, { status });
}

export function request(value: JsonObject): Document {
  return { format: openaiFormat, kind: 'request', value };
}

export function record(value: JsonObject): Document {
  return { format: openaiFormat, kind: 'record', value };
}

export const now = { newId: false, dryRun: false };

/** Messages as they are sent: `m0`, `m1`, … */
export function messages(count: number, first = 0): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'message',
    role: 'user',
    content: `m${first + index}`,
  }));
}

/** What each message of a record says. */
export function texts(whole: JsonObject | undefined): string[] {
  const items = whole && member(whole, 'items');
  return (Array.isArray(items) ? items : []).map(
    (item) => /"text":"([^"]*)"/.exec(JSON.stringify(item))?.[1] ?? '',
  );
}

export async function listed({ provider }: Opened, query: Partial<ListQuery> = {}): Promise<Listed[]> {
  const rows: Listed[] = [];
  const whole: ListQuery = { sort: 'created', order: 'desc', warn: () => undefined, ...query };
  for await (const row of provider.list?.(whole) ?? []) rows.push(row);
  return rows;
}

/** An edit of the metadata alone. */
export function setTopic(topic: string): Edit {
  return async ({ record: present }) => {
    const metadata = member(present, 'metadata');
    return { ...present, metadata: { ...(isObject(metadata) ? metadata : {}), topic } };
  };
}

/** The requests that were sent, as `METHOD path?query`. */
export function lines({ seen }: Opened): string[] {
  return seen.map(({ method, target }) => `${method} ${shortened(target)}`);
}

/** The items that each request brought. */
export function itemsSent({ seen }: Opened): JsonObject[][] {
  return seen.flatMap(({ body }) => {
    const sent: unknown = body === '' ? undefined : JSON.parse(body);
    const items = isObject(sent) ? member(sent, 'items') : undefined;
    return Array.isArray(items) ? [items.filter(isObject)] : [];
  });
}

function shortened(target: string): string {
  return target.replace(/^\/openai\/v1/, '').replaceAll(/&include%5B%5D=[^&]*/g, '');
}
