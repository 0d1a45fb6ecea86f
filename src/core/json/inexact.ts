import { Failure } from '../errors.ts';
import {
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  toPointer,
} from '../json.ts';

/** The texts of members and elements whose numbers no double holds. Values are never changed, so they stay true. */
const texts = new WeakMap<object, Map<string, string>>();
/** Most runs never meet such a number, and need not look for them. */
let met = false;

/** Remembers how a number was written whose nearest double is another one. */
export function rememberText(container: JsonArray | JsonObject, key: string | number, text: string): void {
  met = true;
  const known = texts.get(container) ?? new Map<string, string>();
  texts.set(container, known.set(String(key), text));
}

/** A copy that leaves the numbers of an object as they are has their texts too. Returns the copy. */
export function withTextsOf<Copy extends JsonObject>(copy: Copy, original: JsonObject): Copy {
  for (const [key, text] of texts.get(original) ?? []) {
    if (Object.hasOwn(copy, key) && copy[key] === original[key]) rememberText(copy, key, text);
  }
  return copy;
}

/** Where a value has numbers that are not what its text said, and that text. Empty for what was read exactly. */
export function inexactNumbers(value: JsonValue): { readonly path: JsonPath; readonly text: string }[] {
  const found: { path: JsonPath; text: string }[] = [];
  if (met) collect(value, [], found);
  return found;
}

/** @throws Failure `invalid` that names each number of a value which would change if it were `converted` or `stored`. */
export function refuseInexact(value: JsonValue, what: string): void {
  const numbers = inexactNumbers(value);
  const [first] = numbers;
  if (!first) return;
  throw new Failure('invalid', `the number ${first.text} cannot be ${what} exactly`, {
    hint: '`convo show` prints it as it came',
    issues: numbers.map(({ path, text }) => ({ path: toPointer(path), message: `${text} would change` })),
  });
}

function collect(value: JsonValue, path: JsonPath, found: { path: JsonPath; text: string }[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const step = Array.isArray(value) ? Number(key) : key;
    const text = texts.get(value)?.get(key);
    if (text !== undefined) found.push({ path: [...path, step], text });
    else if (typeof item === 'object') collect(item, [...path, step], found);
  }
}

/** JSON whose numbers are written as they were read, those that no double holds too. */
export function stringify(value: JsonValue, indent?: number): string {
  const numbers = met ? inexactNumbers(value) : [];
  if (numbers.length === 0) return JSON.stringify(value, null, indent);
  const mark = markFor(JSON.stringify(value));
  const marked = JSON.stringify(
    value,
    function replace(this: unknown, key: string, item: unknown): unknown {
      const text = isContainer(this) ? texts.get(this)?.get(key) : undefined;
      return text === undefined ? item : `${mark}${text}`;
    },
    indent,
  );
  return marked.replaceAll(new RegExp(`"${mark}([^"]*)"`, 'g'), '$1');
}

function isContainer(value: unknown): value is object {
  return Array.isArray(value) || isObject(value);
}

/** A word that the text does not have. */
function markFor(text: string): string {
  let mark = 'number:';
  while (text.includes(mark)) mark = `${mark}:`;
  return mark;
}
