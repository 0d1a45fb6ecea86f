import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';

const CONVERSATIONS = '/v2/conversations';

/** The most that a page has. */
export const PAGE_SIZE = 100;

export interface PageQuery {
  /** Up to 4.1 the list is at a path without its last slash; the other form leads there. */
  readonly generation: string | undefined;
  readonly limit: number;
  readonly entity: string | undefined;
  /** The id of the last conversation of the page before. */
  readonly after: string | undefined;
}

/** @see https://docs.orq.ai/docs/conversations/overview */
export function listing({ generation, limit, entity, after }: PageQuery): HttpRequest {
  return {
    method: 'GET',
    path: generation === '4.1' ? CONVERSATIONS : `${CONVERSATIONS}/`,
    query: [
      ['limit', String(limit)],
      ...(after === undefined ? [] : [['startingAfter', after] as const]),
      ...(entity === undefined ? [] : [['entityId', entity] as const]),
    ],
    writes: false,
  };
}

export function creating(body: JsonObject): HttpRequest {
  return { method: 'POST', path: CONVERSATIONS, body, writes: true };
}

export function reading(id: string): HttpRequest {
  return { method: 'GET', path: conversation(id), writes: false };
}

export function changing(id: string, body: JsonObject): HttpRequest {
  return { method: 'PATCH', path: conversation(id), body, writes: true };
}

export function deleting(id: string): HttpRequest {
  return { method: 'DELETE', path: conversation(id), writes: true };
}

/** Whether an id can stand in a path and mean itself there. */
export function isAddressable(id: string): boolean {
  return !['', '.', '..'].includes(id) && !/\p{Surrogate}/u.test(id);
}

/** The id that a record has; its clients make one up where it has none. */
export function idIn(record: JsonObject): string | undefined {
  const ids: (JsonValue | undefined)[] = [member(record, '_id'), member(record, 'id')];
  const id = ids.find((each) => typeof each === 'string' || typeof each === 'number');
  return id === undefined ? undefined : String(id);
}

function conversation(id: string): string {
  return `${CONVERSATIONS}/${encodeURIComponent(id)}`;
}
