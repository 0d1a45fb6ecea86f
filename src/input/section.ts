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
   * - `unsure`: to a value that depends on what follows the section.
   */
  readonly at: 'stop' | 'over' | 'unsure';
  /** Behind the last value that was read, in UTF-16 code units of the whole input. */
  readonly end: number;
  readonly halfLines: number;
}

/**
 * The entries of a section, up to where something behind it has a say. A quick look has cut it, which takes what
 * stands there for JSON; here it shows whether that was right.
 */
export function* readSection(
  section: Section,
  halfLines: HalfLines = { count: 0 },
): Generator<Entry, SectionEnd> {
  const { source, isComplete } = section;
  const [first, stop] = [section.start - source.origin.offset, section.stop - source.origin.offset];
  let end = first;
  const ended = (at: SectionEnd['at']): SectionEnd => ({
    at,
    end: source.origin.offset + end,
    halfLines: halfLines.count,
  });
  const steps = stepsFrom({ ...wholeWindow(source), isComplete }, section, halfLines);
  for (let next = steps.next(0); next.done !== true; next = steps.next(0)) {
    const step = next.value;
    // More of the text is asked for.
    if (typeof step === 'number') return ended(isBlank(source.text, end, stop) ? 'stop' : 'unsure');
    if (step.start >= stop) return ended('stop');
    if (step.isLast !== true && step.end > stop) return ended('unsure');
    yield step;
    end = step.end;
    if (step.isLast === true) return ended('over');
  }
  return ended('over');
}

/** The end of a section of which no more is to be read than this entry. */
export function endBehind({ source }: Section, { end }: Entry, { count }: HalfLines): SectionEnd {
  return { at: 'unsure', end: source.origin.offset + end, halfLines: count };
}

function isBlank(text: string, from: number, to: number): boolean {
  return skipBlank(text, from, to) >= to;
}
