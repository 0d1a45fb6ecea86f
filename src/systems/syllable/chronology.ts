import { isObject, type JsonValue, member } from '../../core/json.ts';
import { compareTimes, parseTime, type Time } from '../../core/time.ts';

/** The two lists of a transcript: what was said, and what tools did. */
export type ListName = 'transcription' | 'actions';
export const listNames: readonly ListName[] = ['transcription', 'actions'];

/** An entry of a transcript, by its list and its index there. */
export interface Place {
  readonly list: ListName;
  readonly index: number;
}

/** The entries of both lists in the order of time; of two at the same time, what was said comes first. */
export function chronology(lists: Readonly<Record<ListName, readonly JsonValue[]>>): Place[] {
  const places = listNames.flatMap((list) => lists[list].map((_, index): Place => ({ list, index })));
  const times = listNames.flatMap((list) => timesOf(lists[list]));
  const sorted: Place[] = [];
  for (const position of inOrder(times)) {
    const place = places[position];
    if (place) sorted.push(place);
  }
  return sorted;
}

/** The positions of `values` in the order of their `timestamp`; one without stays behind what came before it. */
export function byTimestamp(values: readonly JsonValue[]): number[] {
  return inOrder(timesOf(values));
}

function timesOf(values: readonly JsonValue[]): (Time | undefined)[] {
  let latest: Time | undefined;
  return values.map((value) => {
    const timestamp = isObject(value) ? member(value, 'timestamp') : undefined;
    latest = (typeof timestamp === 'string' ? parseTime(timestamp) : undefined) ?? latest;
    return latest;
  });
}

function inOrder(times: readonly (Time | undefined)[]): number[] {
  return times
    .map((_, position) => position)
    .toSorted((left, right) => compareTimes(times[left], times[right]));
}
