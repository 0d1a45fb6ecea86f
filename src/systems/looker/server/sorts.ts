import { type JsonObject, member } from '../../../core/json.ts';
import { compareTimes, parseTime } from '../../../core/time.ts';
import type { ShelfOrder, Shelved } from '../../../serve/shelf.ts';

/** One of the fields that a search is sorted by. */
export interface Sort {
  readonly field: string;
  readonly descending: boolean;
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/search_conversations */
const sortable: ReadonlySet<string> = new Set([
  'id',
  'name',
  'user_id',
  'agent_id',
  'created_at',
  'updated_at',
  'category',
]);

/** Newest first: which order Looker's own answers have if none is asked for is not documented. */
export const newestFirst: readonly Sort[] = [{ field: 'created_at', descending: true }];

/** Reads `name,updated_at desc`; undefined if it names a field that cannot be sorted by, or another direction. */
export function parseSorts(text: string): Sort[] | undefined {
  const sorts = text.split(',').map((each): Sort | undefined => {
    const [field = '', direction = 'asc', ...more] = each.trim().split(/\s+/);
    const isDirection = /^(?:asc|desc)$/i.test(direction);
    if (!sortable.has(field) || !isDirection || more.length > 0) return undefined;
    return { field, descending: direction.toLowerCase() === 'desc' };
  });
  const known = sorts.filter((sort) => sort !== undefined);
  return known.length === sorts.length ? known : undefined;
}

/** The order of the store that is the same; undefined if it has none. */
export function shelfOrderOf(sorts: readonly Sort[]): ShelfOrder | undefined {
  const [first, second] = sorts;
  const sort = first && !second && shelfSorts.get(first.field);
  return sort ? { sort, order: first.descending ? 'desc' : 'asc' } : undefined;
}

const shelfSorts: ReadonlyMap<string, ShelfOrder['sort']> = new Map([
  ['created_at', 'created'],
  ['updated_at', 'updated'],
  ['name', 'title'],
]);

/** Sorted as the store sorts: what lacks the field comes last either way, and equal ones go by id. */
export function sorted(conversations: readonly Shelved[], sorts: readonly Sort[]): Shelved[] {
  return conversations.toSorted((left, right) => {
    for (const sort of sorts) {
      const difference = compare(left, right, sort);
      if (difference !== 0) return difference;
    }
    return compareText(left.id, right.id);
  });
}

function compare(left: Shelved, right: Shelved, { field, descending }: Sort): number {
  const sign = descending ? -1 : 1;
  if (field === 'id') return sign * compareText(left.id, right.id);
  const [a, b] = [textOf(left.record, field), textOf(right.record, field)];
  if (!field.endsWith('_at')) return missingLast(a, b) ?? sign * compareText(a ?? '', b ?? '');
  const [earlier, later] = [parseTime(a ?? ''), parseTime(b ?? '')];
  return missingLast(earlier, later) ?? sign * compareTimes(earlier, later);
}

function missingLast(left: unknown, right: unknown): number | undefined {
  if (left !== undefined && right !== undefined) return undefined;
  return Number(left === undefined) - Number(right === undefined);
}

/** The text of a field, or the number in it as text; undefined if it has neither. */
export function textOf(record: JsonObject, field: string): string | undefined {
  const value = member(record, field);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
