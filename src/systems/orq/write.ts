import type { Conversation, Message } from '../../core/conversation.ts';
import { carryExtension, extensionOf, packedOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { place, writeRows } from '../../core/mapping.ts';
import { partsOf } from '../../core/parts.ts';
import { mergeRuns } from '../../core/turns.ts';
import { writePart } from './parts.ts';
import { conversationRows, messageRows } from './rows.ts';
import { namesOf, type Spelling } from './spelling.ts';

/** A record keeps the spelling it was read in; one from elsewhere gets the documented one. A request is the wire's. */
export function writeOrq(conversation: Conversation, kind: Kind, ledger: Ledger): JsonObject {
  const { rest, written } = extensionOf(conversation, 'orq');
  const spelling =
    kind === 'request' ? '4.2' : (spellings.find((each) => each === written['spelling']) ?? 'documented');
  const sameKind = (written['kind'] === 'request') === (kind === 'request');
  if (sameKind) carryExtension(conversation, 'orq', ledger);
  const native = writeRows(conversationRows(spelling, kind), conversation, ledger, {
    into: {
      ...(kind === 'record' && { kind: 'conversation' }),
      ...(sameKind ? rest : sharedMembers(conversation, kind, ledger)),
    },
    written: sameKind ? written : {},
    request: kind === 'request' && !sameKind,
  });
  writeModel(conversation, native, ledger);
  if (kind === 'record') writeMessages(conversation, native, spelling, ledger);
  else refuseMessages(conversation, ledger);
  return native;
}

const spellings: readonly Spelling[] = ['documented', '4.1', '4.2'];

/** Of what only Orq.ai knows, what both a record and a request have; who updated it is set by the system. */
function sharedMembers(conversation: Conversation, kind: Kind, ledger: Ledger): JsonObject {
  const packed = packedOf(conversation, 'orq');
  if (!packed) return {};
  for (const name of ['updatedById', 'updated_by_id']) ledger.assigned(packed, name);
  const members: JsonObject = {};
  for (const name of ['projectId', 'project_id']) {
    if (typeof packed[name] !== 'string') continue;
    members[kind === 'request' ? 'projectId' : 'project_id'] = packed[name];
    ledger.carried(packed, name);
  }
  const metadata = packed['metadata'];
  for (const name of ['generatingTitle', 'generating_title']) {
    const value = isObject(metadata) ? member(metadata, name) : undefined;
    if (!isObject(metadata) || typeof value !== 'boolean') continue;
    members['metadata'] = { [kind === 'request' ? 'generatingTitle' : 'generating_title']: value };
    ledger.carried(metadata, name);
  }
  return members;
}

function writeModel(conversation: Conversation, native: JsonObject, ledger: Ledger): void {
  const model = conversation.model;
  if (!model) return;
  const { provider, name } = model;
  if (typeof name !== 'string') {
    if (provider !== undefined)
      ledger.refused(model, 'provider', 'Orq.ai names a provider only together with a model');
    return;
  }
  const text = typeof provider === 'string' ? `${provider}/${name}` : name;
  const slash = text.indexOf('/');
  const faithful = typeof provider === 'string' ? slash === provider.length : slash < 0;
  if (!faithful) {
    const reason = 'Orq.ai writes `provider/model`, which would be read back as another pair';
    ledger.refused(model, 'name', reason);
    ledger.refused(model, 'provider', reason);
    return;
  }
  place(native, ['metadata', 'model'], text);
  ledger.carried(model, 'name');
  ledger.carried(model, 'provider');
}

function refuseMessages(conversation: Conversation, ledger: Ledger): void {
  for (const message of conversation.messages ?? []) {
    ledger.refused(message, '$self', 'Orq.ai writes messages only by running an agent');
  }
}

function writeMessages(
  conversation: Conversation,
  native: JsonObject,
  spelling: Spelling,
  ledger: Ledger,
): void {
  const { messages } = conversation;
  if (messages === undefined) return;
  native['messages'] =
    messages &&
    mergeRuns(messages, ledger).flatMap((message) => {
      const written = writeMessage(message, spelling, ledger);
      return written ? [written] : [];
    });
}

function writeMessage(message: Message, spelling: Spelling, ledger: Ledger): JsonObject | undefined {
  const { rest, written } = extensionOf(message, 'orq');
  const role = message.role ?? null;
  if (role !== 'user' && role !== 'assistant' && written['role'] !== role) {
    ledger.refused(
      message,
      '$self',
      `Orq.ai has messages of users and assistants only, not of ${role ?? 'nobody'}`,
    );
    return undefined;
  }
  const all = partsOf(message);
  if (all.length === 0 && !packedOf(message, 'orq')) {
    ledger.refused(message, '$self', 'the message says nothing');
    return undefined;
  }
  const parts = all.flatMap((part) => {
    const native = writePart(part, namesOf(spelling), ledger);
    return native ? [native] : [];
  });
  if (parts.length === 0 && all.length > 0) return undefined;
  carryExtension(message, 'orq', ledger);
  const native = writeRows(messageRows(spelling), message, ledger, { into: { ...rest }, written });
  native['parts'] = parts;
  return native;
}
