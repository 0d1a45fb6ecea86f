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
  type SourceText,
  withHint,
} from './entry.ts';
import { isCertain, isSettled, type Steps, type Window } from './window.ts';

/** A value and where it begins. */
export interface Located extends Prefix {
  readonly start: number;
}

/** Values one after another, on lines or not. A broken one is the last entry, as nobody knows where it ends. */
export function* readSequence(window: Window, start: number): Steps {
  for (let at = start; ; ) {
    const { text } = window.source;
    const from = skipBlank(text, at, text.length);
    if (from === text.length && window.isComplete) return;
    const read = attempt(() => parsePrefix(text, from, text.length));
    if (from === text.length || !isKnown(window, read)) {
      at = yield from;
      continue;
    }
    if (!read.ok) {
      yield lastEntry(window, from, read.problem);
      return;
    }
    yield goodEntry(window.source, from, read.result);
    at = read.result.end;
  }
}

/** A place in an array, behind its bracket or an element. */
export interface InArray {
  readonly at: number;
  /** Where the array begins: negative when that is not held any more. */
  readonly array: number;
  /** Where that is in the whole input. */
  readonly opened: Position;
  /** No element stands before. */
  readonly isFirst: boolean;
}

/** The elements of an array from a place on. What is broken, in it or behind it, is the last entry. */
export function* readArray(window: Window, place: InArray): Steps {
  let { at, array, isFirst } = place;
  for (;;) {
    const { source } = window;
    const from = at;
    const here = { at, array, isFirst };
    const read = attempt(() => nextElement(source, here));
    if (!isNextKnown(window, read)) {
      at = yield from;
      array += at - from;
      continue;
    }
    if (!read.ok) {
      const problem = namingArray(read.problem, array, place.opened);
      yield lastEntry(window, skipComma(source.text, from), problem);
      return;
    }
    if (read.result === undefined) return;
    yield goodEntry(window.source, read.result.start, read.result);
    [at, isFirst] = [read.result.end, false];
  }
}

/** The next element; `undefined` when the array and the text end well. */
function nextElement(
  { text }: SourceText,
  { at, array, isFirst }: Omit<InArray, 'opened'>,
): Located | undefined {
  const next = skipBlank(text, at, text.length);
  if (text.charCodeAt(next) === code.closeBracket) {
    const behind = skipBlank(text, next + 1, text.length);
    if (behind < text.length) throw problemAt(text, behind);
    return undefined;
  }
  if (!isFirst && text.charCodeAt(next) !== code.comma) throw problemAt(text, next, array);
  const start = isFirst ? next : skipComma(text, next);
  if (start === text.length) throw problemAt(text, start, array);
  const { value, end } = parsePrefix(text, start, text.length);
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
function lastEntry(window: Window, start: number, problem: JsonSyntaxProblem): Entry {
  const { source } = window;
  const span = { start, end: source.text.length, isLast: true } as const;
  const hinted = hasRest(window, problem) ? withHint(problem, 'nothing after it was read') : problem;
  return brokenEntry(source, span, hinted);
}
