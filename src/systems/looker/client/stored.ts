import { equal, isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { inOrder } from '../order.ts';
import { orderOf } from '../read.ts';

/** The messages that a conversation has, in their order. */
export function messagesOf(record: JsonObject): JsonObject[] {
  const list = member(record, 'messages');
  return inOrder(Array.isArray(list) ? list.filter(isObject) : [], orderOf);
}

/** Whether these are the first of those that are to be there. What Looker adds to a message that it was given does not make another one of it. */
export function isBeginning(stored: readonly JsonObject[], wanted: readonly JsonObject[]): boolean {
  return stored.length <= wanted.length && stored.every((each, index) => has(each, wanted[index] ?? null));
}

function has(present: JsonValue | undefined, sent: JsonValue): boolean {
  if (Array.isArray(sent)) {
    return (
      Array.isArray(present) &&
      present.length === sent.length &&
      sent.every((each, index) => has(present[index], each))
    );
  }
  if (!isObject(sent)) return equal(present ?? null, sent);
  return isObject(present) && Object.entries(sent).every(([key, value]) => has(member(present, key), value));
}
