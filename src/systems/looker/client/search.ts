import type { Format } from '../../../core/format.ts';
import { type JsonObject, type JsonValue, toPointer } from '../../../core/json.ts';
import { type ConversationSummary, summariseRecord } from '../../../core/summary.ts';
import { compareTimes, parseTime } from '../../../core/time.ts';
import type { Listed, ListQuery, SortKey } from '../../../providers/provider.ts';
import { notFound } from '../../../providers/unable.ts';
import { looker2610 } from '../index.ts';
import { type Api, idIn } from './api.ts';
import { missingPart } from './complaint.ts';
import { searching } from './requests.ts';

/** Which number Looker takes at most is not documented; more than this no client asks for. */
const PAGE_SIZE = 100;

/** What a summary says; the messages, which are most of a conversation, are fetched with the whole. */
const FIELDS = 'id,name,agent_id,created_at,updated_at';

/** Full pages in a row without a new row, after which there is no more to be hoped for. */
const MOST_BARREN = 10;

const sortFields: Readonly<Record<SortKey, string>> = {
  created: 'created_at',
  updated: 'updated_at',
  title: 'name',
};

/** The conversations of the user, in the order asked for. A page is asked for when the rows before it are taken. */
export async function* search(api: Api, title: string, query: ListQuery): AsyncGenerator<Listed, void> {
  query.warn(`${title} shows only the conversations of the user whose key it is`);
  const format = await looker2610.load();
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const row of searchRows(api, query)) {
    const summary = summaryOf(format, row.record, row.id);
    if (isBeyond(summary, query)) return;
    yield { summary, load: async () => (await api.find(row.id)) ?? raise(row.id, title) };
    left -= 1;
    if (left <= 0) return;
  }
}

export interface Row {
  readonly id: string;
  readonly record: JsonObject;
}

/**
 * Each conversation once. Looker counts pages from the first row as it is then, so that rows move between pages when
 * others come or go: each page begins with the last row of the one before, and where it does not, the pages are gone
 * back to where it does.
 */
export async function* searchRows(api: Api, query: ListQuery): AsyncGenerator<Row, void> {
  const size = pageSize(query.limit);
  const seen = new Set<string>();
  let offset = 0;
  let barren = 0;
  while (barren < MOST_BARREN) {
    const page = await askPage(api, query, { size, offset });
    const isConnected = offset === 0 || (page[0] !== undefined && seen.has(page[0].id));
    if (!isConnected) {
      offset = Math.max(0, offset - size + 1);
      continue;
    }
    const added = page.filter(({ id }) => !seen.has(id) && seen.add(id));
    yield* added;
    // A short page is the last one, or the longest that this Looker gives: only the next tells.
    if (page.length < size && added.length === 0) return;
    barren = added.length === 0 ? barren + 1 : 0;
    offset += Math.max(1, page.length - 1);
  }
  query.warn('Looker gave the same conversations again and again; there may be more than these');
}

/** Two at least, as a page has one row in common with the one before. */
function pageSize(limit: number | undefined): number {
  return Math.max(2, Math.min(limit ?? PAGE_SIZE, PAGE_SIZE));
}

async function askPage(
  api: Api,
  query: ListQuery,
  { size, offset }: { readonly size: number; readonly offset: number },
): Promise<Row[]> {
  const request = searching([
    ...filtersOf(query),
    ['fields', FIELDS],
    ['sorts', `${sortFields[query.sort]} ${query.order}`],
    ['limit', String(size)],
    ['offset', String(offset)],
  ]);
  const records = await api.askList(request).catch((error: unknown) => missingPart(error, 'unsupported'));
  return records.map((record) => ({ id: idIn(record) ?? '', record }));
}

/** By the path in the model: the parameter of the search that finds at least the rows with one of the values. */
const filters: ReadonlyMap<string, { readonly name: string; readonly takesMany: boolean }> = new Map([
  ['/id', { name: 'id', takesMany: true }],
  ['/agent/id', { name: 'agent_id', takesMany: false }],
  ['/title', { name: 'name', takesMany: false }],
]);

function filtersOf({ wanted }: ListQuery): [string, string][] {
  const parameters = new Map<string, string>();
  for (const { path, values } of wanted?.where ?? []) {
    const filter = filters.get(toPointer(path));
    const texts = filter && textsIn(values);
    if (filter && texts && (filter.takesMany || texts.length === 1))
      parameters.set(filter.name, texts.join(','));
  }
  return [...parameters];
}

/**
 * The texts among the values, as numbers are no ids or titles in the model; undefined if there are none, or if a search
 * could take one for something else than itself: a pattern, several values, the word for none.
 */
function textsIn(values: readonly JsonValue[]): string[] | undefined {
  if (values.includes(null)) return undefined;
  const texts = values.filter((value) => typeof value === 'string');
  return texts.length > 0 && texts.every(isLiteral) ? texts : undefined;
}

function isLiteral(text: string): boolean {
  return /^[\p{L}\p{N}](?:[\p{L}\p{N} .:-]*[\p{L}\p{N}])?$/u.test(text) && !/^(?:not )?null$/i.test(text);
}

/** Of an id that a list gives, and that is the one to ask for, the model may have another spelling. */
function summaryOf(format: Format, record: JsonObject, id: string): ConversationSummary {
  return { ...summariseRecord(looker2610, format, record), id };
}

/** Whether all rows from here on are outside of the times that are wanted. */
function isBeyond(summary: ConversationSummary, { sort, order, wanted }: ListQuery): boolean {
  if (sort === 'title') return false;
  const time = parseTime((sort === 'updated' ? summary.updated_at : summary.created_at) ?? '');
  const since = parseTime(wanted?.since ?? '');
  const until = parseTime(wanted?.until ?? '');
  if (!time) return false;
  if (order === 'desc') return since !== undefined && compareTimes(time, since) < 0;
  return until !== undefined && compareTimes(time, until) >= 0;
}

function raise(id: string, title: string): never {
  throw notFound(id, title);
}
