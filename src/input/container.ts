import { code, skipBlank } from '../core/json/characters.ts';
import { unexpected } from '../core/json/complaint.ts';
import { parseJson, parsePrefix } from '../core/json/parse.ts';
import { endOfLine } from '../core/json/position.ts';
import { outline } from '../core/json/scan.ts';
import { type CutOptions, type Cutter, openCutter } from './cutter.ts';
import { attempt, brokenEntry, type Entry, goodEntry, positionIn, type SourceText } from './entry.ts';
import { type Reading, readFrom } from './reading.ts';
import { isCertain, isSettled, type Window } from './window.ts';

/** What an input as a whole is: one value, one array of records, or a sequence of values. */
export type Container = 'object' | 'array' | 'ndjson';

export interface Input {
  readonly container: Container;
  /** Made one by one while they are asked for; can be gone through once. */
  readonly entries: AsyncIterable<Entry>;
  /**
   * The same in parts, to be read elsewhere: `undefined` if there is not enough of it to be worth while, or not soon
   * enough; then there are the entries still. To be asked before any entry; absent where there is one value only.
   */
  readonly cut?: (options: CutOptions) => Promise<Cutter | undefined>;
}

/** An array with more characters is taken for the only one: whether another follows is not waited for. */
const LONG_ARRAY = 2 ** 22;

/** What the input `name` holds, or `undefined` if more of it is needed to know; never of a complete one. */
export function contentOf(name: string, window: Window, longArray = LONG_ARRAY): Input | undefined {
  const { text } = window.source;
  const start = skipBlank(text, 0, text.length);
  if (/\.(?:ndjson|jsonl)(?:\.gz)?$/i.test(name)) return lines(window, start);
  if (start === text.length) return window.isComplete ? sequence(window, start, 'object') : undefined;
  if (text.charCodeAt(start) === code.openBracket) return arrays(window, start, longArray);
  return oneOrMany(window, start);
}

/** One array, or several values of which the first is an array. */
function arrays(window: Window, start: number, longArray: number): Input | undefined {
  const { text } = window.source;
  const shape = outline(text, start, text.length);
  const opened = positionIn(window.source, start);
  const reading = { as: 'array', opened, array: window.source.origin.offset + start } as const;
  const array = many('array', { window, at: start + 1, reading });
  if (shape === undefined) {
    return window.isComplete || text.length - start > longArray ? array : undefined;
  }
  const next = skipBlank(text, shape.end, text.length);
  if (next === text.length) return window.isComplete ? array : undefined;
  const end = endOfLine(text, start);
  if (shape.end <= end && next > end && attempt(() => parseJson(text, { start, end })).ok) {
    return lines(window, start);
  }
  return beginsValue(text, next) ? sequence(window, start) : array;
}

function oneOrMany(window: Window, start: number): Input | undefined {
  const { source, isComplete } = window;
  const { text } = source;
  const first = attempt(() => parsePrefix(text, start));
  if (!isCertain(window, first)) return undefined;
  if (!first.ok) {
    return only(brokenEntry(source, { start, end: text.length, isLast: true }, first.problem));
  }
  const read = first.result;
  const next = skipBlank(text, read.end, text.length);
  if (next === text.length) return isComplete ? only(goodEntry(source, start, read)) : undefined;
  const end = endOfLine(text, start);
  // More lines follow a first one that is a value by itself: each line stands alone.
  if (read.end <= end && next > end) return lines(window, start);
  if (beginsValue(text, next)) return sequence(window, start);
  return isSettled(window, next) ? only(followed(source, start, next)) : undefined;
}

/** A brace too many, a comma: what stands behind a value makes it a broken one. */
function followed(source: SourceText, start: number, at: number): Entry {
  const { text } = source;
  const problem = unexpected({ text, at, end: text.length, open: [] }, 'the end');
  return brokenEntry(source, { start, end: text.length, isLast: true }, problem);
}

function only(entry: Entry): Input {
  return { container: 'object', entries: one(entry) };
}

async function* one(entry: Entry): AsyncGenerator<Entry> {
  yield entry;
}

function lines(window: Window, at: number): Input {
  return many('ndjson', { window, at, reading: { as: 'lines' } });
}

function sequence(window: Window, at: number, container: Container = 'ndjson'): Input {
  return many(container, { window, at, reading: { as: 'sequence' } });
}

interface Beginning {
  readonly window: Window;
  readonly at: number;
  readonly reading: Reading;
}

function many(container: Container, { window, at, reading }: Beginning): Input {
  const place = { start: window.source.origin.offset + at, isFirst: true, reading };
  return {
    container,
    entries: readFrom(window, place),
    cut: (options) => openCutter(window, place, options),
  };
}

function beginsValue(text: string, at: number): boolean {
  return /[[{"\-\dtfn]/.test(text.charAt(at));
}
