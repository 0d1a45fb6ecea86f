import type { Conversation } from '../../core/conversation.ts';
import { carryMembers, extensionOf, formsOf, packedKey, packedOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { without, writeRows } from '../../core/mapping.ts';
import { mergeRuns } from '../../core/turns.ts';
import { writeMetadata } from './metadata.ts';
import { conversationRows } from './rows.ts';
import { writeMessage } from './write-message.ts';

/**
 * A request that was read from a request is that request again. One made from anything else leaves out what
 * OpenAI sets itself and what it takes from nobody.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/create-items
 */
export function writeOpenAI(conversation: Conversation, kind: Kind, ledger: Ledger): JsonObject {
  const written = formsOf(conversation, 'openai');
  const wasRequest = written['kind'] === 'request';
  const rest = restOf(conversation, kind, wasRequest, ledger);
  const body = writeRows(conversationRows(kind), conversation, ledger, {
    into: kind === 'record' ? { object: 'conversation', ...rest } : { ...rest },
    written,
  });
  if (kind === 'request') assignTimesAndIds(conversation, ledger);
  const metadata = writeMetadata(conversation, kind, ledger);
  if (metadata !== undefined) body['metadata'] = metadata;
  else if (kind === 'record' && member(body, 'metadata') === undefined) body['metadata'] = {};
  const { messages } = conversation;
  if (messages === undefined) return body;
  const target = { kind, isSanitised: kind === 'request' && !wasRequest };
  body['items'] =
    messages && mergeRuns(messages, ledger).flatMap((message) => writeMessage(message, target, ledger));
  return body;
}

const recordMembers = ['id', 'object', 'created_at', 'metadata', 'items'];

/** What only OpenAI knows of it; between a record and a request, no member that means another thing there. */
function restOf(conversation: Conversation, kind: Kind, wasRequest: boolean, ledger: Ledger): JsonObject {
  const packed = packedOf(conversation, 'openai');
  if (!packed) return {};
  const { rest, written } = extensionOf(conversation, 'openai');
  const isSameKind = wasRequest === (kind === 'request');
  if (isSameKind) carryMembers(written, ledger);
  if (kind === 'request' && !wasRequest) ledger.assigned(packed, 'created_at');
  const kept = isSameKind
    ? rest
    : without(
        rest,
        recordMembers.map((key) => [key]),
      );
  for (const key of Object.keys(kept)) ledger.carried(packed, packedKey(key));
  return kept;
}

function assignTimesAndIds(conversation: Conversation, ledger: Ledger): void {
  if (conversation.id !== undefined) ledger.assigned(conversation, 'id');
  if (conversation.created_at !== undefined) ledger.assigned(conversation, 'created_at');
}
