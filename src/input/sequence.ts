import { code, skipBlank } from '../core/json/characters.ts';
import { unexpected } from '../core/json/complaint.ts';
import type { Span } from '../core/json/locate.ts';
import { type JsonSyntaxProblem, type Prefix, parsePrefix } from '../core/json/parse.ts';
import { endOfLine } from '../core/json/position.ts';
import { readCarefully } from '../core/json/reader.ts';
import {
  type Attempt,
  attempt,
  brokenEntry,
  type Entry,
  goodEntry,
  type SourceText,
  withHint,
} from './entry.ts';

interface Located extends Prefix {
  readonly start: number;
}

/** Values one after another, on lines or not. A broken one is the last entry, as nobody knows where it ends. */
export async function* readSequence(source: SourceText, start: number): AsyncGenerator<Entry> {
  const { text } = source;
  let at = start;
  for (let index = 0; at < text.length; index++) {
    const from = at;
    const read = attempt(() => parsePrefix(text, from));
    const entry = read.ok
      ? goodEntry(source, index, from, read.result)
      : lastEntry(source, index, from, read.problem);
    yield entry;
    at = skipBlank(text, entry.end, text.length);
  }
}

/** The elements of the array at `start`. What is broken, in it or behind it, is the last entry. */
export async function* readArray(source: SourceText, start: number): AsyncGenerator<Entry> {
  let at = start + 1;
  for (let index = 0; ; index++) {
    const from = at;
    const read = attempt(() => nextElement(source.text, from, start));
    if (!read.ok) {
      yield lastEntry(source, index, skipComma(source.text, from), read.problem);
      return;
    }
    if (read.result === undefined) return;
    yield goodEntry(source, index, read.result.start, read.result);
    at = read.result.end;
  }
}

/** The element behind `at`, the opening bracket or an element; `undefined` when the array and the text end well. */
function nextElement(text: string, at: number, array: number): Located | undefined {
  const next = skipBlank(text, at, text.length);
  if (text.charCodeAt(next) === code.closeBracket) {
    const behind = skipBlank(text, next + 1, text.length);
    if (behind < text.length) throw problemAt(text, behind);
    return undefined;
  }
  const isFirst = at === array + 1;
  if (!isFirst && text.charCodeAt(next) !== code.comma) throw problemAt(text, next, array);
  const start = isFirst ? next : skipComma(text, next);
  if (start === text.length) throw problemAt(text, start, array);
  const { value, end } = parsePrefix(text, start);
  return { start, value, end };
}

function skipComma(text: string, at: number): number {
  const next = skipBlank(text, at, text.length);
  return text.charCodeAt(next) === code.comma ? skipBlank(text, next + 1, text.length) : next;
}

/** What is wrong at `at`: in `array` behind an element, else behind everything. */
function problemAt(text: string, at: number, array?: number): JsonSyntaxProblem {
  const open = array === undefined ? [] : [array];
  return unexpected({ text, at, end: text.length, open }, array === undefined ? 'the end' : '"," or "]"');
}

/** The entry that ends an input before its end. */
function lastEntry(source: SourceText, index: number, start: number, problem: JsonSyntaxProblem): Entry {
  const end = source.text.length;
  const rest = skipBlank(source.text, problem.offset + 1, end) < end;
  return brokenEntry(
    source,
    index,
    { start, end },
    rest ? withHint(problem, 'nothing after it was read') : problem,
  );
}

/** So many half lines may turn out not to go on in the next ones; then the others are not even tried. */
const PATIENCE = 100;

/**
 * NDJSON, from the first value on: values on their lines. A broken line is one entry, and the next line is read.
 * A value that spans lines, as `jq` prints them between shorter ones, is taken too.
 */
export async function* readLines(source: SourceText, start: number): AsyncGenerator<Entry> {
  const { text } = source;
  let index = 0;
  let tries = 0;
  for (let at = start; at < text.length; ) {
    const end = endOfLine(text, at);
    const line = readLine(text, { start: at, end }, tries < PATIENCE);
    if (line.ok) for (const read of line.result) yield goodEntry(source, index++, read.start, read);
    else {
      yield brokenEntry(source, index++, { start: at, end }, line.problem);
      if (line.problem.kind === 'truncated') tries++;
    }
    at = skipBlank(text, line.ok ? (line.result.at(-1)?.end ?? end) : end, text.length);
  }
}

/** The values of a line, or the one problem that spoils it as a whole. */
function readLine(text: string, line: Span, mayGoOn: boolean): Attempt<Located[]> {
  const values = attempt(() => readValues(text, line));
  if (values.ok || values.problem.kind !== 'truncated' || line.end === text.length) return values;
  const spanning = mayGoOn ? attempt(() => readAcrossLines(text, line.start)) : values;
  if (spanning.ok) return spanning;
  return {
    ok: false,
    problem: withHint(values.problem, 'in NDJSON every value stands on a line of its own'),
  };
}

function readValues(text: string, { start, end }: Span): Located[] {
  const values: Located[] = [];
  for (let at = start; at < end; ) {
    const read = parsePrefix(text, at, end);
    values.push({ start: at, value: read.value, end: read.end });
    at = skipBlank(text, read.end, end);
  }
  return values;
}

/**
 * Values from `start` to the end of the line where one of them ends. The careful reader stops where a half line
 * runs into the next; a quick look would go through the whole text.
 */
function readAcrossLines(text: string, start: number): Located[] {
  const values: Located[] = [];
  let at = start;
  do {
    const read = readCarefully(text, at);
    values.push({ start: at, value: read.value, end: read.end });
    at = skipBlank(text, read.end, endOfLine(text, read.end));
  } while (at < endOfLine(text, at));
  return values;
}
