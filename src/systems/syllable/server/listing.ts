import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { compareTimes, parseTime, type Time } from '../../../core/time.ts';
import type { ListQuery, Search } from './query.ts';

/** Something a list has: what is returned of it, and its id, which need not be among that. */
export interface Listed {
  readonly id: string;
  readonly value: JsonObject;
}

/**
 * A page of what the query asks for. What the documents leave open: text is searched as a whole, the start of a span
 * of time is in it and its end is not, and a list is newest first. `required` stays when only some fields are asked for.
 */
export function pageOf(items: readonly Listed[], query: ListQuery, required: readonly string[]): JsonObject {
  const { page, limit } = query;
  const found = items
    .filter(({ value }) => isWithin(value, query) && query.searches.every((search) => matches(value, search)))
    .toSorted(comparing(query));
  return {
    items: found.slice(page * limit, (page + 1) * limit).map(({ value }) => cutDown(value, query, required)),
    page,
    page_size: limit,
    total_pages: limit === 0 ? null : Math.ceil(found.length / limit),
    total_count: found.length,
  };
}

function isWithin(value: JsonObject, { start, end }: ListQuery): boolean {
  const time = timeOf(member(value, 'timestamp'));
  return (!start || compareTimes(time, start) >= 0) && (!end || compareTimes(time, end) < 0);
}

function matches(item: JsonObject, { field, value }: Search): boolean {
  const present = member(item, field);
  if (typeof present === 'string')
    return present === value || (field === 'timestamp' && isSameTime(present, value));
  if (typeof present === 'number') return value.trim() !== '' && present === Number(value);
  return typeof present === 'boolean' && String(present) === value.toLowerCase();
}

function isSameTime(left: string, right: string): boolean {
  const time = parseTime(right);
  return time !== undefined && compareTimes(parseTime(left), time) === 0;
}

/** What lacks the value comes last either way; ties by id. */
function comparing({ orderBy, direction }: ListQuery): (left: Listed, right: Listed) => number {
  const field = orderBy ?? 'timestamp';
  const order = direction ?? (orderBy === undefined ? 'desc' : 'asc');
  const sign = order === 'asc' ? 1 : -1;
  return (left, right) => {
    const [one, other] = [left, right].map(({ value }) => member(value, field) ?? null);
    if (one === null || other === null) {
      return Number(one === null) - Number(other === null) || compare(left.id, right.id);
    }
    const isTime = field === 'timestamp';
    const ordered = isTime ? compareTimes(timeOf(one), timeOf(other)) : compareValues(one, other);
    return sign * ordered || compare(left.id, right.id);
  };
}

function timeOf(value: JsonValue | undefined): Time | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined;
}

function compareValues(left: JsonValue | undefined, right: JsonValue | undefined): number {
  if (typeof left === 'string' && typeof right === 'string') return compare(left, right);
  return Number(left) - Number(right);
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function cutDown(value: JsonObject, { fields }: ListQuery, required: readonly string[]): JsonObject {
  if (fields.length === 0) return value;
  const wanted = new Set([...required, ...fields]);
  return Object.fromEntries(Object.entries(value).filter(([name]) => wanted.has(name)));
}
