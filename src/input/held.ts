import { isAscii } from 'node:buffer';
import { code } from '../core/json/characters.ts';
import type { Position } from '../core/json/position.ts';
import { isContinuation } from './encoding.ts';
import type { Origin } from './entry.ts';
import type { Supply } from './supply.ts';

/** The bytes of an input that are held at the moment: UTF-8, as far as anybody knows. */
export interface Held {
  /** Until more is added: it may take the same place. */
  readonly bytes: Buffer;
  /** Where they begin; the offset counts bytes. */
  readonly origin: Origin;
  /** Nothing follows them. */
  readonly isComplete: boolean;
  /** The input makes wait for more. */
  readonly isWaiting: boolean;
  /** Adds what comes next; false if the input cannot be read on. */
  readonly more: () => Promise<boolean>;
  /** Forgets what stands before `at`. */
  readonly forget: (at: number) => void;
}

/** What is held of an input at first, and what follows. */
export interface Holding {
  readonly parts: readonly Uint8Array[];
  readonly origin: Origin;
  readonly supply: Supply;
}

export function holdBytes({ parts, origin, supply }: Holding): Held {
  // What is forgotten makes room for what comes: memory that is asked for anew costs more than moving the little that
  // is left.
  let room = Buffer.concat(parts);
  let [from, to] = [0, room.length];
  const add = (chunk: Uint8Array): void => {
    const length = to - from;
    if (to + chunk.length > room.length) {
      const hasRoom = length + chunk.length <= room.length;
      const next = hasRoom ? room : Buffer.allocUnsafeSlow(2 * (length + chunk.length));
      room.copy(next, 0, from, to);
      [room, from, to] = [next, 0, length];
    }
    room.set(chunk, to);
    to += chunk.length;
  };
  let [now, isComplete, isWaiting] = [origin, false, false];
  return {
    get bytes() {
      return room.subarray(from, to);
    },
    get origin() {
      return now;
    },
    get isComplete() {
      return isComplete;
    },
    get isWaiting() {
      return isWaiting;
    },
    async more() {
      try {
        const next = await supply.next();
        isComplete = next.done === true;
        isWaiting = next.done !== true && next.value.length === 0;
        if (next.done !== true && !isWaiting) add(next.value);
        return true;
      } catch {
        // The supply says it again to who reads what is left.
        return false;
      }
    },
    forget(at) {
      now = originOf(at, room.subarray(from, to), now);
      from += at;
    },
  };
}

/** Where `at` is in bytes that begin at a place. Lines end, and characters count, as they do in a text. */
function originOf(at: number, bytes: Buffer, { offset, line, column }: Origin): Origin {
  const before = bytes.subarray(0, at);
  if (before.includes(code.carriageReturn)) {
    return { offset: offset + at, ...advance(bytes, { from: 0, to: at }, { line, column }) };
  }
  let [feeds, start] = [0, 0];
  for (let next = before.indexOf(code.lineFeed); next !== -1; next = before.indexOf(code.lineFeed, start)) {
    feeds++;
    start = next + 1;
  }
  const begun = { line: line + feeds, column: feeds === 0 ? column : 1 };
  if (isAscii(before.subarray(start)))
    return { ...begun, column: begun.column + at - start, offset: offset + at };
  return { offset: offset + at, ...advance(bytes, { from: start, to: at }, begun) };
}

function advance(bytes: Buffer, { from, to }: { from: number; to: number }, position: Position): Position {
  let { line, column } = position;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === code.lineFeed || (byte === code.carriageReturn && bytes[at + 1] !== code.lineFeed)) {
      line++;
      column = 1;
    } else if (!isContinuation(byte)) column++;
  }
  return { line, column };
}
