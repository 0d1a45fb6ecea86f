import type { Conversation } from '../../core/conversation.ts';
import { carryExtension, extensionOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { without, writeRows } from '../../core/mapping.ts';
import { mergeRuns } from '../../core/turns.ts';
import { writeEntries } from './entries.ts';
import { pairResults } from './pairs.ts';
import { conversationRows } from './rows.ts';
import { writeSessions } from './sessions.ts';

/** Syllable has records only, so a request is never asked for. */
export function writeSyllable(conversation: Conversation, _kind: Kind, ledger: Ledger): JsonObject {
  const { rest, written } = extensionOf(conversation, 'syllable');
  carryExtension(conversation, 'syllable', ledger);
  const others = without(rest, [['sessions']]);
  const native = writeRows(conversationRows, conversation, ledger, { into: others, written });
  if (conversation.messages === null) native['sessions'] = null;
  if (!conversation.messages) return native;
  const messages = mergeRuns(conversation.messages, ledger);
  const pairs = pairResults(messages);
  const entries = messages.flatMap((message) => writeEntries(message, pairs, ledger));
  const outlines = member(rest, 'sessions');
  const known = Array.isArray(outlines) ? outlines.map((outline) => (isObject(outline) ? outline : {})) : [];
  native['sessions'] = writeSessions(entries, known, ledger);
  return native;
}
