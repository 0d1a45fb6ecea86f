import { idText } from '../../core/codec.ts';
import type { Conversation, Message } from '../../core/conversation.ts';
import { placeExtension, withExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonArray, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows, without } from '../../core/mapping.ts';
import { byTimestamp, chronology, type ListName, listNames, type Place } from './chronology.ts';
import { readEntry } from './messages.ts';
import { conversationRows } from './rows.ts';

export function readSyllable(native: JsonObject, _kind: Kind, ledger: Ledger): Conversation {
  const { model, rest, written } = readRows(conversationRows, native, ledger);
  const sessions = member(native, 'sessions');
  const others = without(rest, [['sessions']]);
  if (Array.isArray(sessions) && sessions.length > 0) others['sessions'] = sessions.map(outlineOf);
  const messages = Array.isArray(sessions) ? readSessions(sessions, ledger) : sessions;
  const conversation: Conversation = {
    convo: 1,
    ...model,
    ...((messages === null || Array.isArray(messages)) && { messages }),
    ...withExtension('syllable', others, written),
  };
  ledger.same(conversation, model);
  placeExtension(conversation, 'syllable', native, ledger);
  imply(native, sessions, ledger);
  return conversation;
}

/** The id of a session as messages name it; `undefined` if it has none. */
export function sessionIdOf(session: JsonValue): string | undefined {
  const id = idText.read((isObject(session) ? member(session, 'session_id') : undefined) ?? null);
  return typeof id === 'string' ? id : undefined;
}

/** The session without the entries that became messages; their lists are left as empty ones. */
function outlineOf(session: JsonValue): JsonValue {
  const transcript = isObject(session) ? member(session, 'transcript') : undefined;
  if (!isObject(session) || !isObject(transcript)) return session;
  const outline = { ...transcript };
  for (const list of listNames) if (Array.isArray(outline[list])) outline[list] = [];
  return { ...session, transcript: outline };
}

function readSessions(sessions: JsonArray, ledger: Ledger): Message[] {
  const ids = sessions.map(sessionIdOf);
  const first = new Map<string | undefined, number>();
  for (const [index, id] of ids.entries()) if (!first.has(id)) first.set(id, index);
  return byTimestamp(sessions).flatMap((index) => {
    const session = sessions[index];
    const isFirst = first.get(ids[index]) === index;
    return isObject(session) ? readSession(session, isFirst ? {} : { session: index }, ledger) : [];
  });
}

/** `place` says which of several sessions of the same id it is. */
function readSession(session: JsonObject, place: JsonObject, ledger: Ledger): Message[] {
  const lists = {
    transcription: entriesOf(session, 'transcription'),
    actions: entriesOf(session, 'actions'),
  };
  const places = chronology(lists);
  const sorted = { transcription: isSorted(places, 'transcription'), actions: isSorted(places, 'actions') };
  const id = sessionIdOf(session);
  return places.flatMap(({ list, index }) => {
    const entry = lists[list][index];
    if (!isObject(entry)) return [];
    const forms = sorted[list] ? place : { ...place, index };
    const message = readEntry(list, entry, { ...(id !== undefined && { session_id: id }) }, forms, ledger);
    ledger.origin(message, '$self', lists[list], index);
    ledger.origin(message, 'session_id', session, 'session_id');
    return [message];
  });
}

function entriesOf(session: JsonObject, list: ListName): JsonArray {
  const transcript = member(session, 'transcript');
  const entries = isObject(transcript) ? member(transcript, list) : undefined;
  return Array.isArray(entries) ? entries : [];
}

/** Whether a list was in the order of time already, so that the messages say its order. */
function isSorted(places: readonly Place[], list: ListName): boolean {
  return places.filter((place) => place.list === list).every(({ index }, position) => index === position);
}

/** What means the same as its absence, or repeats what the conversation or the session says. */
function imply(native: JsonObject, sessions: JsonValue | undefined, ledger: Ledger): void {
  if (native['is_legacy'] === false) ledger.implied(native, 'is_legacy');
  for (const session of Array.isArray(sessions) ? sessions : []) {
    if (!isObject(session)) continue;
    for (const name of ['is_legacy', 'is_test']) if (session[name] === false) ledger.implied(session, name);
    if (session['conversation_id'] === native['conversation_id']) ledger.implied(session, 'conversation_id');
    const transcript = member(session, 'transcript');
    if (isObject(transcript) && transcript['session_id'] === session['session_id']) {
      ledger.implied(transcript, 'session_id');
    }
  }
}
