import type { Message } from '../../core/conversation.ts';
import { packedOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { isPart, partsOf } from '../../core/parts.ts';
import { typeFor } from './message.ts';
import { writeAgentPieces, writeUserPieces } from './pieces.ts';

/**
 * A message from elsewhere in the form of the API, which says one kind of thing in a message: several messages
 * where it says several, none where Looker has no place for it.
 */
export function writeNewMessage(message: Message, kind: Kind, ledger: Ledger): JsonObject[] {
  const type = typeFor(message.role);
  if (type === undefined) {
    ledger.refused(message, '$self', reasonAgainst(message.role));
    return [];
  }
  const parts = partsOf(message);
  const pieces = type === 'user' ? writeUserPieces(parts, ledger) : writeAgentPieces(parts, ledger);
  if (pieces.length === 0 && parts.length > 0) return [];
  if (pieces.length === 0 && !packedOf(message, 'looker')) {
    ledger.refused(message, '$self', 'the message says nothing');
    return [];
  }
  const contents = pieces.length === 0 ? [{}] : pieces;
  const served = ownMembers(message, ledger);
  if (message.id !== undefined) served['id'] = message.id;
  markCarried(message, kind, ledger);
  return contents.map((piece, index) => {
    const native: JsonObject = index === 0 && kind === 'record' ? served : {};
    native['type'] = type;
    native['message'] =
      message.created_at === undefined ? piece : { timestamp: message.created_at, ...piece };
    return native;
  });
}

function reasonAgainst(role: string | undefined): string {
  if (role === undefined) return 'Looker has no message without a speaker';
  return `Looker has messages of the user and the agent alone, none of role ${role}`;
}

/** What an edited message of Looker's own keeps. */
function ownMembers(message: Message, ledger: Ledger): JsonObject {
  const own = packedOf(message, 'looker');
  const kept: JsonObject = {};
  if (!own) return kept;
  for (const key of ['can', 'order']) {
    const value = member(own, key);
    if (value === undefined) continue;
    kept[key] = value;
    ledger.carried(own, key);
  }
  return kept;
}

function markCarried(message: Message, kind: Kind, ledger: Ledger): void {
  ledger.carried(message, 'role');
  ledger.carried(message, 'created_at');
  if (kind === 'record') ledger.carried(message, 'id');
  else ledger.assigned(message, 'id');
  if (!message.parts && partsOf(message).some((part) => isPart(part, 'text')))
    ledger.carried(message, 'text');
}
