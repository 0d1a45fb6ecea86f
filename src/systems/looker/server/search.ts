import type { Context } from 'hono';
import { member } from '../../../core/json.ts';
import type { Shelf, Shelved } from '../../../serve/shelf.ts';
import { matchesPattern } from './pattern.ts';
import { flagsOf, listParameter, parameter, type Range, rangeOf } from './queries.ts';
import { refuse } from './refusals.ts';
import { newestFirst, parseSorts, type Sort, shelfOrderOf, sorted, textOf } from './sorts.ts';

/** What is looked for, and how much of it is given. */
export interface Search extends Range {
  readonly isWanted: (conversation: Shelved) => boolean;
  readonly sorts: readonly Sort[];
  /** The only conversations that can be wanted; all if absent. */
  readonly ids?: readonly string[];
}

type Criterion = (conversation: Shelved) => boolean;

/**
 * Reads a search. Deleted conversations are found only if `deleted` is among the criteria.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/search_conversations
 * @throws Refusal 400
 */
export function parseSearch(c: Context): Search {
  const { deleted, isAny } = flagsOf(c);
  const ids = listParameter(c, 'id');
  const sorts = parameter(c, 'sorts');
  const order = sorts === undefined ? newestFirst : parseSorts(sorts);
  if (!order) throw refuse(c, 400, `sorts: cannot sort by ${sorts}`);
  const criteria = [...criteriaOf(c, ids), ...(deleted === undefined ? [] : [deletedIs(deleted)])];
  const isMatch: Criterion =
    isAny && criteria.length > 0
      ? (conversation) => criteria.some((matches) => matches(conversation))
      : (conversation) => criteria.every((matches) => matches(conversation));
  const isPresent = deletedIs(false);
  return {
    ...rangeOf(c),
    sorts: order,
    isWanted: deleted === undefined ? (each) => isPresent(each) && isMatch(each) : isMatch,
    ...(ids && !isAny && { ids }),
  };
}

/** The conversations on the page that was asked for; no more of the store is read than it takes to know them. */
export async function* find(shelf: Shelf, search: Search): AsyncGenerator<Shelved, void> {
  let toSkip = search.offset;
  let left = search.limit;
  if (left === 0) return;
  for await (const conversation of wanted(shelf, search)) {
    if (toSkip > 0) {
      toSkip -= 1;
      continue;
    }
    yield conversation;
    left -= 1;
    if (left === 0) return;
  }
}

function criteriaOf(c: Context, ids: readonly string[] | undefined): Criterion[] {
  const name = parameter(c, 'name');
  const agent = parameter(c, 'agent_id');
  const categories = listParameter(c, 'category');
  return [
    ...(ids ? [({ id }: Shelved) => ids.includes(id)] : []),
    ...(name === undefined ? [] : [fieldMatches('name', [name])]),
    ...(agent === undefined ? [] : [agentIs(agent)]),
    ...(categories ? [fieldMatches('category', categories)] : []),
  ];
}

function fieldMatches(field: string, patterns: readonly string[]): Criterion {
  return ({ record }) => {
    const text = textOf(record, field);
    return text !== undefined && patterns.some((pattern) => matchesPattern(text, pattern));
  };
}

function agentIs(wantedAgent: string): Criterion {
  const word = wantedAgent.trim().toLowerCase();
  if (word === 'null') return ({ record }) => textOf(record, 'agent_id') === undefined;
  if (word === 'not null') return ({ record }) => textOf(record, 'agent_id') !== undefined;
  return fieldMatches('agent_id', [wantedAgent]);
}

function deletedIs(deleted: boolean): Criterion {
  return ({ record }) => (member(record, 'deleted') === true) === deleted;
}

async function* wanted(shelf: Shelf, search: Search): AsyncGenerator<Shelved, void> {
  const order = search.ids ? undefined : shelfOrderOf(search.sorts);
  const candidates = search.ids
    ? named(shelf, search.ids)
    : shelf.list(order ?? { sort: 'created', order: 'desc' });
  if (order) {
    for await (const each of candidates) if (search.isWanted(each)) yield each;
    return;
  }
  const found: Shelved[] = [];
  for await (const each of candidates) if (search.isWanted(each)) found.push(each);
  yield* sorted(found, search.sorts);
}

async function* named(shelf: Shelf, ids: readonly string[]): AsyncGenerator<Shelved, void> {
  for (const id of ids) {
    const conversation = await shelf.find(id);
    if (conversation) yield conversation;
  }
}
