import { type Position, positionAt } from '../core/json/position.ts';
import { createDecoder } from './decoder.ts';
import type { Bad } from './encoding.ts';

/** Bytes that are no text. `byteOffset` counts from the start of the file, a byte order mark included. */
export class DecodeProblem extends Error {
  override readonly name = 'DecodeProblem';
  readonly byteOffset: number;
  readonly line: number;
  readonly column: number;
  readonly hint: string | undefined;

  constructor(message: string, place: { byteOffset: number; line: number; column: number }, hint?: string) {
    super(message);
    this.byteOffset = place.byteOffset;
    this.line = place.line;
    this.column = place.column;
    this.hint = hint;
  }
}

/**
 * The text in `bytes`: UTF-8, or UTF-16 if it has a byte order mark or its first character is ASCII in two bytes.
 * A byte order mark is no part of the text. Throws {@link DecodeProblem}.
 */
export function decode(bytes: Uint8Array): string {
  const { text, bad } = createDecoder().decode(bytes, true);
  if (bad !== undefined) throw decodeProblem(bad, positionAt(text, text.length));
  return text;
}

/** The problem of bytes that stand at `position` in the whole text. */
export function decodeProblem({ byteOffset, message, hint }: Bad, position: Position): DecodeProblem {
  return new DecodeProblem(message, { byteOffset, ...position }, hint);
}

/** The problem of a record that begins at `position` and has no end in sight. */
export function tooLong(position: Position): DecodeProblem {
  const message = 'this is more text than can be read at once, which is 512 MB';
  return new DecodeProblem(message, { byteOffset: 0, ...position }, 'write it as several records');
}
