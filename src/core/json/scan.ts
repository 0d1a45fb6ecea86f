import { code, isBlank, isDigit } from './characters.ts';
import { isExactBetween } from './number.ts';

/** How deep arrays and objects may be nested, in what comes from outside. */
export const DEPTH_LIMIT = 500;

/** What a quick look at the brackets, quotes, colons and digits of an array or object tells. */
export interface Outline {
  /** The offset behind its closing bracket. */
  readonly end: number;
  /** How many members all its objects have together, duplicate keys counted each time. */
  readonly members: number;
  /** Every number in it keeps its value. */
  readonly exact: boolean;
}

/** A text, or its bytes: what means something in JSON is the same in both. Offsets count one or the other. */
export interface Units {
  readonly charCodeAt: (at: number) => number;
  readonly indexOf: (unit: string, from: number) => number;
  /** The text between two offsets. */
  readonly slice: (start: number, end: number) => string;
}

/** The bytes of a text in UTF-8, which has no unit of ASCII within a character. */
export class ByteUnits implements Units {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  charCodeAt(at: number): number {
    return this.#bytes[at] ?? 0;
  }

  indexOf(unit: string, from: number): number {
    return this.#bytes.indexOf(unit.charCodeAt(0), from);
  }

  slice(start: number, end: number): string {
    return this.#bytes.toString('utf8', start, end);
  }
}

/**
 * Outlines the array or object that begins at `start`. `undefined` if it does not end before `end` or is nested
 * too deep. What is outlined need not be JSON: that is for a parser to say.
 */
export function outline(text: Units, start: number, end: number, deepest = DEPTH_LIMIT): Outline | undefined {
  let depth = 0;
  let members = 0;
  let exact = true;
  for (let at = start; at < end; ) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) {
      at = skipString(text, at, end);
      continue;
    }
    at++;
    // In the order of how many there are.
    if (unit === code.colon) members++;
    else if (unit === code.comma) continue;
    else if (unit === code.openBrace || unit === code.openBracket) {
      if (++depth > deepest) return undefined;
    } else if (unit === code.closeBrace || unit === code.closeBracket) {
      if (--depth <= 0) return { end: at, members, exact };
    } else if (unit === code.minus || isDigit(unit)) {
      const from = at - 1;
      at = skipNumber(text, at, end);
      exact &&= isExactBetween(text, from, at);
    }
  }
  return undefined;
}

/** So many code units are gone through before a quote is searched. */
const NEAR = 24;

/** The offset behind the string that begins at `start`; `end` or more when it does not end before. */
export function skipString(text: Units, start: number, end: number): number {
  // Most strings are short, and gone through faster than searched.
  const near = start + NEAR;
  for (let at = start + 1; at < near; at++) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) return at + 1;
    if (unit === code.backslash) return findQuote(text, at, end);
  }
  return findQuote(text, near, end);
}

/** The offset behind the quote that ends a string, from a place in it that no backslash stands before. */
function findQuote(text: Units, start: number, end: number): number {
  for (let at = start; ; ) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return end;
    if (!isEscaped(text, quote)) return quote + 1;
    at = quote + 1;
  }
}

function isEscaped(text: Units, quote: number): boolean {
  let at = quote;
  while (text.charCodeAt(at - 1) === code.backslash) at--;
  return (quote - at) % 2 === 1;
}

/** The offset behind the run of characters that numbers are made of. */
export function skipNumber(text: Units, start: number, end: number): number {
  let at = start;
  while (at < end && isInNumber(text.charCodeAt(at))) at++;
  return at;
}

function isInNumber(unit: number): boolean {
  return (
    isDigit(unit) ||
    unit === code.point ||
    unit === code.minus ||
    unit === code.plus ||
    unit === code.lowerE ||
    unit === code.upperE
  );
}

/** The offset behind the value that begins at `start`, in a text that is known to be JSON. */
export function skipValue(text: string, start: number, end: number): number {
  const unit = text.charCodeAt(start);
  if (unit === code.quote) return skipString(text, start, end);
  if (unit === code.openBrace || unit === code.openBracket) return outline(text, start, end)?.end ?? end;
  let at = start;
  while (at < end && !endsScalar(text.charCodeAt(at))) at++;
  return at;
}

function endsScalar(unit: number): boolean {
  return unit === code.comma || unit === code.closeBrace || unit === code.closeBracket || isBlank(unit);
}
