import { isObject, type JsonValue } from '../json.ts';
import { code, skipBlank } from './characters.ts';
import { unexpected } from './complaint.ts';
import { type JsonProblemKind, JsonSyntaxProblem } from './problem.ts';
import { type Prefix, readCarefully } from './reader.ts';
import { DEPTH_LIMIT, outline, type Units } from './scan.ts';

export type { Prefix } from './reader.ts';
export { type JsonProblemKind, JsonSyntaxProblem };

/**
 * The one value in `text`, or in its part from `start` to `end`. Numbers keep their value, keys are unique,
 * `__proto__` is a key; nothing is nested more than `deepest` levels. Throws `JsonSyntaxProblem` for anything that is not RFC 8259 or cannot be kept exactly.
 */
export function parseJson(
  text: string,
  options: { start?: number; end?: number; deepest?: number } = {},
): JsonValue {
  const { start = 0, end = text.length, deepest = DEPTH_LIMIT } = options;
  const { value, end: behind } = parsePrefix(text, start, end, { deepest });
  const at = skipBlank(text, behind, end);
  if (at < end) throw unexpected({ text, at, end, open: [] }, 'the end');
  return value;
}

/**
 * {@link parseJson} for the answer of a system, which is shown as it came: numbers that no double holds are read as the
 * nearest one, and `stringify` writes them in their own text.
 */
export function parseAnswer(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem) || error.kind !== 'number') throw error;
  }
  const { value, end } = readCarefully(text, 0, text.length, { lenient: true });
  const at = skipBlank(text, end, text.length);
  if (at < text.length) throw unexpected({ text, at, end: text.length, open: [] }, 'the end');
  return value;
}

/**
 * The value that begins at `start`, white space before it allowed, and the offset behind it. What follows is not
 * looked at, but a number or word must not run on. Throws as {@link parseJson} does.
 */
export function parsePrefix(
  text: string,
  start = 0,
  end = text.length,
  { deepest = DEPTH_LIMIT }: { readonly deepest?: number } = {},
): Prefix {
  const quick = parseQuickly(text, skipBlank(text, start, end), end, deepest);
  return quick ?? readCarefully(text, start, end, { deepest });
}

/**
 * The array or object that begins at `start`; `undefined` where that takes a careful reader.
 *
 * JSON.parse takes the last of several equal keys and the nearest double of a number. It is believed only when no
 * number in the text loses anything and the result has as many members as the text has colons outside of strings.
 */
export function parseQuickly(
  text: Units,
  start: number,
  end: number,
  deepest = DEPTH_LIMIT,
): Prefix | undefined {
  const unit = text.charCodeAt(start);
  if (unit !== code.openBrace && unit !== code.openBracket) return undefined;
  const shape = outline(text, start, end, deepest);
  if (!shape?.exact) return undefined;
  const value = parseNatively(text.slice(start, shape.end));
  if (value === undefined || countMembers(value) !== shape.members) return undefined;
  return { value, end: shape.end };
}

function parseNatively(text: string): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function countMembers(value: JsonValue): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') count += countMembers(item);
  } else if (isObject(value)) {
    for (const key in value) {
      const item = value[key];
      count++;
      if (typeof item === 'object') count += countMembers(item);
    }
  }
  return count;
}
