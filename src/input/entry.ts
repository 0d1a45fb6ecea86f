import { placeWords } from '../core/json/complaint.ts';
import { JsonSyntaxProblem, type Prefix } from '../core/json/parse.ts';
import { type Position, positionAt } from '../core/json/position.ts';
import type { JsonValue } from '../core/json.ts';

/** A text, or the part of one that is held at the moment, and what it is called to people. */
export interface SourceText {
  /** The file as typed, `<stdin>` for `-`. */
  readonly name: string;
  readonly text: string;
  /** Where `text` begins in the whole. */
  readonly origin: Origin;
}

export interface Origin extends Position {
  /**
   * In UTF-16 code units; of what was cut into sections, in bytes up to where it began to be read as text again. Only
   * what is near each other is compared, and before an array only ASCII stands, so that both do.
   */
  readonly offset: number;
}

export const beginning: Origin = { offset: 0, line: 1, column: 1 };

/** Where an offset of `source.text` is in the whole; `find` is how to look for it in the text alone. */
export function positionIn({ text, origin }: SourceText, offset: number, find = positionAt): Position {
  const { line, column } = find(text, offset);
  return line === 1
    ? { line: origin.line, column: origin.column + column - 1 }
    : { line: origin.line + line - 1, column };
}

/** One value of an input, or the reason why there is none. Offsets count UTF-16 code units of `source.text`. */
export interface Entry {
  readonly source: SourceText;
  readonly start: number;
  /** Behind the value; of a failing entry, behind all of the text that is given up with it. */
  readonly end: number;
  readonly outcome: Outcome;
  /** All that follows is given up with it too, in parts of the input that have not been read yet as well. */
  readonly isLast?: true;
}

export type Outcome =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly problem: JsonSyntaxProblem };

/** What a parser returned, or why it did not. */
export type Attempt<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly problem: JsonSyntaxProblem };

/** Runs a parser and makes its JsonSyntaxProblem a result. Anything else it throws is thrown. */
export function attempt<Result>(parse: () => Result): Attempt<Result> {
  try {
    return { ok: true, result: parse() };
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return { ok: false, problem: error };
    throw error;
  }
}

/** The entry of a value that was read. */
export function goodEntry(source: SourceText, start: number, read: Prefix): Entry {
  return { source, start, end: read.end, outcome: { ok: true, value: read.value } };
}

/** The entry of what is broken from `start` to `end`. Its message names places of the whole. */
export function brokenEntry(
  source: SourceText,
  span: { start: number; end: number; isLast?: true },
  problem: JsonSyntaxProblem,
): Entry {
  const { reference } = problem;
  const isElsewhere = reference !== undefined && reference.offset >= 0 && source.origin.offset > 0;
  const worded = isElsewhere ? placed(problem, positionIn(source, reference.offset)) : problem;
  return { source, ...span, outcome: { ok: false, problem: worded } };
}

/** The same problem with another place in its message. */
export function placed(problem: JsonSyntaxProblem, position: Position): JsonSyntaxProblem {
  const { kind, offset, hint, reference } = problem;
  const message = reference?.message(placeWords(position)) ?? problem.message;
  return new JsonSyntaxProblem(kind, offset, message, hint);
}

/** The same problem with one thing more to say in its hint. */
export function withHint(problem: JsonSyntaxProblem, more: string): JsonSyntaxProblem {
  const { kind, offset, message, reference } = problem;
  const hint = problem.hint === undefined ? more : `${problem.hint}; ${more}`;
  return new JsonSyntaxProblem(kind, offset, message, hint, reference);
}
