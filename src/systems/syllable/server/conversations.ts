import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import type { Listed } from './listing.ts';
import { completeTime } from './times.ts';

/** A conversation as the list returns it: without its sessions, its ids as text. */
export function presentConversation({ id, record }: Shelved): Listed {
  const { sessions: _sessions, ...others } = record;
  const value = {
    ...withTextIds(others, ['agent_id', 'prompt_id']),
    timestamp: beganAt(record),
    conversation_id: id,
  };
  return { id, value };
}

/** When a conversation began, complete if it is a time at all. */
export function beganAt(record: JsonObject): string {
  const timestamp = member(record, 'timestamp');
  return completeTime(timestamp) ?? (typeof timestamp === 'string' ? timestamp : '');
}

/** On some wires ids are numbers; the lists have them as text or null. */
export function withTextIds(value: JsonObject, names: readonly string[]): JsonObject {
  const ids = names.flatMap((name): [string, JsonValue][] => {
    const id = member(value, name);
    return typeof id === 'number' ? [[name, String(id)]] : [];
  });
  return { ...value, ...Object.fromEntries(ids) };
}
