import type { JsonObject } from '../../../core/json.ts';
import { summariseRecord } from '../../../core/summary.ts';
import { parseTime, renderTime, type Time } from '../../../core/time.ts';
import type { Caller } from '../../../http/call.ts';
import type { Listed, ListQuery, Located } from '../../../providers/provider.ts';
import { soleText } from '../../../providers/wanted.ts';
import { inOrder } from '../../../store/order.ts';
import { syllable } from '../index.ts';
import { pagesOf } from './pages.ts';
import { type ConversationQuery, listingConversations, type Search, textId } from './requests.ts';

export interface ListPlace {
  readonly calls: Caller;
  readonly title: string;
  /** A conversation of the list with its sessions. */
  readonly complete: (record: JsonObject, id: string) => Promise<Located>;
}

/**
 * Conversations without their sessions, in the order asked for. Syllable sorts by time; as it knows neither titles nor
 * times of change, all rows are alike in those.
 */
export async function* listConversations(place: ListPlace, query: ListQuery): AsyncGenerator<Listed, void> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  query.warn(`${place.title} does not list the conversations of test sessions`);
  if (query.sort !== 'created') {
    const all: Listed[] = [];
    for await (const row of rows(place, { ...query, limit: undefined })) all.push(row);
    return yield* inOrder(all, query).slice(0, left);
  }
  for await (const row of rows(place, query)) {
    yield row;
    left -= 1;
    if (left <= 0) return;
  }
}

async function* rows({ calls, title, complete }: ListPlace, query: ListQuery): AsyncGenerator<Listed, void> {
  const format = await syllable.load();
  const asked = conversationQuery(query);
  const pages = pagesOf({
    calls,
    title,
    request: (paging) => listingConversations(asked, paging),
    id: 'conversation_id',
    limit: query.limit,
    warn: query.warn,
  });
  for await (const page of pages) {
    for (const record of page) {
      const id = textId(record, 'conversation_id') ?? '';
      yield {
        summary: { ...summariseRecord(syllable, format, record), id },
        head: { id, format: 'syllable', record },
        load: () => complete(record, id),
      };
    }
  }
}

function conversationQuery({ sort, order, wanted }: ListQuery): ConversationQuery {
  // No conversation has a time of change.
  const { since, until } = sort === 'updated' || !wanted ? {} : wanted;
  const searches = [...searchFields].flatMap(([path, field]): Search[] => {
    const text = soleText(wanted, path);
    return text === undefined ? [] : [[field, text]];
  });
  return {
    order: sort === 'created' ? order : undefined,
    start: since === undefined ? undefined : secondBefore(since),
    end: until,
    searches,
  };
}

/** By the path in the model. */
const searchFields: ReadonlyMap<readonly string[], string> = new Map([
  [['agent', 'id'], 'agent_id'],
  [['agent', 'name'], 'agent_name'],
  [['agent', 'type'], 'agent_type'],
  [['prompt', 'id'], 'prompt_id'],
  [['prompt', 'name'], 'prompt_name'],
  [['model', 'provider'], 'llm_provider'],
  [['model', 'name'], 'llm_model'],
  [['model', 'version'], 'llm_version'],
]);

/** Whether a span of time has its start in it is not documented. */
function secondBefore(text: string): string | undefined {
  const time = parseTime(text);
  return time && shifted(time, -1);
}

/** RFC 3339; undefined outside of the calendar. */
export function shifted(time: Time, seconds: number): string | undefined {
  return renderTime({ ...time, seconds: time.seconds + seconds });
}
