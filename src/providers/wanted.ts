import { toPointer } from '../core/json.ts';
import type { Wanted } from './provider.ts';

/**
 * The one text that a member of the model has to have, for a place that can look for it; undefined if nothing is said
 * of it, or if other values or none would do too.
 */
export function soleText(wanted: Wanted | undefined, path: readonly string[]): string | undefined {
  const pointer = toPointer(path);
  const condition = wanted?.where.find((each) => toPointer(each.path) === pointer);
  if (!condition || condition.values.includes(null)) return undefined;
  const texts = condition.values.filter((value) => typeof value === 'string');
  return texts.length === 1 && texts[0] !== '' ? texts[0] : undefined;
}
