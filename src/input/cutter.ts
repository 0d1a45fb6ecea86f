import { isBlank } from '../core/json/characters.ts';
import { behindLine, behindValue, type FindBoundary } from './boundary.ts';
import { cutOff } from './encoding.ts';
import type { Entry } from './entry.ts';
import { type Held, holdBytes } from './held.ts';
import { MOST_HALF_LINES } from './lines.ts';
import { type Place, readFrom } from './reading.ts';
import { openRooms, type Rooms } from './rooms.ts';
import type { Section, SectionEnd } from './section.ts';
import type { Supply } from './supply.ts';
import { BLANK_CONTEXT, type Bytes, CONTEXT, type Window } from './window.ts';

/** Cuts an input into sections, which can be read side by side. It holds what was cut until that is settled. */
export interface Cutter {
  /**
   * The next section; `undefined` at the end of the input, and where it is better read in turn. To be asked again
   * once it has answered. What is wrong with the input shows in the rest.
   */
  readonly next: () => Promise<Section | undefined>;
  /** Has a {@link next} that waits for more of the input come back soon. */
  readonly stop: () => void;
  /**
   * Takes down how far a section was read, in the order of the sections. False if it has to be read again, in turn.
   * Nobody may look at the bytes of one that was read to its end any more: others take their place.
   */
  readonly settle: (section: Section, end: SectionEnd) => boolean;
  /** The entries behind what was settled. Nothing can be cut any more. */
  readonly rest: () => AsyncIterable<Entry>;
}

/** Both in bytes. */
export interface CutOptions {
  /** Less than this is not cut. */
  readonly worthwhile: number;
  /** A section is about as long. */
  readonly size: number;
}

/** What is so many times as long and has no place to be cut is read in turn. */
const TOO_LONG = 16;

/** What came so long ago is not held back any more. */
const PATIENCE_MS = 100;

/** Room for what messages show of a line: no code unit takes more than three bytes. */
const CONTEXT_BYTES = 3 * CONTEXT;

/** A section may be longer than asked for, as it ends behind a value: most values are within so much of its size. */
const LAST_VALUE = 1 / 8;

/** A cutter for what follows a place; `undefined` if that is little, or comes slowly, or is not UTF-8. */
export async function openCutter(
  window: Window,
  place: Place,
  { worthwhile, size }: CutOptions,
): Promise<Cutter | undefined> {
  const input = window.bytes();
  const parts = input && (await atLeast(input, worthwhile));
  if (!parts) return undefined;
  const held = holdBytes({ ...input, parts });
  const rooms = openRooms(Math.ceil((1 + LAST_VALUE) * size) + 2 * CONTEXT_BYTES);
  const behind = place.reading.as === 'lines' ? behindLine : behindValue;
  let cut = place;
  let settled = place.start;
  let isFirst = true;
  let halfLines = 0;
  let isStopped = false;
  // In the order of the input; bytes that are cut are forgotten, but for what messages show of them.
  const unsettled: Section[] = [];
  return {
    async next() {
      const stop = await nextStop(held, { start: cut.start, size, behind, isStopped: () => isStopped });
      if (stop === undefined) return undefined;
      const section = { ...cut, name: input.name, ...sectionBytes(held, rooms, cut.start, stop), stop };
      unsettled.push(section);
      cut = { ...cut, start: stop, isFirst: false };
      return section;
    },
    stop: () => void (isStopped = true),
    settle(section, { at, end, halfLines: more }) {
      // Behind the last of them the reader in turn is stricter.
      if (more > 0 && halfLines + more >= MOST_HALF_LINES) return false;
      halfLines += more;
      settled = at === 'stop' ? section.stop : end;
      isFirst = section.isFirst && end === section.start;
      if (at === 'stop') {
        unsettled.shift();
        rooms.giveBack(section.bytes);
      }
      return true;
    },
    rest() {
      const { text, origin, left } = restFrom(settled, [...unsettled, uncutOf(held, cut.start)]);
      input.resume({ name: input.name, text, origin }, left);
      const start = origin.offset + text.length;
      return readFrom(window, { ...place, start, isFirst }, { count: halfLines });
    },
  };
}

/** What is held and follows, if that is so much without much waiting; else it is given back. */
async function atLeast({ held, supply }: Bytes, length: number): Promise<readonly Uint8Array[] | undefined> {
  const until = performance.now() + PATIENCE_MS;
  const taken: Uint8Array[] = [];
  let missing = held.reduce((left, part) => left - part.length, length);
  while (missing > 0) {
    const next = await takeFrom(supply);
    if (next) taken.push(next);
    missing -= next?.length ?? 0;
    if (next === undefined || next.length === 0 || performance.now() > until) break;
  }
  if (missing <= 0) return [...held, ...taken];
  supply.giveBack(taken);
  return undefined;
}

/** `undefined` at the end, and where the supply fails: it says it again to who reads what is left. */
async function takeFrom(supply: Supply): Promise<Uint8Array | undefined> {
  try {
    const next = await supply.next();
    return next.done === true ? undefined : next.value;
  } catch {
    return undefined;
  }
}

interface Wanted {
  readonly start: number;
  readonly size: number;
  readonly behind: FindBoundary;
  readonly isStopped: () => boolean;
}

/** Where the next section ends, in the whole input. */
async function nextStop(held: Held, { start, size, behind, isStopped }: Wanted): Promise<number | undefined> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const { bytes, origin, isComplete } = held;
    const from = start - origin.offset;
    const length = bytes.length - from;
    if (isComplete && length <= size) return length > 0 ? origin.offset + bytes.length : undefined;
    const isEnough = isComplete || held.isWaiting || performance.now() > until;
    if (isEnough || length >= size + CONTEXT_BYTES) {
      const limit = isEnough ? bytes.length : bytes.length - CONTEXT_BYTES;
      const stop = behind(bytes, from, { wanted: size, limit });
      if (stop !== undefined) return origin.offset + stop;
      if (isComplete) return origin.offset + bytes.length;
      if (length > TOO_LONG * size) return undefined;
    }
    if (!(await held.more()) || isStopped()) return undefined;
  }
}

/** The bytes of a section, with what surrounds it. What stands before is forgotten. */
function sectionBytes(
  held: Held,
  rooms: Rooms,
  start: number,
  stop: number,
): Pick<Section, 'bytes' | 'origin' | 'isComplete'> {
  forgetBefore(held, start);
  const { bytes, origin, isComplete } = held;
  const behind = Math.min(bytes.length, stop - origin.offset + CONTEXT_BYTES);
  // At the end of the input half a character is one that is broken.
  const isEnd = isComplete && behind === bytes.length;
  const to = isEnd ? behind : behind - cutOff(bytes.subarray(0, behind), 'utf-8');
  // A copy: nobody else is to get all the others too.
  const own = rooms.copy(bytes.subarray(0, to));
  return { bytes: own, origin, isComplete: isEnd };
}

/** Forgets what stands before a place, but for what messages show of it: they look behind white space. */
function forgetBefore(held: Held, start: number): void {
  const { bytes, origin } = held;
  const at = start - origin.offset;
  const lowest = Math.max(0, at - BLANK_CONTEXT);
  let content = at;
  while (content > lowest && isBlank(bytes[content - 1] ?? 0)) content--;
  const before = Math.max(0, content - CONTEXT_BYTES);
  held.forget(before - cutOff(bytes.subarray(0, before), 'utf-8'));
}

/** Bytes and which of them count. */
type Piece = Pick<Section, 'bytes' | 'origin' | 'start' | 'stop'>;

/** What no section has. */
function uncutOf(held: Held, start: number): Piece {
  forgetBefore(held, start);
  const { bytes, origin } = held;
  return { bytes, origin, start, stop: origin.offset + bytes.length };
}

/** The text that messages show of what stands before a place in the first of these, and the bytes that follow it. */
function restFrom(place: number, pieces: readonly Piece[]) {
  const [first, ...others] = pieces;
  if (!first) throw new Error('what is not cut is a piece too');
  const text = Buffer.from(bytesBetween(first, first.origin.offset, place)).toString();
  const left = [bytesBetween(first, place, first.stop)];
  for (const piece of others) left.push(bytesBetween(piece, piece.start, piece.stop));
  // An empty one would say that the next makes wait.
  return { text, origin: first.origin, left: left.filter(({ length }) => length > 0) };
}

function bytesBetween({ bytes, origin }: Piece, from: number, to: number): Uint8Array {
  return bytes.subarray(from - origin.offset, to - origin.offset);
}
