import { code, skipBlank } from '../core/json/characters.ts';
import { parseQuickly } from '../core/json/parse.ts';
import { ByteUnits } from '../core/json/scan.ts';
import type { Entry, Outcome, SourceText } from './entry.ts';
import type { SectionSpan, SectionText } from './section-text.ts';
import type { Located } from './sequence.ts';

/**
 * Reads values off bytes, as long as nothing odd stands there. To decode a section into a text first and read that
 * would take twice as long, and hardly anybody looks at the text.
 */
export interface QuickReader {
  /** The next value; `undefined` where the span ends, and before what takes a careful reader. */
  readonly next: () => Entry | undefined;
  /** Behind the last value that was read: a byte of the section. */
  readonly place: () => number;
  /** Only white space is left of the span. */
  readonly isDone: () => boolean;
}

export function openQuickReader(
  text: SectionText,
  { start, stop, isComplete, isFirst, reading }: SectionSpan,
): QuickReader {
  const { bytes } = text;
  const units = new ByteUnits(bytes);
  let [place, isBehindValue] = [start, !isFirst];
  let isOdd: boolean | undefined;
  const value = (from: number, to = stop): Located | undefined => {
    const read = parseQuickly(units, from, to);
    return read && { start: from, value: read.value, end: read.end };
  };
  const element = (at: number): Located | undefined => {
    if (!isBehindValue) return value(at);
    return bytes[at] === code.comma ? value(skipBlank(units, at + 1, stop)) : undefined;
  };
  /** The only one of its line. */
  const line = (at: number): Located | undefined => {
    isOdd ??= hasLoneReturn(bytes, start, stop);
    const feed = isOdd ? -1 : bytes.indexOf(code.lineFeed, at);
    if (isOdd || (feed === -1 && !isComplete)) return undefined;
    const end = feed === -1 || feed > stop ? stop : feed;
    const read = value(at, end);
    return read && skipBlank(units, read.end, end) === end ? read : undefined;
  };
  const find = { array: element, lines: line, sequence: value }[reading.as];
  return {
    next() {
      const at = skipBlank(units, place, stop);
      const read = at === stop ? undefined : find(at);
      if (!read) return undefined;
      [place, isBehindValue] = [read.end, true];
      return new QuickEntry(text, read);
    },
    place: () => place,
    isDone: () => skipBlank(units, place, stop) === stop,
  };
}

/** A carriage return ends a line too, and may stand between any two parts of a value. */
function hasLoneReturn(bytes: Buffer, start: number, stop: number): boolean {
  for (let at = start; ; at++) {
    at = bytes.indexOf(code.carriageReturn, at);
    if (at === -1 || at >= stop) return false;
    if (bytes[at + 1] !== code.lineFeed) return true;
  }
}

/** Where it stands is asked for by messages only, which most values have none of. */
class QuickEntry implements Entry {
  readonly outcome: Outcome;
  readonly #text: SectionText;
  readonly #from: number;
  readonly #to: number;

  constructor(text: SectionText, { start, end, value }: Located) {
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
