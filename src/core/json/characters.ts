/** UTF-16 code units that mean something in JSON. */
export const code = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  upperE: 0x45,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  lowerE: 0x65,
  lowerF: 0x66,
  lowerN: 0x6e,
  lowerT: 0x74,
  openBrace: 0x7b,
  closeBrace: 0x7d,
} as const;

/** Is `unit` one of `0` to `9`? False for NaN, which is what `charCodeAt` gives past the end. */
export function isDigit(unit: number): boolean {
  return unit >= code.zero && unit <= code.nine;
}

/** A text, or whatever has the units of one. */
interface Characters {
  readonly charCodeAt: (at: number) => number;
}

/** The offset of the first character in `start..end` that is not JSON white space, or `end`. */
export function skipBlank(text: Characters, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Space, tab, line feed or carriage return: all the white space that JSON has. */
export function isBlank(unit: number): boolean {
  return unit === code.space || unit === code.lineFeed || unit === code.carriageReturn || unit === code.tab;
}

/** Would the character at `at` make a number or word that ends there a longer one, and a wrong one? */
export function continuesWord(text: string, at: number, end: number): boolean {
  if (at >= end) return false;
  const unit = text.charCodeAt(at);
  // What stands behind a value nearly always: white space, a comma, a bracket.
  if (unit <= code.comma || unit === code.closeBrace || unit === code.closeBracket)
    return unit === code.plus || unit === 0x24;
  return /[\w$.-]/.test(text.charAt(at));
}
