import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';

/** As many as are asked for at once; a most is not documented. */
export const PAGE_SIZE = 100;

export interface Paging {
  /** From 0. */
  readonly page: number;
  readonly limit: number;
}

export type Search = readonly [field: string, value: string];

export interface ConversationQuery {
  readonly order?: 'asc' | 'desc' | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly searches?: readonly Search[];
}

/** @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/sdks/conversations/README.md */
export function listingConversations(
  { order, start, end, searches = [] }: ConversationQuery,
  paging: Paging,
): HttpRequest {
  return listing('/api/v1/conversations/', paging, [
    ...(order === undefined ? [] : ordered(order)),
    ...(start === undefined ? [] : [['start_datetime', start] as const]),
    ...(end === undefined ? [] : [['end_datetime', end] as const]),
    ...searched(searches),
  ]);
}

/**
 * The sessions of a conversation, oldest first. Those that were tests are left out unless they are searched for, which
 * leaves out no others.
 * @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/sdks/sessions/README.md
 */
export function listingSessions(conversationId: string, paging: Paging): HttpRequest {
  return listing('/api/v1/sessions/', paging, [
    ...ordered('asc'),
    ...searched([
      ['conversation_id', conversationId],
      ['is_test', 'true'],
    ]),
  ]);
}

/** @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/sdks/transcript/README.md */
export function readingTranscript(sessionId: string): HttpRequest {
  return {
    method: 'GET',
    path: `/api/v1/sessions/transcript/${encodeURIComponent(sessionId)}`,
    writes: false,
  };
}

/** Whether an id can stand in an address and mean itself there. */
export function isAddressable(id: string): boolean {
  return !['', '.', '..'].includes(id) && !/\p{Surrogate}/u.test(id);
}

/** An id as text: some answers have numbers. Undefined if there is none. */
export function textId(record: JsonObject, name: string): string | undefined {
  const id: JsonValue | undefined = member(record, name);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

type Parameter = readonly [name: string, value: string];

function listing(path: string, { page, limit }: Paging, query: readonly Parameter[]): HttpRequest {
  const paging: Parameter[] = [
    ['page', String(page)],
    ['limit', String(limit)],
  ];
  return { method: 'GET', path, query: [...paging, ...query], writes: false };
}

function ordered(direction: 'asc' | 'desc'): Parameter[] {
  return [
    ['order_by', 'timestamp'],
    ['order_by_direction', direction],
  ];
}

/** Fields and values belong together by their places. */
function searched(searches: readonly Search[]): Parameter[] {
  return [
    ...searches.map(([field]) => ['search_fields', field] as const),
    ...searches.map(([, value]) => ['search_field_values', value] as const),
  ];
}
