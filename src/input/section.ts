import { skipBlank } from '../core/json/characters.ts';
import type { Entry, SourceText } from './entry.ts';
import type { HalfLines } from './lines.ts';
import { type Place, stepsFrom } from './reading.ts';
import { wholeWindow } from './window.ts';

/** A part of an input that can be read by itself, in another thread too, as it is plain data. */
export interface Section extends Place {
  /** Begins some way before the section and ends some way behind it: that is for what messages show. */
  readonly source: SourceText;
  /** Nothing follows the text. */
  readonly isComplete: boolean;
  /** Where a value was taken to end, in UTF-16 code units of the whole input. */
  readonly stop: number;
}

/** How far a section could be read by itself. */
export interface SectionEnd {
  /**
   * - `stop`: to its end;
   * - `over`: to the end of the whole input, or to something broken that ends it;
   * - `unsure`: to a value that depends on what follows the section, or that was left.
   */
  readonly at: 'stop' | 'over' | 'unsure';
  /** Behind the last value that was read, in UTF-16 code units of the whole input. */
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

/**
 * The entries of a section, up to where something behind it has a say. A quick look has cut it, which takes what
 * stands there for JSON; here it shows whether that was right. Each is told whether it was taken.
 */
function* readSection(section: Section): Generator<Entry, SectionEnd, boolean> {
  const { source, isComplete } = section;
  const [first, stop] = [section.start - source.origin.offset, section.stop - source.origin.offset];
  const halfLines: HalfLines = { count: 0 };
  let [end, halfLineCount] = [first, 0];
  const ended = (at: SectionEnd['at']): SectionEnd => ({
    at,
    end: source.origin.offset + end,
    halfLines: halfLineCount,
  });
  const steps = stepsFrom({ ...wholeWindow(source), isComplete }, section, halfLines);
  for (let next = steps.next(0); next.done !== true; next = steps.next(0)) {
    const step = next.value;
    // More of the text is asked for.
    if (typeof step === 'number') return ended(isBlank(source.text, end, stop) ? 'stop' : 'unsure');
    if (step.start >= stop) return ended('stop');
    if (step.isLast !== true && step.end > stop) return ended('unsure');
    if (!(yield step)) return ended('unsure');
    [end, halfLineCount] = [step.end, halfLines.count];
    if (step.isLast === true) return ended('over');
  }
  return ended('over');
}

function isBlank(text: string, from: number, to: number): boolean {
  return skipBlank(text, from, to) >= to;
}
