import { skipBlank } from '../core/json/characters.ts';
import { AsciiUnits } from '../core/json/scan.ts';
import type { Entry, Origin, SourceText } from './entry.ts';
import type { HalfLines } from './lines.ts';
import { type Place, stepsFrom } from './reading.ts';
import { wholeWindow } from './window.ts';

/** A part of an input that can be read by itself, in another thread too, as it is plain data. Offsets count bytes. */
export interface Section extends Place {
  readonly name: string;
  /** UTF-8. Begins some way before the section and ends some way behind it: that is for what messages show. */
  readonly bytes: Uint8Array;
  /** Where the bytes begin. */
  readonly origin: Origin;
  /** Nothing follows the bytes. */
  readonly isComplete: boolean;
  /** Where a value was taken to end. */
  readonly stop: number;
}

/** How far a section could be read by itself. */
export interface SectionEnd {
  /**
   * - `stop`: to its end;
   * - `over`: to the end of the whole input, or to something broken that ends it;
   * - `unsure`: to a value that depends on what follows the section, or that was left, or not at all, as it is no text.
   */
  readonly at: 'stop' | 'over' | 'unsure';
  /** Behind the last value that was read, in bytes of the whole input. */
  readonly end: number;
  readonly halfLines: number;
}

/**
 * So many failures or findings may come of a section, which take more memory than its text, while others are in work
 * too. A record with which there are more is to be left.
 */
export const MOST_REMARKS = 4096;

/**
 * Does the same with each entry of a section, and waits for it only where it has to. What is not taken is left to be
 * read in turn, with all that follows it.
 */
export async function workThrough<Result>(
  section: Section,
  work: (entry: Entry) => Result | Promise<Result>,
  take: (result: Result, entry: Entry) => boolean,
): Promise<SectionEnd> {
  const text = textOf(section);
  if (!text) return { at: 'unsure', end: section.start, halfLines: 0 };
  const entries = readSection(section, text);
  let next = entries.next(true);
  while (next.done !== true) {
    const entry = next.value;
    const result = work(entry);
    next = entries.next(take(result instanceof Promise ? await result : result, entry));
  }
  return next.value;
}

/** A section as text. Offsets count UTF-16 code units of it. */
interface SectionText {
  readonly source: SourceText;
  readonly start: number;
  readonly stop: number;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a section; `undefined` if it is none. */
function textOf({ name, bytes, origin, start, stop }: Section): SectionText | undefined {
  const [first, last] = [start - origin.offset, stop - origin.offset];
  try {
    const text = decoder.decode(bytes);
    const source = { name, text, origin };
    // Only in ASCII each byte is a code unit.
    if (text.length === bytes.length) {
      const units = new AsciiUnits(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      return { source: { ...source, units }, start: first, stop: last };
    }
    return {
      source,
      start: decoder.decode(bytes.subarray(0, first)).length,
      stop: text.length - decoder.decode(bytes.subarray(last)).length,
    };
  } catch {
    return undefined;
  }
}

/**
 * The entries of a section, up to where something behind it has a say. A quick look has cut it, which takes what
 * stands there for JSON; here it shows whether that was right. Each is told whether it was taken.
 */
function* readSection(
  { isComplete, isFirst, reading, bytes, start: startByte }: Section,
  { source, start, stop }: SectionText,
): Generator<Entry, SectionEnd, boolean> {
  const { text, origin } = source;
  const halfLines: HalfLines = { count: 0 };
  let [end, halfLineCount] = [start, 0];
  const ended = (at: SectionEnd['at']): SectionEnd => {
    const length = text.length === bytes.length ? end - start : Buffer.byteLength(text.slice(start, end));
    return { at, end: startByte + length, halfLines: halfLineCount };
  };
  const place = { start: origin.offset + start, isFirst, reading };
  const steps = stepsFrom({ ...wholeWindow(source), isComplete }, place, halfLines);
  for (let next = steps.next(0); next.done !== true; next = steps.next(0)) {
    const step = next.value;
    // More of the text is asked for.
    if (typeof step === 'number') return ended(isAllBlank(text, end, stop) ? 'stop' : 'unsure');
    if (step.start >= stop) return ended('stop');
    if (step.isLast !== true && step.end > stop) return ended('unsure');
    if (!(yield step)) return ended('unsure');
    [end, halfLineCount] = [step.end, halfLines.count];
    if (step.isLast === true) return ended('over');
  }
  return ended('over');
}

function isAllBlank(text: string, from: number, to: number): boolean {
  return skipBlank(text, from, to) >= to;
}
