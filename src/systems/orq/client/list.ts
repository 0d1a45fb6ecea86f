import { Failure } from '../../../core/errors.ts';
import { isObject, type JsonObject, member } from '../../../core/json.ts';
import { summariseRecord } from '../../../core/summary.ts';
import { compareTimes, parseTime } from '../../../core/time.ts';
import type { Account } from '../../../providers/account.ts';
import type { Listed, ListQuery, Located } from '../../../providers/provider.ts';
import { notFound } from '../../../providers/unable.ts';
import { soleText } from '../../../providers/wanted.ts';
import { inOrder } from '../../../store/order.ts';
import { orq } from '../index.ts';
import { spellingOf } from '../spelling.ts';
import type { Api } from './api.ts';
import { idIn, listing, PAGE_SIZE } from './requests.ts';

export interface ListPlace {
  readonly api: Api;
  readonly account: Account;
  readonly show: (id: string) => Promise<Located | undefined>;
}

/**
 * The conversations of one entity, or those that have none, in the order asked for. Orq.ai gives the newest first: a
 * page is asked for when the rows before it are taken; for any other order all of them are.
 */
export async function* listConversations(place: ListPlace, query: ListQuery): AsyncGenerator<Listed, void> {
  const limit = query.limit ?? Number.POSITIVE_INFINITY;
  if (limit <= 0) return;
  if (query.sort === 'created' && query.order === 'desc') return yield* take(rows(place, query), limit);
  const all: Listed[] = [];
  for await (const row of rows(place, { ...query, limit: undefined })) all.push(row);
  yield* inOrder(all, query).slice(0, limit);
}

async function* take(listed: AsyncIterable<Listed>, limit: number): AsyncGenerator<Listed, void> {
  let left = limit;
  for await (const row of listed) {
    yield row;
    left -= 1;
    if (left <= 0) return;
  }
}

async function* rows(place: ListPlace, query: ListQuery): AsyncGenerator<Listed, void> {
  const format = await orq.load();
  const entity = entityFor(place.account, query);
  let told = false;
  for await (const records of pages(place, query, entity)) {
    if (!told) tellOfOthers(place.account, query, { entity, records });
    told = true;
    const page = records
      .map((record) => listedOf(record, summariseRecord(orq, format, record), place))
      // Up to 4.1 the list cannot be asked for those of one entity.
      .filter(({ summary: { agent } }) => entity === undefined || agent === null || agent === entity);
    yield* page;
    if (isBeyond(page, query)) return;
  }
}

function listedOf(record: JsonObject, summary: Listed['summary'], { account, show }: ListPlace): Listed {
  const id = idIn(record) ?? '';
  return {
    summary: { ...summary, id },
    head: { id, format: 'orq', record },
    async load() {
      const located = await show(id);
      if (!located) throw notFound(id, account.title);
      return located;
    },
  };
}

/** What is asked for on the command line counts; else what the account is configured for. */
function entityFor(account: Account, { wanted }: ListQuery): string | undefined {
  const asked = wanted?.where.some(({ path }) => path.join('.') === 'agent.id') === true;
  return asked ? soleText(wanted, ['agent', 'id']) : account.setting('entity');
}

/** Each page as it came, until Orq.ai says that there are no more. */
export async function* pages(
  { api, account }: Pick<ListPlace, 'api' | 'account'>,
  { limit = PAGE_SIZE, warn }: Pick<ListQuery, 'limit' | 'warn'>,
  entity: string | undefined,
): AsyncGenerator<JsonObject[], void> {
  const generation = account.setting('generation');
  const cursors = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const answer = await api.ask(listing({ generation, limit: Math.min(limit, PAGE_SIZE), entity, after }));
    const data = member(answer, 'data');
    if (!Array.isArray(data)) {
      throw new Failure('unavailable', `${account.title} answered with something that is no list`);
    }
    const records = data.filter(isObject);
    yield records;
    if (member(answer, 'has_more') === false || data.length === 0) return;
    const last = records.at(-1);
    after = last && idIn(last);
    if (after === undefined || cursors.has(after)) {
      return warn(`${account.title} has more conversations, and does not say where they begin`);
    }
    cursors.add(after);
  }
}

/** What the list leaves out. Up to 4.1 every conversation has an entity, and the list has them all. */
function tellOfOthers(
  account: Account,
  { warn, wanted }: ListQuery,
  { entity, records }: { readonly entity: string | undefined; readonly records: readonly JsonObject[] },
): void {
  const isOlder =
    account.setting('generation') === '4.1' || records.some((record) => spellingOf(record) === '4.1');
  if (entity === undefined) {
    const way = 'those of an entity are listed with --where agent.id=<id>';
    if (!isOlder) warn(`${account.title} lists only conversations that belong to no entity; ${way}`);
  } else if (soleText(wanted, ['agent', 'id']) === undefined) {
    warn(
      `only conversations of the entity ${JSON.stringify(entity)} are listed, which is set for ${account.title}`,
    );
  }
}

/** Whether a whole page is older than what is wanted, and so all that follow. */
function isBeyond(page: readonly Listed[], { sort, order, wanted }: ListQuery): boolean {
  const since = parseTime(wanted?.since ?? '');
  if (!since || page.length === 0 || sort !== 'created' || order !== 'desc') return false;
  return page.every(({ summary }) => {
    const time = parseTime(summary.created_at ?? '');
    return time !== undefined && compareTimes(time, since) < 0;
  });
}
