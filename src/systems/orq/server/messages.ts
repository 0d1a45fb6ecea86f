import { isObject, type JsonArray, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { derivedHex } from '../../../serve/derived.ts';

/**
 * The messages of a record in the names of the wire, each with all members that the wire requires. What a message
 * lacks is made from the conversation, its place and the message before it, and so is the same each time.
 */
export function presentMessages(conversationId: string, conversation: JsonObject): JsonArray {
  const messages = member(conversation, 'messages');
  if (!Array.isArray(messages)) return [];
  let previous = numberOr(member(conversation, 'createdAt'), 0);
  return messages.filter(isObject).map((message, index) => {
    const { _id, id, createdById, conversationId: _conversationId, ...others } = message;
    const createdAt = numberOr(member(message, 'createdAt'), previous);
    previous = createdAt;
    return {
      _id: textOf(_id) ?? textOf(id) ?? `msg_${ulidFor(createdAt, `${conversationId}/${index}`)}`,
      ...others,
      conversationId,
      createdAt,
      createdById: typeof createdById === 'string' ? createdById : authorOf(message, conversation),
    };
  });
}

/** Messages of the assistant are the system's; a user that nobody names is taken for who created the conversation. */
function authorOf(message: JsonObject, conversation: JsonObject): string {
  if (member(message, 'role') !== 'user') return 'system';
  const creator = member(conversation, 'createdById');
  return typeof creator === 'string' ? creator : 'user';
}

function textOf(id: JsonValue | undefined): string | undefined {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function numberOr(value: JsonValue | undefined, other: number): number {
  return typeof value === 'number' ? value : other;
}

const MOST_MILLISECONDS = 2 ** 48 - 1;

/** A ULID of that time whose random digits are those of the name. */
function ulidFor(milliseconds: number, name: string): string {
  const time = BigInt(Math.min(Math.max(0, Math.floor(milliseconds)), MOST_MILLISECONDS));
  const chance = BigInt(`0x${derivedHex(name, 20)}`);
  return digits(time, 10) + digits(chance, 16);
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function digits(value: bigint, length: number): string {
  const text = value.toString(32).padStart(length, '0');
  return Array.from(text, (digit) => alphabet[Number.parseInt(digit, 32)] ?? '').join('');
}
