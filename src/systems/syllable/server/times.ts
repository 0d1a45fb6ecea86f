import type { JsonValue } from '../../../core/json.ts';
import { parseTime, renderTime } from '../../../core/time.ts';

const complete = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * The time as RFC 3339 has it, which the clients insist on: text that is complete stays as it is, one without a zone
 * or a time of day is taken as UTC. Undefined if it is no time.
 */
export function completeTime(value: JsonValue | undefined): string | undefined {
  const time = typeof value === 'string' ? parseTime(value) : undefined;
  if (!time || typeof value !== 'string') return undefined;
  return complete.test(value) ? value : renderTime(time);
}
