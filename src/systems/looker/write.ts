import type { Conversation } from '../../core/conversation.ts';
import { formsOf } from '../../core/extension.ts';
import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { writeRows } from '../../core/mapping.ts';
import { markForms, setByServer } from './forms.ts';
import { ownOf } from './own.ts';
import { rowsToWrite } from './rows.ts';
import { type Edition, laterAgentMembers, readOnlyMembers, writableMembers } from './version.ts';
import { writeMessages } from './write-messages.ts';

/** A record keeps what Looker said of it; a request has what its API takes and no more. */
export function writeLooker(conversation: Conversation, edition: Edition, ledger: Ledger): JsonObject {
  const { kind } = edition;
  const written = formsOf(conversation, 'looker');
  const native = writeRows(rowsToWrite(kind), conversation, ledger, {
    into: writeRest(conversation, edition, ledger),
    written,
    request: kind === 'request',
  });
  if (kind === 'request' && conversation.agent) {
    for (const field of ['name', 'instructions']) {
      ledger.refused(conversation.agent, field, 'a request to Looker names its agent by id alone');
    }
  }
  const { messages } = conversation;
  if (messages === null && kind === 'record') native['messages'] = null;
  else if (messages) native['messages'] = writeMessages(messages, kind, written['positions'], ledger);
  return native;
}

/** The members that only Looker knows, as far as this document may have them. */
function writeRest(conversation: Conversation, edition: Edition, ledger: Ledger): JsonObject {
  const own = ownOf(conversation);
  const kept: JsonObject = {};
  if (!own) return kept;
  const { packed, members, written } = own;
  markForms(packed, written, edition.kind, ledger);
  const isFromRequest = written['request'] === true;
  const isWhole = edition.kind === 'record' || isFromRequest;
  for (const { name, value, packedName } of members) {
    if (isFromRequest && edition.kind === 'record' && readOnlyMembers.has(name)) {
      ledger.refused(packed, packedName, 'Looker takes it from no request');
    } else if (!isWhole && !isWritable(name, value)) {
      refuseMember(packed, packedName, value, ledger);
    } else if (name === 'conversation_agent' && isObject(value) && edition.kind === 'record') {
      kept[name] = writeAgent(value, written['version'] === '26.4' ? '26.10' : edition.version, ledger);
    } else {
      setMember(kept, name, value);
      ledger.carried(packed, packedName);
    }
  }
  return kept;
}

const nullable: ReadonlySet<string> = new Set(['category', 'agent_id']);

function isWritable(name: string, value: JsonValue): boolean {
  return writableMembers.includes(name) && (value !== null || nullable.has(name));
}

function refuseMember(packed: JsonObject, packedName: string, value: JsonValue, ledger: Ledger): void {
  if (setByServer.has(packedName)) ledger.assigned(packed, packedName);
  else if (value !== false) ledger.refused(packed, packedName, 'a request to Looker has no such member');
}

function writeAgent(agent: JsonObject, version: Edition['version'], ledger: Ledger): JsonObject {
  const kept: JsonObject = {};
  for (const key of Object.keys(agent)) {
    if (version === '26.4' && laterAgentMembers.includes(key)) {
      ledger.refused(agent, key, 'Looker 4.0.26.4 does not have it');
      continue;
    }
    setMember(kept, key, member(agent, key) ?? null);
    ledger.carried(agent, key);
  }
  return kept;
}
