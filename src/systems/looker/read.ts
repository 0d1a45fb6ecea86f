import type { Conversation, Message } from '../../core/conversation.ts';
import { placeExtension, withExtension } from '../../core/extension.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows, without } from '../../core/mapping.ts';
import { makeMessage } from '../../core/parts.ts';
import { readMessage } from './message.ts';
import { inOrder } from './order.ts';
import { rowsToRead } from './rows.ts';
import { type Edition, laterAgentMembers, writableMembers } from './version.ts';

/** A conversation of either version. Members that the model has no word for are kept under their own names. */
export function readLooker(native: JsonObject, edition: Edition, ledger: Ledger): Conversation {
  const { model, rest, written } = readRows(rowsToRead(edition.kind), native, ledger);
  implyDefaults(native, ledger);
  const { messages, positions } = readMessages(native, edition, ledger);
  const forms = { ...written, ...(positions && { positions }), ...formOf(native, edition) };
  const conversation: Conversation = {
    convo: 1,
    ...model,
    ...(messages !== undefined && { messages }),
    ...withExtension('looker', messages === undefined ? rest : without(rest, [['messages']]), forms),
  };
  ledger.same(conversation, model);
  placeExtension(conversation, 'looker', native, ledger);
  return conversation;
}

/** What the writer of the other kind or version leaves out, unless it was in a document of its own. */
function formOf(native: JsonObject, { kind, version }: Edition): JsonObject {
  if (kind === 'request') {
    const hasMore = Object.keys(native).some((key) => !writableMembers.includes(key));
    return hasMore ? { request: true } : {};
  }
  const agent = member(native, 'conversation_agent');
  const isAhead =
    version === '26.4' && isObject(agent) && laterAgentMembers.some((key) => Object.hasOwn(agent, key));
  return isAhead ? { version } : {};
}

function implyDefaults(native: JsonObject, ledger: Ledger): void {
  for (const key of ['deleted', 'missing_agent']) {
    if (member(native, key) === false) ledger.implied(native, key);
  }
  const agent = member(native, 'conversation_agent');
  if (isObject(agent) && member(agent, 'deleted') === false) ledger.implied(agent, 'deleted');
}

interface Messages {
  readonly messages?: Message[] | null;
  /** Where each message stood, if the array was not in order. */
  readonly positions?: number[];
}

function readMessages(native: JsonObject, { kind }: Edition, ledger: Ledger): Messages {
  const list = member(native, 'messages');
  if (!Array.isArray(list)) return list === null ? { messages: null } : {};
  const placed = list.map((item, index) => ({ item, index }));
  const sorted = kind === 'record' ? inOrder(placed, ({ item }) => orderOf(item)) : placed;
  const messages = sorted.map(({ item, index }) => {
    const message = isObject(item) ? readMessage(item, kind, ledger) : makeMessage({}, []);
    ledger.origin(message, '$self', list, index);
    return message;
  });
  const positions = sorted.map(({ index }) => index);
  const isInOrder = positions.every((position, index) => position === index);
  return isInOrder ? { messages } : { messages, positions };
}

/** The place that Looker gave a message; `undefined` if it has none. */
export function orderOf(message: JsonValue): number | undefined {
  const order = isObject(message) ? member(message, 'order') : undefined;
  return typeof order === 'number' ? order : undefined;
}
