import type { Conversation, Message } from '../../core/conversation.ts';
import { placeExtension, withExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows, without } from '../../core/mapping.ts';
import { readItem } from './read-item.ts';
import { conversationRows } from './rows.ts';

/** Items become messages one to one, in order. */
export function readOpenAI(native: JsonObject, kind: Kind, ledger: Ledger): Conversation {
  const { model, rest, written } = readRows(conversationRows(kind), native, ledger);
  const metadata = readMetadata(native, model, ledger);
  const messages = readItems(native, kind, ledger);
  const taken = [
    ...(kind === 'record' ? [['object']] : []),
    ...(metadata === undefined ? [] : [['metadata']]),
    ...(messages === undefined ? [] : [['items']]),
  ];
  if (kind === 'record') ledger.implied(native, 'object');
  const forms = kind === 'request' ? { ...written, kind } : written;
  const conversation: Conversation = {
    convo: 1,
    ...model,
    ...(metadata !== undefined && { metadata }),
    ...(messages !== undefined && { messages }),
    ...withExtension('openai', without(rest, taken), forms),
  };
  ledger.same(conversation, model);
  placeExtension(conversation, 'openai', native, ledger);
  return conversation;
}

/** A map without its `title`, which goes to `model` if it is text; `undefined` for what is no map. */
function readMetadata(native: JsonObject, model: JsonObject, ledger: Ledger): JsonObject | null | undefined {
  const given = member(native, 'metadata');
  if (!isObject(given)) return given === null ? null : undefined;
  const title = member(given, 'title');
  if (typeof title !== 'string') {
    const copy = { ...given };
    ledger.mirrors(copy, given);
    return copy;
  }
  model['title'] = title;
  ledger.origin(model, 'title', given, 'title');
  const metadata = without(given, [['title']]);
  ledger.mirrors(metadata, given);
  return metadata;
}

function readItems(native: JsonObject, kind: Kind, ledger: Ledger): Message[] | null | undefined {
  const list = member(native, 'items');
  if (!Array.isArray(list)) return list === null ? null : undefined;
  return list.map((_, index) => readItem(list, index, kind, ledger));
}
