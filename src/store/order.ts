import type { Summary } from './envelope.ts';

export interface Order {
  readonly sort: 'created' | 'updated' | 'title';
  readonly order: 'asc' | 'desc';
}

export type Compare = (left: Summary, right: Summary) => number;

const keys = {
  title: ({ title }: Summary) => title,
  created: ({ created_at }: Summary) => created_at && instantOf(created_at),
  updated: ({ updated_at }: Summary) => updated_at && instantOf(updated_at),
} satisfies Record<Order['sort'], (summary: Summary) => string | null>;

/** The order the snapshot is kept in. */
export const newestFirst: Order = { sort: 'created', order: 'desc' };

/** Summaries without the value come last either way; equal ones by id, ascending. Titles by UTF-16 code unit. */
export function comparing(order: Order): Compare {
  const keyOf = keys[order.sort];
  const compare = comparingKeys(order);
  return (left, right) => compare({ key: keyOf(left), id: left.id }, { key: keyOf(right), id: right.id });
}

/** In order, each key made once. */
export function inOrder<T extends { readonly summary: Summary }>(items: readonly T[], order: Order): T[] {
  const keyOf = keys[order.sort];
  return items
    .map((item) => ({ key: keyOf(item.summary), id: item.summary.id, item }))
    .toSorted(comparingKeys(order))
    .map(({ item }) => item);
}

interface Keyed {
  readonly key: string | null;
  readonly id: string;
}

function comparingKeys({ order }: Order): (left: Keyed, right: Keyed) => number {
  const sign = order === 'asc' ? 1 : -1;
  return (left, right) => {
    if (left.key === right.key) return compareText(left.id, right.id);
    if (left.key === null) return 1;
    if (right.key === null) return -1;
    return sign * compareText(left.key, right.key);
  };
}

/** Orders RFC 3339 UTC texts by the instant they name, however many fraction digits each has. */
export function compareTimes(left: string, right: string): number {
  return compareText(instantOf(left), instantOf(right));
}

/** Without `Z` and idle zeros a time that names more digits of the same second sorts behind it as text. */
function instantOf(time: string): string {
  let end = time.endsWith('Z') ? time.length - 1 : time.length;
  if (!time.includes('.')) return time.slice(0, end);
  while (time[end - 1] === '0') end -= 1;
  if (time[end - 1] === '.') end -= 1;
  return time.slice(0, end);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
