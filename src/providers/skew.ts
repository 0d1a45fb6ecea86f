import { parseTime, type Time } from '../core/time.ts';

/** So far apart the clock of a system and ours may be. */
const SKEW_MS = 120_000;

/** A time of ours as a system may have it at the earliest; undefined for a text that is no time. */
export function sinceWithSkew(since: string): Time | undefined {
  const milliseconds = Date.parse(since);
  return Number.isNaN(milliseconds) ? undefined : parseTime(new Date(milliseconds - SKEW_MS).toISOString());
}
