import { Failure } from '../../../core/errors.ts';
import type { Format } from '../../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { summariseRecord } from '../../../core/summary.ts';
import type { Listed, ListQuery } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { notFound } from '../../../providers/unable.ts';
import { inOrder } from '../../../store/order.ts';
import { openai } from '../index.ts';
import { type Api, locate } from './api.ts';
import { pagesOf } from './pages.ts';
import { listing } from './requests.ts';

export interface ListPlace {
  readonly api: Api;
  readonly seat: Seat;
}

/**
 * Conversations without their items, in the order asked for: those that a server lists which can, else those whose ids
 * are remembered. OpenAI itself is not asked, as it has no list.
 */
export async function* listConversations(place: ListPlace, query: ListQuery): AsyncGenerator<Listed, void> {
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  const pages = await listedPages(place, query);
  if (!pages) return yield* (await rememberedRows(place, query)).slice(0, left);
  if (query.sort !== 'created') {
    const all: Listed[] = [];
    for await (const row of listedRows(place, pages)) all.push(row);
    return yield* inOrder(all, query).slice(0, left);
  }
  for await (const row of listedRows(place, pages)) {
    yield row;
    left -= 1;
    if (left <= 0) return;
  }
}

type Pages = AsyncGenerator<JsonValue[], void>;

/** Undefined where there is no list of conversations. */
async function listedPages({ api, seat }: ListPlace, { sort, order, warn }: ListQuery) {
  const { account } = seat;
  if (account.address().hostname === 'api.openai.com') return undefined;
  const request = (after: string | undefined) => listing(sort === 'created' ? order : 'desc', after);
  const pages = pagesOf({ calls: api, title: account.title, request, warn });
  try {
    const first = await pages.next();
    return resumed(first, pages);
  } catch (error) {
    if (error instanceof Failure && saysNoList(error)) return undefined;
    throw error;
  }
}

async function* resumed(first: IteratorResult<JsonValue[], void>, others: Pages): Pages {
  if (first.done === true) return;
  yield first.value;
  yield* others;
}

/** What servers answer to a path or a method that they do not have; a good answer is then a page for people. */
const withoutList: ReadonlySet<number | undefined> = new Set([200, 400, 404, 405, 410, 422, 501]);

function saysNoList({ details }: Failure): boolean {
  return withoutList.has(details.status);
}

async function* listedRows(place: ListPlace, pages: Pages): AsyncGenerator<Listed, void> {
  const format = await openai.load();
  for await (const page of pages) {
    for (const record of page.filter(isObject)) {
      const id = member(record, 'id');
      if (typeof id === 'string') yield rowOf(place, format, record, id);
    }
  }
}

/** All of them are asked for, as only they say when they were created. */
async function rememberedRows(place: ListPlace, query: ListQuery): Promise<Listed[]> {
  const { api, seat } = place;
  query.warn(`${seat.account.title} cannot list conversations: these are the ones made or seen here`);
  const format = await openai.load();
  const ids = (await seat.remembered.ids()).toReversed();
  let missing = 0;
  const rows: Listed[] = [];
  await forEach(ids, async (id) => {
    const head = await api.head(id);
    if (head) rows.push(rowOf(place, format, head, id));
    else missing += 1;
  });
  if (missing > 0) query.warn(leftOut(missing));
  return inOrder(rows, query);
}

/** They are remembered all the same: with the key of another project they may be there. */
function leftOut(count: number): string {
  const what = count === 1 ? '1 conversation that is' : `${count} conversations that are`;
  return `left out ${what} remembered here and cannot be seen with this key: deleted, or of another project`;
}

function rowOf({ api, seat }: ListPlace, format: Format, head: JsonObject, id: string): Listed {
  return {
    summary: { ...summariseRecord(openai, format, head), id },
    head: locate(head, id),
    async load() {
      try {
        return await api.complete(head, id);
      } catch (error) {
        throw error instanceof Failure && error.code === 'not_found'
          ? notFound(id, seat.account.title)
          : error;
      }
    },
  };
}

const AT_ONCE = 4;

/** Does the work a few at a time; the first failure ends it. */
async function forEach<T>(values: readonly T[], work: (value: T) => Promise<void>): Promise<void> {
  const left = [...values];
  const worker = async (): Promise<void> => {
    for (let value = left.shift(); value !== undefined; value = left.shift()) {
      try {
        await work(value);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
