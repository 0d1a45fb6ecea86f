import type { Conversation, Message } from '../../core/conversation.ts';
import { extensionsWith, placeExtension, withExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, member, valueAt } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows, without } from '../../core/mapping.ts';
import { makeMessage } from '../../core/parts.ts';
import { readPart } from './parts.ts';
import { conversationRows, messageRows } from './rows.ts';
import { namesOf, type Spelling, spellingOf } from './spelling.ts';

export function readOrq(native: JsonObject, kind: Kind, ledger: Ledger): Conversation {
  const spelling = kind === 'request' ? '4.2' : spellingOf(native);
  const { model, rest, written } = readRows(conversationRows(spelling, kind), native, ledger);
  implyConstants(native, spelling, ledger);
  const languageModel = readModel(native, ledger);
  const messages = readMessages(native, spelling, ledger);
  const taken = [
    ...(kind === 'record' ? [['kind']] : []),
    ...(languageModel ? [['metadata', 'model']] : []),
    ...(messages === undefined ? [] : [['messages']]),
  ];
  const forms =
    kind === 'request'
      ? { ...written, kind }
      : { ...written, ...(spelling !== 'documented' && { spelling }) };
  const conversation: Conversation = {
    convo: 1,
    ...model,
    ...(languageModel && { model: languageModel }),
    ...(messages !== undefined && { messages }),
    ...withExtension('orq', without(rest, taken), forms),
  };
  ledger.same(conversation, model);
  placeExtension(conversation, 'orq', native, ledger);
  return conversation;
}

function implyConstants(native: JsonObject, spelling: Spelling, ledger: Ledger): void {
  ledger.implied(native, 'kind');
  const metadata = member(native, 'metadata');
  const { generatingTitle } = namesOf(spelling);
  if (isObject(metadata) && metadata[generatingTitle] === false) ledger.implied(metadata, generatingTitle);
}

/** `provider/model`, parted at the first slash; without one it is the model alone. */
function readModel(native: JsonObject, ledger: Ledger): JsonObject | undefined {
  const metadata = member(native, 'metadata');
  const text = valueAt(native, ['metadata', 'model']);
  if (!isObject(metadata) || typeof text !== 'string') return undefined;
  const slash = text.indexOf('/');
  const model: JsonObject =
    slash < 0 ? { name: text } : { provider: text.slice(0, slash), name: text.slice(slash + 1) };
  for (const field of Object.keys(model)) ledger.origin(model, field, metadata, 'model');
  return model;
}

function readMessages(native: JsonObject, spelling: Spelling, ledger: Ledger): Message[] | null | undefined {
  const list = member(native, 'messages');
  if (!Array.isArray(list)) return list === null ? null : undefined;
  return list.map((item, index) => {
    const message = isObject(item) ? readMessage(item, native, spelling, ledger) : makeMessage({}, []);
    ledger.origin(message, '$self', list, index);
    return message;
  });
}

function readMessage(
  native: JsonObject,
  conversation: JsonObject,
  spelling: Spelling,
  ledger: Ledger,
): Message {
  const names = namesOf(spelling);
  if (member(native, names.conversationId) === member(conversation, names.id)) {
    ledger.implied(native, names.conversationId);
  }
  const { model, rest, written } = readRows(messageRows(spelling), native, ledger, { taken: [['parts']] });
  const list = member(native, 'parts');
  const parts = Array.isArray(list)
    ? list.map((part, index) => readPart(part, list, index, names, ledger))
    : [];
  const role = member(model, 'role');
  const forms = {
    ...written,
    ...(role !== 'user' && role !== 'assistant' && { role: role ?? null }),
    ...(parts.length === 0 && { empty: true }),
  };
  const message = makeMessage(model, parts, extensionsWith('orq', rest, forms));
  placeExtension(message, 'orq', native, ledger);
  return message;
}
