import type { FormatInfo } from '../../core/format.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import { once } from '../../core/once.ts';

/**
 * Syllable conversations.
 *
 * - The API lists conversations and does nothing else with them: none can be created, changed or fetched by id.
 * - A conversation has no messages of its own. They are in the transcripts of its sessions, what was said apart from
 *   what tools did; `sessions` here is what the sessions' own operations return, each with its transcript.
 * - Times may come without a zone, or as a date alone.
 *
 * @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/models/conversation.md
 */
export const syllable: FormatInfo = {
  name: 'syllable',
  aliases: [],
  system: 'syllable',
  title: 'Syllable',
  summary: 'Syllable conversation, with its sessions and their transcripts',
  documentation: 'https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/models/conversation.md',
  messagesKey: 'sessions',
  marks: (document) => Object.hasOwn(document, 'conversation_id') && Object.hasOwn(document, 'timestamp'),
  isRecord: () => true,
  countMessages,
  load: once(async () => (await import('./format.ts')).syllableFormat),
};

/** Everything said and every action, of all sessions. */
function countMessages(record: JsonObject): number | null {
  const sessions = member(record, 'sessions');
  if (!Array.isArray(sessions)) return null;
  return sessions.reduce<number>((count, session) => {
    const transcript = isObject(session) ? member(session, 'transcript') : undefined;
    if (!isObject(transcript)) return count;
    const lists = [member(transcript, 'transcription'), member(transcript, 'actions')];
    return lists.reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), count);
  }, 0);
}
