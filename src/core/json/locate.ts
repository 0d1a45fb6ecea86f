import type { JsonPath } from '../json.ts';
import { code, skipBlank } from './characters.ts';
import { skipString, skipValue } from './scan.ts';

export { type Excerpt, excerpt, positionAt } from './position.ts';

/** Offsets in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Place {
  /** The key with its quotes. Absent for the root, for elements of arrays and for what is missing. */
  readonly key?: Span;
  /** The value; of something missing, the value of its nearest ancestor that exists. */
  readonly value?: Span;
  /** Present when the document has nothing at the path. */
  readonly missing?: true;
}

/** What is asked for at a value, and below it by key or index. */
interface Wanted {
  /** Indexes into the list of paths. */
  readonly here: number[];
  readonly below: Map<string, Wanted>;
}

/**
 * Where each of `paths` is in the value that begins at `start`, in one pass; the answer has the order of `paths`.
 * The value must be known to be JSON, as `parseJson` or `parsePrefix` have accepted it.
 */
export function locate(text: string, start: number, paths: readonly JsonPath[]): Place[] {
  const places: Place[] = paths.map(() => ({}));
  visit({ text, places }, skipBlank(text, start, text.length), wantedBy(paths));
  return places;
}

function wantedBy(paths: readonly JsonPath[]): Wanted {
  const root: Wanted = { here: [], below: new Map() };
  for (const [index, path] of paths.entries()) {
    let wanted = root;
    for (const step of path) wanted = childOf(wanted, String(step));
    wanted.here.push(index);
  }
  return root;
}

function childOf(wanted: Wanted, step: string): Wanted {
  const existing = wanted.below.get(step);
  if (existing !== undefined) return existing;
  const child: Wanted = { here: [], below: new Map() };
  wanted.below.set(step, child);
  return child;
}

interface Visit {
  readonly text: string;
  readonly places: Place[];
}

/** Notes what is wanted of the value at `start`; the offset behind it. */
function visit(work: Visit, start: number, wanted: Wanted | undefined, key?: Span): number {
  const { text, places } = work;
  if (wanted === undefined) return skipValue(text, start, text.length);
  const end = wanted.below.size === 0 ? skipValue(text, start, text.length) : visitBelow(work, start, wanted);
  const value = { start, end };
  for (const index of wanted.here) places[index] = key === undefined ? { value } : { key, value };
  for (const child of wanted.below.values()) noteMissing(places, child, value);
  return end;
}

/** Everything asked for in `wanted` and below that has no place yet is missing from `ancestor`. */
function noteMissing(places: Place[], wanted: Wanted, ancestor: Span): void {
  for (const index of wanted.here) {
    if (places[index]?.value === undefined) places[index] = { value: ancestor, missing: true };
  }
  for (const child of wanted.below.values()) noteMissing(places, child, ancestor);
}

function visitBelow(work: Visit, start: number, wanted: Wanted): number {
  const unit = work.text.charCodeAt(start);
  if (unit === code.openBrace) return visitObject(work, start, wanted);
  if (unit === code.openBracket) return visitArray(work, start, wanted);
  return skipValue(work.text, start, work.text.length);
}

function visitObject(work: Visit, start: number, wanted: Wanted): number {
  const { text } = work;
  let at = skipBlank(text, start + 1, text.length);
  while (text.charCodeAt(at) === code.quote) {
    const key = { start: at, end: skipString(text, at, text.length) };
    const colon = skipBlank(text, key.end, text.length);
    const valueAt = skipBlank(text, colon + 1, text.length);
    at = nextItem(text, visit(work, valueAt, wanted.below.get(keyText(text, key)), key));
  }
  return at + 1;
}

function visitArray(work: Visit, start: number, wanted: Wanted): number {
  const { text } = work;
  let at = skipBlank(text, start + 1, text.length);
  for (let index = 0; at < text.length && text.charCodeAt(at) !== code.closeBracket; index++) {
    at = nextItem(text, visit(work, at, wanted.below.get(String(index))));
  }
  return at + 1;
}

/** The offset of what follows the comma behind `at`, or of the closing bracket. */
function nextItem(text: string, at: number): number {
  const next = skipBlank(text, at, text.length);
  return text.charCodeAt(next) === code.comma ? skipBlank(text, next + 1, text.length) : next;
}

function keyText(text: string, key: Span): string {
  const written = text.slice(key.start + 1, key.end - 1);
  return written.includes('\\') ? String(JSON.parse(`"${written}"`)) : written;
}
