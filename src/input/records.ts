import { skipBlank } from '../core/json/characters.ts';
import { unexpected } from '../core/json/complaint.ts';
import { type Prefix, parseJson, parsePrefix } from '../core/json/parse.ts';
import { endOfLine } from '../core/json/position.ts';
import { outline } from '../core/json/scan.ts';
import { decode } from './decode.ts';
import { type Attempt, attempt, brokenEntry, type Entry, goodEntry, type SourceText } from './entry.ts';
import { readArray, readLines, readSequence } from './sequence.ts';
import { sourceName } from './source.ts';

export type { Entry, SourceText } from './entry.ts';

/** What an input as a whole is: one value, one array of records, or a sequence of values. */
export type Container = 'object' | 'array' | 'ndjson';

export interface Input {
  readonly container: Container;
  /** Made one by one while they are asked for; can be gone through once. */
  readonly entries: AsyncIterable<Entry>;
}

/**
 * The records in `bytes`, the content of the file `name` (`-` for stdin). Nothing but white space has no entries.
 * A broken value is an entry that says so; a broken line of NDJSON does not stop the others, anything else broken
 * is the last entry. Throws `DecodeProblem` when the bytes are no text.
 */
export function readRecords(name: string, bytes: Uint8Array): Input {
  const source: SourceText = { name: sourceName(name), text: decode(bytes) };
  const { text } = source;
  const start = skipBlank(text, 0, text.length);
  if (/\.(?:ndjson|jsonl)$/i.test(name) || hasValueOnFirstLine(text, start)) {
    return { container: 'ndjson', entries: readLines(source, start) };
  }
  if (start === text.length) return { container: 'object', entries: readSequence(source, start) };
  return text.startsWith('[', start) ? arrayOrSequence(source, start) : oneOrSequence(source, start);
}

/** More lines follow a first one that is a value by itself: each line stands alone. */
function hasValueOnFirstLine(text: string, start: number): boolean {
  const end = endOfLine(text, start);
  if (skipBlank(text, end, text.length) === text.length) return false;
  return attempt(() => parseJson(text, { start, end })).ok;
}

function arrayOrSequence(source: SourceText, start: number): Input {
  const { text } = source;
  const shape = outline(text, start, text.length);
  return shape !== undefined && valueFollows(text, shape.end)
    ? { container: 'ndjson', entries: readSequence(source, start) }
    : { container: 'array', entries: readArray(source, start) };
}

function oneOrSequence(source: SourceText, start: number): Input {
  const { text } = source;
  const first = attempt(() => parsePrefix(text, start));
  if (first.ok && valueFollows(text, first.result.end)) {
    return { container: 'ndjson', entries: readSequence(source, start) };
  }
  return { container: 'object', entries: only(wholeEntry(source, start, first)) };
}

function wholeEntry(source: SourceText, start: number, first: Attempt<Prefix>): Entry {
  const { text } = source;
  if (!first.ok) return brokenEntry(source, 0, { start, end: text.length }, first.problem);
  const read = first.result;
  const at = skipBlank(text, read.end, text.length);
  if (at === text.length) return goodEntry(source, 0, start, read);
  // A brace too many, a comma: what stands behind a value makes it a broken one.
  const problem = unexpected({ text, at, end: text.length, open: [] }, 'the end');
  return brokenEntry(source, 0, { start, end: text.length }, problem);
}

async function* only(entry: Entry): AsyncGenerator<Entry> {
  yield entry;
}

/** Does what follows begin like a value? */
function valueFollows(text: string, end: number): boolean {
  return /[[{"\-\dtfn]/.test(text.charAt(skipBlank(text, end, text.length)));
}
