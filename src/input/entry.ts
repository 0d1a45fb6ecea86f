import { JsonSyntaxProblem, type Prefix } from '../core/json/parse.ts';
import type { JsonValue } from '../core/json.ts';

/** A text and what it is called to people: the file as typed, `<stdin>` for `-`. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

/** One value of an input, or the reason why there is none. Offsets count UTF-16 code units of `source.text`. */
export interface Entry {
  readonly source: SourceText;
  /** From 0; failing entries count. */
  readonly index: number;
  readonly start: number;
  /** Behind the value; of a failing entry, behind all that is given up with it. */
  readonly end: number;
  readonly outcome: Outcome;
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
export function goodEntry(source: SourceText, index: number, start: number, read: Prefix): Entry {
  return { source, index, start, end: read.end, outcome: { ok: true, value: read.value } };
}

/** The entry of what is broken from `start` to `end`. */
export function brokenEntry(
  source: SourceText,
  index: number,
  span: { start: number; end: number },
  problem: JsonSyntaxProblem,
): Entry {
  return { source, index, ...span, outcome: { ok: false, problem } };
}

/** The same problem with one thing more to say in its hint. */
export function withHint(problem: JsonSyntaxProblem, more: string): JsonSyntaxProblem {
  const hint = problem.hint === undefined ? more : `${problem.hint}; ${more}`;
  return new JsonSyntaxProblem(problem.kind, problem.offset, problem.message, hint);
}
