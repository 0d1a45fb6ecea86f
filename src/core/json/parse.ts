import { isObject, type JsonValue } from '../json.ts';
import { code, skipBlank } from './characters.ts';
import { unexpected } from './complaint.ts';
import { type Prefix, readCarefully } from './reader.ts';
import { outline } from './scan.ts';

export { type JsonProblemKind, JsonSyntaxProblem } from './problem.ts';
export type { Prefix } from './reader.ts';

/**
 * The one value in `text`, or in its part from `start` to `end`. Numbers keep their value, keys are unique,
 * `__proto__` is a key. Throws `JsonSyntaxProblem` for anything that is not RFC 8259 or cannot be kept exactly.
 */
export function parseJson(text: string, options: { start?: number; end?: number } = {}): JsonValue {
  const { start = 0, end = text.length } = options;
  const { value, end: behind } = parsePrefix(text, start, end);
  const at = skipBlank(text, behind, end);
  if (at < end) throw unexpected({ text, at, end, open: [] }, 'the end');
  return value;
}

/**
 * The value that begins at `start`, white space before it allowed, and the offset behind it. What follows is not
 * looked at, but a number or word must not run on. Throws as {@link parseJson} does.
 */
export function parsePrefix(text: string, start = 0, end = text.length): Prefix {
  return parseQuickly(text, skipBlank(text, start, end), end) ?? readCarefully(text, start, end);
}

/**
 * JSON.parse takes the last of several equal keys and the nearest double of a number. It is believed only when no
 * number in the text loses anything and the result has as many members as the text has colons outside of strings.
 */
function parseQuickly(text: string, start: number, end: number): Prefix | undefined {
  const unit = text.charCodeAt(start);
  if (unit !== code.openBrace && unit !== code.openBracket) return undefined;
  const shape = outline(text, start, end);
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
    for (const item of Object.values(value)) {
      count++;
      if (typeof item === 'object') count += countMembers(item);
    }
  }
  return count;
}
