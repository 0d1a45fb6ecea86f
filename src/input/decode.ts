import { positionAt } from '../core/json/position.ts';
import { findBadUtf8, findBadUtf16 } from './encoding.ts';

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

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The text in `bytes`: UTF-8, or UTF-16 if it has a byte order mark or its first character is ASCII in two bytes.
 * A byte order mark is no part of the text. Throws {@link DecodeProblem}.
 */
export function decode(bytes: Uint8Array): string {
  const { encoding, mark } = detect(bytes);
  const body = bytes.subarray(mark);
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(body);
  } catch (error) {
    throw tooLong(error) ?? problemIn(body, encoding, mark) ?? error;
  }
}

function detect(bytes: Uint8Array): { encoding: Encoding; mark: number } {
  const [first = 0, second = 0, third = 0] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', mark: 2 };
  if (bytes.length < 2) return { encoding: 'utf-8', mark: 0 };
  if (isAscii(first) && second === 0) return { encoding: 'utf-16le', mark: 0 };
  if (first === 0 && isAscii(second)) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}

function isAscii(byte: number): boolean {
  return byte > 0 && byte < 0x80;
}

function tooLong(error: unknown): DecodeProblem | undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STRING_TOO_LONG')) return undefined;
  const message = 'this is more text than can be read at once, which is 512 MB';
  return new DecodeProblem(message, { byteOffset: 0, line: 1, column: 1 }, 'split it into several files');
}

function problemIn(body: Uint8Array, encoding: Encoding, mark: number): DecodeProblem | undefined {
  const bad = encoding === 'utf-8' ? findBadUtf8(body) : findBadUtf16(body, encoding === 'utf-16le');
  if (bad === undefined) return undefined;
  const before = new TextDecoder(encoding, { ignoreBOM: true }).decode(body.subarray(0, bad));
  const byteOffset = mark + bad;
  const name = encoding === 'utf-8' ? 'UTF-8' : 'UTF-16';
  const message = `this is not ${name}: ${wordsFor(body, bad, encoding)}`;
  const hint = encoding === 'utf-8' ? 'save the file as UTF-8' : 'save the file as UTF-8, or write it anew';
  return new DecodeProblem(message, { byteOffset, ...positionAt(before, before.length) }, hint);
}

function wordsFor(body: Uint8Array, bad: number, encoding: Encoding): string {
  if (encoding !== 'utf-8') {
    return bad === body.length - 1 ? 'the last character is cut off' : 'there is half of a surrogate pair';
  }
  const byte = (body[bad] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return `the byte 0x${byte} does not begin a character, or its character is cut off`;
}
