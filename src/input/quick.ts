import { code, isBlank } from '../core/json/characters.ts';
import { parseQuickly } from '../core/json/parse.ts';
import { ByteUnits } from '../core/json/scan.ts';
import type { Entry, Outcome, SourceText } from './entry.ts';
import type { Reading } from './reading.ts';
import type { SectionText } from './section-text.ts';
import type { Located } from './sequence.ts';

/** Reads values off bytes, as long as a quick look finds nothing odd. To make a text of each takes half the time of all. */
export interface QuickReader {
  /** The next value; `undefined` at the end of the span, and before what takes a careful reader. */
  readonly next: () => Entry | undefined;
  /** Behind the last value that was read: a byte of the section. */
  readonly place: () => number;
  /** Only white space is left of the span. */
  readonly isDone: () => boolean;
}

/** Where to read, in bytes of a section. */
export interface QuickSpan {
  readonly start: number;
  readonly stop: number;
  /** Nothing follows the span. */
  readonly isComplete: boolean;
  /** No value stands before it. */
  readonly isFirst: boolean;
  readonly reading: Reading;
}

export function openQuickReader(
  text: SectionText,
  { start, stop, isComplete, isFirst, reading }: QuickSpan,
): QuickReader {
  const { bytes } = text;
  const units = new ByteUnits(bytes);
  let [place, count] = [start, 0];
  const skip = (from: number): number => {
    let at = from;
    while (at < stop && isBlank(bytes[at] ?? 0)) at++;
    return at;
  };
  const value = (from: number, to = stop): Located | undefined => {
    const read = parseQuickly(units, from, to);
    return read && { start: from, value: read.value, end: read.end };
  };
  const finders: Record<Reading['as'], (at: number) => Located | undefined> = {
    lines(at) {
      const feed = bytes.indexOf(code.lineFeed, at);
      if (feed === -1 && !isComplete) return undefined;
      const end = feed === -1 || feed > stop ? stop : feed;
      const read = value(at, end);
      return read && skip(read.end) >= end ? read : undefined;
    },
    sequence: (at) => value(at),
    array(at) {
      if (isFirst && count === 0) return value(at);
      return bytes[at] === code.comma ? value(skip(at + 1)) : undefined;
    },
  };
  const find = finders[reading.as];
  const isOdd = reading.as === 'lines' && hasLoneReturn(bytes);
  return {
    next() {
      const at = skip(place);
      const read = at === stop || isOdd ? undefined : find(at);
      if (!read) return undefined;
      place = read.end;
      return new QuickEntry(text, count++, read);
    },
    place: () => place,
    isDone: () => skip(place) === stop,
  };
}

/** A carriage return ends a line too, and may stand between any two parts of a value. */
function hasLoneReturn(bytes: Buffer): boolean {
  for (
    let at = bytes.indexOf(code.carriageReturn);
    at !== -1;
    at = bytes.indexOf(code.carriageReturn, at + 1)
  ) {
    if (bytes[at + 1] !== code.lineFeed) return true;
  }
  return false;
}

/** Where it stands is asked for by messages only, which most values have none of. */
class QuickEntry implements Entry {
  readonly index: number;
  readonly outcome: Outcome;
  readonly #text: SectionText;
  readonly #from: number;
  readonly #to: number;

  constructor(text: SectionText, index: number, { start, end, value }: Located) {
    this.index = index;
    this.outcome = { ok: true, value };
    this.#text = text;
    this.#from = start;
    this.#to = end;
  }

  get source(): SourceText {
    return this.#text.source;
  }

  get start(): number {
    return this.#text.unitAt(this.#from);
  }

  get end(): number {
    return this.#text.unitAt(this.#to);
  }
}
