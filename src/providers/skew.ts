import { compareTimes, parseTime } from '../core/time.ts';

/** How far apart the clock of a system and ours are. */
export interface Skew {
  /** The system's clock showed this as its answer left, in milliseconds. */
  readonly heard: (date: number) => void;
  /** Milliseconds that it is ahead of ours, at least; undefined while nothing was heard. */
  readonly ahead: () => number | undefined;
}

/** An answer takes its time to come, so that of several the one that was quickest tells best. */
export function openSkew(now: () => number): Skew {
  let most: number | undefined;
  return {
    heard(date) {
      most = Math.max(date - now(), most ?? Number.NEGATIVE_INFINITY);
    },
    ahead: () => most,
  };
}

/** A header tells the time to the second, and so may a record. */
const RESOLUTION_MS = 2_000;

/**
 * Whether a system made something before a time of ours (both RFC 3339), by its own clock, which is so far ahead;
 * undefined if nobody can tell.
 */
export function isBefore(
  made: string | null | undefined,
  since: string,
  ahead: number | undefined,
): boolean | undefined {
  const time = parseTime(made ?? '');
  const milliseconds = Date.parse(since) + (ahead ?? Number.NaN) - RESOLUTION_MS;
  const from = Number.isNaN(milliseconds) ? undefined : parseTime(new Date(milliseconds).toISOString());
  return time && from && compareTimes(time, from) < 0;
}
