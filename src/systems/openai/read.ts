import type { Conversation, Message } from '../../core/conversation.ts';
import { extensionsWith, placeExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { type Path, readRows, without } from '../../core/mapping.ts';
import { readItem } from './read-item.ts';
import { conversationRows } from './rows.ts';

/** Items become messages one to one, in order. */
export function readOpenAI(native: JsonObject, kind: Kind, ledger: Ledger): Conversation {
  const messages = readItems(native, kind, ledger);
  const taken: Path[] = kind === 'record' ? [['object']] : [];
  if (isMap(member(native, 'metadata'))) taken.push(['metadata']);
  if (messages !== undefined) taken.push(['items']);
  const model: JsonObject & { convo: 1 } = { convo: 1 };
  const { rest, written } = readRows(conversationRows(kind), native, ledger, { into: model, taken });
  const metadata = readMetadata(native, model, ledger);
  if (kind === 'record') ledger.implied(native, 'object');
  const conversation: Conversation = model;
  if (metadata !== undefined) conversation.metadata = metadata;
  if (messages !== undefined) conversation.messages = messages;
  if (!ledger.keepsOwn) return conversation;
  const extensions = extensionsWith('openai', rest, kind === 'request' ? { ...written, kind } : written);
  if (extensions) conversation.extensions = extensions;
  placeExtension(conversation, 'openai', native, ledger);
  return conversation;
}

/** What metadata may be: anything else stays what only OpenAI knows. */
function isMap(metadata: JsonValue | undefined): metadata is JsonObject | null {
  return metadata === null || isObject(metadata);
}

/** A map without its `title`, which goes to `model` if it is text; `undefined` for what is no map. */
function readMetadata(native: JsonObject, model: JsonObject, ledger: Ledger): JsonObject | null | undefined {
  const given = member(native, 'metadata');
  if (!isMap(given)) return undefined;
  if (given === null) return null;
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
