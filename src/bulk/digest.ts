import { createHash } from 'node:crypto';
import type { JsonValue } from '../core/json.ts';

/** A digest of a value that is the same for equal JSON, whatever the order of its keys: 32 characters. */
export function digestOf(value: JsonValue): string {
  return digestOfText(JSON.stringify(inOrder(value)));
}

/** A digest of a text: 32 characters. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** Objects become arrays of their sorted entries, as an object would put keys that look like numbers first. */
function inOrder(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const entries = Object.keys(value)
    .toSorted()
    .map((key): JsonValue => [key, inOrder(Object.hasOwn(value, key) ? (value[key] ?? null) : null)]);
  return { o: entries };
}
