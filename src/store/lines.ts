import { readSync } from 'node:fs';

/** Enough for a screenful; chunks then double, as who reads on will read much. */
const FIRST_CHUNK_BYTES = 16_384;
const LAST_CHUNK_BYTES = 1_048_576;
const LINE_FEED = 10;

export interface Line {
  readonly text: string;
  /** The offset behind its line feed. */
  readonly end: number;
}

/** The lines that end between two offsets of an open file, read as far as they are asked for; a rest without an end is none. */
export function* linesOf(descriptor: number, from: number, to: number): Generator<Line, void> {
  let rest: Buffer = Buffer.alloc(0);
  let size = FIRST_CHUNK_BYTES;
  for (let at = from; at < to; ) {
    const chunk = readPart(descriptor, at, Math.min(to, at + size));
    size = Math.max(Math.min(size * 2, LAST_CHUNK_BYTES), rest.length);
    if (chunk.length === 0) return;
    const base = at - rest.length;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(LINE_FEED, start);
      if (end === -1) break;
      yield { text: bytes.toString('utf8', start, end), end: base + end + 1 };
      start = end + 1;
    }
    rest = bytes.subarray(start);
    at += chunk.length;
  }
}

/** Most lines are shorter. */
const LINE_BYTES = 1024;

/** The line that begins at an offset of an open file, to its line feed or the end of the file. */
export function lineAt(descriptor: number, from: number): string {
  for (let size = LINE_BYTES; ; size *= 4) {
    const bytes = readPart(descriptor, from, from + size);
    const end = bytes.indexOf(LINE_FEED);
    if (end !== -1 || bytes.length < size) return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
  }
}

/** The bytes between two offsets, fewer if the file ends before. */
export function readPart(descriptor: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from);
  let length = 0;
  while (length < bytes.length) {
    const count = readSync(descriptor, bytes, length, bytes.length - length, from + length);
    if (count === 0) break;
    length += count;
  }
  return bytes.subarray(0, length);
}
