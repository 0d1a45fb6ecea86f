import { isUtf8 } from 'node:buffer';
import { skipBlank } from '../core/json/characters.ts';
import type { Entry, Origin } from './entry.ts';
import type { HalfLines } from './lines.ts';
import { openQuickReader } from './quick.ts';
import { type Place, stepsFrom } from './reading.ts';
import { type SectionSpan, SectionText } from './section-text.ts';
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
  const entries = readSection(section);
  let next = entries.next(true);
  while (next.done !== true) {
    const entry = next.value;
    const result = work(entry);
    next = entries.next(take(result instanceof Promise ? await result : result, entry));
  }
  return next.value;
}

/** The entries of a section, up to where something behind it has a say. Each is told whether it was taken. */
function* readSection(section: Section): Generator<Entry, SectionEnd, boolean> {
  const text = new SectionText(section);
  const { offset } = section.origin;
  const { start, stop, isComplete, isFirst, reading } = section;
  const span = { start: start - offset, stop: stop - offset, isComplete, isFirst, reading };
  let place = span.start;
  if (!isUtf8(text.bytes)) return { at: 'unsure', end: offset + place, halfLines: 0 };
  const quick = openQuickReader(text, span);
  for (let entry = quick.next(); entry; entry = quick.next()) {
    if (!(yield entry)) return { at: 'unsure', end: offset + place, halfLines: 0 };
    place = quick.place();
  }
  if (quick.isDone()) return { at: 'stop', end: offset + place, halfLines: 0 };
  const left = { ...span, start: place, isFirst: isFirst && place === span.start };
  return yield* readCarefully(text, left, offset);
}

/**
 * The same for what is odd, and all of the section behind it. Who cut the section took what stands there for JSON; here
 * it shows whether that was right. `offset` is where the bytes begin in the whole input.
 */
function* readCarefully(
  text: SectionText,
  { start: from, stop: to, isComplete, isFirst, reading }: SectionSpan,
  offset: number,
): Generator<Entry, SectionEnd, boolean> {
  const { source } = text;
  const [start, stop] = [text.unitAt(from), text.unitAt(to)];
  const halfLines: HalfLines = { count: 0 };
  let [end, halfLineCount] = [start, 0];
  const ended = (at: SectionEnd['at']): SectionEnd => {
    const length = Buffer.byteLength(source.text.slice(start, end));
    return { at, end: offset + from + length, halfLines: halfLineCount };
  };
  const place = { start: offset + start, isFirst, reading };
  const steps = stepsFrom({ ...wholeWindow(source), isComplete }, place, halfLines);
  for (let next = steps.next(0); next.done !== true; next = steps.next(0)) {
    const step = next.value;
    // More of the text is asked for.
    if (typeof step === 'number') return ended(isAllBlank(source.text, end, stop) ? 'stop' : 'unsure');
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
