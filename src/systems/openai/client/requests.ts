import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';

const CONVERSATIONS = '/conversations';

/** Stands in a plan for the id that the first call answers. */
export const NEW_ID = '{id}';
/** Stands in a plan for each of the items that are there. */
export const EACH_ITEM = '{item}';

/** The most that one call takes or gives. @see https://platform.openai.com/docs/api-reference/conversations/create-items */
export const MOST_ITEMS = 20;
export const PAGE_SIZE = 100;

/**
 * All that an item has only for those who ask for it.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/list-items
 */
const everything = [
  'file_search_call.results',
  'web_search_call.results',
  'web_search_call.action.sources',
  'message.input_image.image_url',
  'computer_call_output.output.image_url',
  'code_interpreter_call.outputs',
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
] as const;

/** What makes a conversation. */
export interface NewConversation extends HttpRequest {
  readonly body: JsonObject;
}

export function creating(body: JsonObject): NewConversation {
  return { method: 'POST', path: CONVERSATIONS, body, writes: true };
}

export function reading(id: string): HttpRequest {
  return { method: 'GET', path: conversation(id), writes: false };
}

/** OpenAI has no such call; servers that speak its language may. */
export function listing(order: 'asc' | 'desc', after: string | undefined): HttpRequest {
  return { method: 'GET', path: CONVERSATIONS, query: pageQuery(order, after), writes: false };
}

/** @see https://platform.openai.com/docs/api-reference/conversations/update */
export function changing(id: string, body: JsonObject): HttpRequest {
  return { method: 'POST', path: conversation(id), body, writes: true };
}

export function deleting(id: string): HttpRequest {
  return { method: 'DELETE', path: conversation(id), writes: true };
}

export function adding(id: string, items: readonly JsonValue[]): HttpRequest {
  return { method: 'POST', path: itemsOf(id), body: { items: [...items] }, writes: true };
}

/** Items are asked for oldest first, as nothing else says when they were. */
export function listingItems(id: string, after: string | undefined): HttpRequest {
  const include = everything.map((name) => ['include[]', name] as const);
  return { method: 'GET', path: itemsOf(id), query: [...pageQuery('asc', after), ...include], writes: false };
}

/** The same for who wants nothing but to know which they are. */
export function listingItemIds(id: string, after: string | undefined): HttpRequest {
  return { method: 'GET', path: itemsOf(id), query: pageQuery('asc', after), writes: false };
}

export function deletingItem(id: string, item: string): HttpRequest {
  return { method: 'DELETE', path: `${itemsOf(id)}/${step(item)}`, writes: true };
}

/** Whether an id can stand in a path and mean itself there. */
export function isAddressable(id: string): boolean {
  return !['', '.', '..'].includes(id) && !/\p{Surrogate}/u.test(id);
}

function pageQuery(order: 'asc' | 'desc', after: string | undefined): (readonly [string, string])[] {
  return [
    ['limit', String(PAGE_SIZE)],
    ['order', order],
    ...(after === undefined ? [] : [['after', after] as const]),
  ];
}

function itemsOf(id: string): string {
  return `${conversation(id)}/items`;
}

function conversation(id: string): string {
  return `${CONVERSATIONS}/${step(id)}`;
}

function step(id: string): string {
  return id === NEW_ID || id === EACH_ITEM ? id : encodeURIComponent(id);
}
