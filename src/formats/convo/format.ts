import { type Conversation, conversation, isPartType, type Message } from '../../core/conversation.ts';
import type { Format, Kind } from '../../core/format.ts';
import { isObject, type JsonArray, type JsonObject } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { partsOf, textOf, typeOf } from '../../core/parts.ts';
import { keeping } from './keep.ts';

export const convoFormat: Format = {
  name: 'convo',
  system: 'convo',
  title: 'convo',
  record: conversation,
  request: conversation,
  read,
  write,
  flags: { title: '/title', agent: '/agent/id', metadata: '/metadata', message: '/messages' },
  keeping,
};

/** A document is its own model. */
function read(native: JsonObject, _kind: Kind, ledger: Ledger): Conversation {
  ledger.implied(native, 'convo');
  const model: Conversation = { ...native, convo: 1 };
  ledger.same(model, native);
  implySpellings(native, ledger);
  if (Array.isArray(native['messages'])) placeMessages(native['messages'], ledger);
  return model;
}

function placeMessages(messages: JsonArray, ledger: Ledger): void {
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) continue;
    ledger.origin(message, '$self', messages, index);
    implySpellings(message, ledger);
    const parts = message['parts'];
    if (Array.isArray(parts)) placeParts(message, parts, ledger);
    else for (const part of partsOf(asMessage(message))) placeMeant(part, message, ledger);
  }
}

function placeParts(message: JsonObject, parts: JsonArray, ledger: Ledger): void {
  for (const [index, part] of parts.entries()) {
    if (!isObject(part)) continue;
    ledger.origin(part, '$self', parts, index);
    if (isPartType(typeOf(part))) ledger.implied(part, 'type');
    implySpellings(part, ledger);
  }
  if (message['text'] === textOf(parts.filter(isObject))) ledger.implied(message, 'text');
}

/** How a value was spelt says nothing that the value itself does not. */
function implySpellings(owner: JsonObject, ledger: Ledger): void {
  const extensions = owner['extensions'];
  if (!isObject(extensions)) return;
  for (const packed of Object.values(extensions)) {
    const written = isObject(packed) ? packed['$written'] : undefined;
    if (!isObject(written)) continue;
    for (const [key, value] of Object.entries(written)) {
      if (typeof value !== 'object') ledger.implied(written, key);
    }
  }
}

/** The part that a message means by its text alone. */
function placeMeant(part: JsonObject, message: JsonObject, ledger: Ledger): void {
  ledger.origin(part, 'text', message, 'text');
  ledger.origin(part, '$self', message, 'text');
}

/** Its members were checked before it got here. */
function asMessage(message: JsonObject): Message {
  return message;
}

/** A request is made into a new conversation: its id is not taken along. */
function write(model: Conversation, kind: Kind, ledger: Ledger): JsonObject {
  const { id, ...others } = model;
  ledger.others();
  if (kind === 'request' && id !== undefined) ledger.assigned(model, 'id');
  const document: unknown = kind === 'request' ? others : model;
  return isObject(document) ? document : {};
}
