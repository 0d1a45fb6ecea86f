import { isObject, type JsonObject, member } from '../../../core/json.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import { orderOf } from '../read.ts';

/**
 * A conversation as the API returns it: ids are text, and messages have an id and a place. Whether Looker itself
 * sends the messages without being asked for them is not documented; here it does, unless `fields` leaves them out.
 */
export function presentConversation({ id, record }: Shelved): JsonObject {
  const agent = member(record, 'conversation_agent');
  return {
    ...withTextIds(record),
    id,
    ...(isObject(agent) && { conversation_agent: withTextIds(agent) }),
    ...(Array.isArray(member(record, 'messages')) && { messages: presentMessages(record) }),
  };
}

/** The messages of a record as the API returns them; none if it has none. */
export function presentMessages(record: JsonObject): JsonObject[] {
  return completeMessages(record).map(withTextIds);
}

/**
 * The messages of a record, where those of other systems lack what Looker gives each: an id, and an `order` if none
 * of them has one. Both say the place of the message, so that they are the same each time.
 */
export function completeMessages(record: JsonObject): JsonObject[] {
  const list = member(record, 'messages');
  const messages = Array.isArray(list) ? list.filter((item) => isObject(item)) : [];
  const isOrdered = messages.some((message) => orderOf(message) !== undefined);
  const taken = new Set(messages.map(idOf));
  return messages.map((message, index) => ({
    ...message,
    ...(idOf(message) === undefined && { id: idForPlace(index + 1, taken) }),
    ...(!isOrdered && { order: index + 1 }),
  }));
}

/** The id of a message as text; undefined if it has none. */
export function idOf(message: JsonObject): string | undefined {
  const id = member(message, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function idForPlace(place: number, taken: ReadonlySet<string | undefined>): string {
  let id = String(place);
  while (taken.has(id)) id = `0${id}`;
  return id;
}

/** Ids that are documented as text, and numbers in some answers. */
const textIds: ReadonlySet<string> = new Set([
  'id',
  'user_id',
  'agent_id',
  'studio_conversation_id',
  'studio_agent_id',
  'created_by_user_id',
  'content_metadata_id',
]);

function withTextIds(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [
      name,
      typeof value === 'number' && textIds.has(name) ? String(value) : value,
    ]),
  );
}
