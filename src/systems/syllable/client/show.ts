import { withTextsOf } from '../../../core/json/inexact.ts';
import { type JsonObject, type JsonValue, member, setMember } from '../../../core/json.ts';
import { parseTime, type Time } from '../../../core/time.ts';
import type { Caller } from '../../../http/call.ts';
import type { Located } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { shifted } from './list.ts';
import { pagesOf } from './pages.ts';
import { isAddressable, listingConversations, listingSessions, textId } from './requests.ts';
import { withTranscripts } from './transcripts.ts';

/** Conversations put together from what Syllable has of them in several places. */
export interface Conversations {
  /** Undefined if no session says that there is such a conversation. */
  readonly find: (id: string) => Promise<Located | undefined>;
  /** A conversation of the list with its sessions. */
  readonly complete: (record: JsonObject, id: string) => Promise<Located>;
}

/** Syllable has no operation for a single conversation: its sessions are searched for, and lead to the rest. */
export function openConversations(calls: Caller, { account: { title }, warn }: Seat): Conversations {
  const place = { calls, title, warn };
  const joined = async (own: JsonObject, id: string, sessions: readonly JsonObject[]): Promise<Located> => {
    const complete = await withTranscripts(sessions, place);
    return { id, format: 'syllable', record: withTextsOf({ ...own, sessions: complete }, own) };
  };
  return {
    async find(id) {
      const sessions = await sessionsOf(id, place);
      const [first] = sessions;
      if (!first) {
        warn(`${title} finds a conversation by its sessions, and has none of ${JSON.stringify(id)}`);
        return undefined;
      }
      return joined((await listed(id, sessions, place)) ?? derived(id, first, place), id, sessions);
    },
    complete: async (record, id) => joined(record, id, await sessionsOf(id, place)),
  };
}

interface Place {
  readonly calls: Caller;
  readonly title: string;
  readonly warn: (message: string) => void;
}

async function sessionsOf(id: string, place: Place): Promise<JsonObject[]> {
  if (!isAddressable(id)) return [];
  const sessions: JsonObject[] = [];
  const pages = pagesOf({ ...place, request: (paging) => listingSessions(id, paging), id: 'session_id' });
  for await (const page of pages) {
    // Whether a search is for the whole of an id is not documented.
    sessions.push(...page.filter((session) => (textId(session, 'conversation_id') ?? id) === id));
  }
  return sessions;
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Most conversations begin with their first session. */
const spans = [5 * MINUTE, DAY];

/** The conversation's own fields, which only the list has; undefined if it is not there. */
async function listed(
  id: string,
  sessions: readonly JsonObject[],
  place: Place,
): Promise<JsonObject | undefined> {
  const [began] = sessions.flatMap((session) => timeOf(member(session, 'timestamp')) ?? []);
  if (!began) return undefined;
  for (const span of spans) {
    const around = { order: 'asc', start: shifted(began, -span), end: shifted(began, span) } as const;
    const pages = pagesOf({
      ...place,
      request: (paging) => listingConversations(around, paging),
      id: 'conversation_id',
    });
    for await (const page of pages) {
      const found = page.find((record) => textId(record, 'conversation_id') === id);
      if (found) return found;
    }
  }
  return undefined;
}

function timeOf(value: JsonValue | undefined): Time | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined;
}

/** What a conversation and a session both have, and mean the same by. */
const shared = ['agent_id', 'agent_name', 'agent_type', 'prompt_id', 'prompt_name', 'is_legacy'];

function derived(id: string, first: JsonObject, { title, warn }: Place): JsonObject {
  warn(
    `${title} does not list the conversation ${JSON.stringify(id)}, as it does not those of test sessions; what is shown of it is from its first session`,
  );
  const own: JsonObject = {};
  const values: [string, JsonValue | undefined][] = [
    ['timestamp', member(first, 'timestamp')],
    ['conversation_id', member(first, 'conversation_id') ?? id],
    ...shared.map((name): [string, JsonValue | undefined] => [name, member(first, name)]),
  ];
  for (const [name, value] of values) if (value !== undefined) setMember(own, name, value);
  return withTextsOf(own, first);
}
