import { isObject, type JsonArray, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { compareTimes, parseTime } from '../../../core/time.ts';
import { derivedHex } from '../../../serve/derived.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import { listNames } from '../chronology.ts';
import { sessionIdOf } from '../read.ts';
import { beganAt, withTextIds } from './conversations.ts';
import type { Listed } from './listing.ts';
import { completeTime } from './times.ts';

/** A session, and what its transcript operation returns. */
export interface ServedSession extends Listed {
  readonly transcript: JsonObject;
}

/**
 * The sessions of a conversation. Every session has its own id, which is a number as text, and a time, and so has every
 * entry of a transcript; what the record lacks is made from what it has, and so is the same each time.
 */
export function sessionsOf(shelved: Shelved): ServedSession[] {
  const { id: conversationId, record } = shelved;
  const sessions = member(record, 'sessions');
  if (!Array.isArray(sessions)) return [];
  const began = beganAt(record);
  const taken = new Set<string>();
  return sessions.filter(isObject).map((session, index) => {
    const id = idFor(session, { conversationId, index, taken });
    taken.add(id);
    const timestamp = completeTime(member(session, 'timestamp')) ?? firstTime(session) ?? began;
    const { transcript: _transcript, ...others } = session;
    const value = {
      ...withTextIds(others, ['agent_id', 'prompt_id', 'channel_manager_sid', 'session_label_id']),
      timestamp,
      session_id: id,
      conversation_id: conversationId,
    };
    return { id, value, transcript: presentTranscript(session, id, timestamp) };
  });
}

/** The session's own id if it is a number that no session before it has. */
function idFor(
  session: JsonObject,
  place: { readonly conversationId: string; readonly index: number; readonly taken: ReadonlySet<string> },
): string {
  const { conversationId, index, taken } = place;
  const own = sessionIdOf(session);
  if (own !== undefined && isSessionId(own) && !taken.has(own)) return own;
  const named = own === undefined ? undefined : numberFor(`${conversationId}/${own}`);
  return named === undefined || taken.has(named) ? numberFor(`${conversationId}#${index}`) : named;
}

export function isSessionId(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Sixteen digits, which no id that Syllable counts up will soon reach, and still an exact number for everybody. */
function numberFor(name: string): string {
  return String(2n ** 52n + BigInt(`0x${derivedHex(name, 13)}`));
}

/** The earliest time in a transcript. */
function firstTime(session: JsonObject): string | undefined {
  const times = listNames.flatMap((list) =>
    entriesOf(session, list).flatMap((entry) => completeTime(member(entry, 'timestamp')) ?? []),
  );
  return times.toSorted((left, right) => compareTimes(parseTime(left), parseTime(right)))[0];
}

function presentTranscript(session: JsonObject, id: string, began: string): JsonObject {
  const [transcription = [], actions = []] = listNames.map((list) => timed(entriesOf(session, list), began));
  return { session_id: id, transcription, actions };
}

function entriesOf(session: JsonObject, list: string): JsonObject[] {
  const transcript = member(session, 'transcript');
  const entries: JsonValue | undefined = isObject(transcript) ? member(transcript, list) : undefined;
  return Array.isArray(entries) ? entries.filter(isObject) : [];
}

/** An entry without a time has that of the one before it. */
function timed(entries: readonly JsonObject[], began: string): JsonArray {
  let timestamp = began;
  return entries.map((entry) => {
    timestamp = completeTime(member(entry, 'timestamp')) ?? timestamp;
    return { ...entry, timestamp };
  });
}
