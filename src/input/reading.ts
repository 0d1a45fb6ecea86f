import type { Position } from '../core/json/position.ts';
import type { Entry } from './entry.ts';
import { type HalfLines, readLines } from './lines.ts';
import { readArray, readSequence } from './sequence.ts';
import { entriesOf, type Steps, type Window } from './window.ts';

/** How values stand in an input: on lines, one after another, or in an array. */
export type Reading =
  | { readonly as: 'lines' }
  | { readonly as: 'sequence' }
  | {
      readonly as: 'array';
      /** Where it begins, in UTF-16 code units of the whole input. */
      readonly array: number;
      readonly opened: Position;
    };

/** A place of an input that can be read from. */
export interface Place {
  /** Behind a value, or where the first may stand, in UTF-16 code units of the whole input. */
  readonly start: number;
  /** No value stands before. */
  readonly isFirst: boolean;
  readonly reading: Reading;
}

/** All entries from a place on; the window must still hold it when the first is asked for. */
export function readFrom(window: Window, place: Place, halfLines?: HalfLines): AsyncIterable<Entry> {
  return entriesOf(window, () => stepsFrom(window, place, halfLines));
}

/** The same for who fetches more of the window. */
export function stepsFrom(window: Window, { start, isFirst, reading }: Place, halfLines?: HalfLines): Steps {
  const { offset } = window.source.origin;
  const at = start - offset;
  if (reading.as === 'lines') return readLines(window, at, halfLines);
  if (reading.as === 'sequence') return readSequence(window, at);
  return readArray(window, { at, array: reading.array - offset, opened: reading.opened, isFirst });
}
