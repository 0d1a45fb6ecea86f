import { code, skipBlank } from '../core/json/characters.ts';
import { unexpected } from '../core/json/complaint.ts';
import { type JsonSyntaxProblem, type Prefix, parsePrefix } from '../core/json/parse.ts';
import type { Position } from '../core/json/position.ts';
import {
  type Attempt,
  attempt,
  brokenEntry,
  type Entry,
  goodEntry,
  placed,
  positionIn,
  withHint,
} from './entry.ts';
import { isCertain, isSettled, type Window } from './window.ts';

/** A value and where it begins. */
export interface Located extends Prefix {
  readonly start: number;
}

/** Values one after another, on lines or not. A broken one is the last entry, as nobody knows where it ends. */
export async function* readSequence(window: Window, start: number): AsyncGenerator<Entry> {
  let at = start;
  for (let index = 0; ; ) {
    const { text } = window.source;
    const from = skipBlank(text, at, text.length);
    if (from === text.length && window.isComplete) return;
    const read = attempt(() => parsePrefix(text, from));
    if (from === text.length || !isKnown(window, read)) {
      at = await window.more(from);
      continue;
    }
    if (!read.ok) {
      yield lastEntry(window, index, from, read.problem);
      return;
    }
    yield goodEntry(window.source, index++, from, read.result);
    at = read.result.end;
  }
}

/** The elements of the array at `start`. What is broken, in it or behind it, is the last entry. */
export async function* readArray(window: Window, start: number): AsyncGenerator<Entry> {
  const opened = positionIn(window.source, start);
  // Where the array begins: negative when that is not held any more.
  let array = start;
  let at = start + 1;
  for (let index = 0; ; ) {
    const { text } = window.source;
    const [from, bracket, isFirst] = [at, array, index === 0];
    const read = attempt(() => nextElement(text, { at: from, array: bracket, isFirst }));
    if (!isNextKnown(window, read)) {
      at = await window.more(from);
      array += at - from;
      continue;
    }
    if (!read.ok) {
      const problem = namingArray(read.problem, array, opened);
      yield lastEntry(window, index, skipComma(text, from), problem);
      return;
    }
    if (read.result === undefined) return;
    yield goodEntry(window.source, index++, read.result.start, read.result);
    at = read.result.end;
  }
}

interface InArray {
  /** Behind the opening bracket or an element. */
  readonly at: number;
  readonly array: number;
  readonly isFirst: boolean;
}

/** The next element; `undefined` when the array and the text end well. */
function nextElement(text: string, { at, array, isFirst }: InArray): Located | undefined {
  const next = skipBlank(text, at, text.length);
  if (text.charCodeAt(next) === code.closeBracket) {
    const behind = skipBlank(text, next + 1, text.length);
    if (behind < text.length) throw problemAt(text, behind);
    return undefined;
  }
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

/** An array of which the beginning is not held any more is named by where it was. */
function namingArray(problem: JsonSyntaxProblem, array: number, opened: Position): JsonSyntaxProblem {
  return array < 0 && problem.reference?.offset === array ? placed(problem, opened) : problem;
}

function isNextKnown(window: Window, read: Attempt<Located | undefined>): boolean {
  if (!read.ok) return isKnown(window, read);
  return read.result === undefined ? window.isComplete : isSettled(window, read.result.end);
}

/** Whether what was read is certain; of what is broken, also whether anything follows it. */
function isKnown(window: Window, read: Attempt<Prefix>): boolean {
  if (!isCertain(window, read)) return false;
  return read.ok || window.isComplete || hasRest(window, read.problem);
}

function hasRest({ source: { text } }: Window, { offset }: JsonSyntaxProblem): boolean {
  return skipBlank(text, offset + 1, text.length) < text.length;
}

/** The entry that ends an input before its end. */
function lastEntry(window: Window, index: number, start: number, problem: JsonSyntaxProblem): Entry {
  const { source } = window;
  const span = { start, end: source.text.length, isLast: true } as const;
  const hinted = hasRest(window, problem) ? withHint(problem, 'nothing after it was read') : problem;
  return brokenEntry(source, index, span, hinted);
}
