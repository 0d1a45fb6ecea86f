import type { JsonObject } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';

/** Where the API begins below the address of an instance. */
export const API = '/api/4.0';

/** Stands for the id of a conversation that is yet to be made. */
export const NEW_ID = '{id}';

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/create_conversation */
export function creating(body: JsonObject): HttpRequest & { readonly body: JsonObject } {
  return { method: 'POST', path: `${API}/conversations`, body, writes: true };
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/create_conversation_message */
export function saving(id: string, messages: readonly JsonObject[]): HttpRequest {
  return {
    method: 'POST',
    path: `${conversation(id)}/messages`,
    body: { messages: [...messages] },
    writes: true,
  };
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/update_conversation */
export function changing(id: string, body: JsonObject): HttpRequest {
  return { method: 'PATCH', path: conversation(id), body, writes: true };
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/delete_conversation */
export function deleting(id: string): HttpRequest {
  return { method: 'DELETE', path: `${API}/conversations`, query: [['id', id]], writes: true };
}

/** The conversation, which need not have its messages. */
export function reading(id: string): HttpRequest {
  return { method: 'GET', path: conversation(id), writes: false };
}

/** All its messages: there are no pages of them. */
export function readingMessages(id: string): HttpRequest {
  return { method: 'GET', path: `${conversation(id)}/messages`, writes: false };
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/search_conversations */
export function searching(query: readonly (readonly [string, string])[]): HttpRequest {
  return { method: 'GET', path: `${API}/conversations/search`, query, writes: false };
}

/** Whether an id can stand in a path, and in a query, and mean itself there. */
export function isAddressable(id: string): boolean {
  return id === id.trim() && !['', '.', '..', 'search'].includes(id);
}

function conversation(id: string): string {
  return `${API}/conversations/${id === NEW_ID ? id : encodeURIComponent(id)}`;
}
