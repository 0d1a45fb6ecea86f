import { code, isDigit } from './characters.ts';
import type { Units } from './scan.ts';

// Two different decimals of at most 15 significant digits never share a double, so such a number reads back as itself.
const SAFE_LENGTH = 15;

/**
 * Does the double nearest to this JSON number, written in its shortest form, have the same value as the text?
 * `1.0`, `1e2`, `-0` and `1e23` do; `1e400` and `0.10000000000000001` do not. `numberText` must be a JSON number.
 */
export function isExact(numberText: string): boolean {
  return isExactBetween(numberText, 0, numberText.length);
}

/** {@link isExact} for the number that stands at `start..end` of a text. */
export function isExactBetween(text: Units, start: number, end: number): boolean {
  if (end - start <= SAFE_LENGTH && findExponent(text, start, end) === end) return true;
  const numberText = text.slice(start, end);
  const written = normalize(numberText);
  if (written.digits === '') return true;
  const value = Number(numberText);
  if (value === 0 || !Number.isFinite(value)) return false;
  const kept = normalize(String(value));
  return written.digits === kept.digits && written.exponent === kept.exponent;
}

/** The offset of the `e`, or `end`. */
function findExponent(text: Units, start: number, end: number): number {
  let at = start;
  while (at < end && !isExponentSign(text.charCodeAt(at))) at++;
  return at;
}

/** The value without its sign is `digits` times ten to the power of `exponent`; no zeros on either side of `digits`. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

function normalize(numberText: string): Decimal {
  const exponentAt = findExponent(numberText, 0, numberText.length);
  const mantissa = numberText.slice(isDigit(numberText.charCodeAt(0)) ? 0 : 1, exponentAt);
  const point = mantissa.indexOf('.');
  const digits = point === -1 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1);
  const fraction = point === -1 ? 0 : mantissa.length - point - 1;
  // An exponent beyond any double reads as a huge number or Infinity: both only ever compare as different.
  const power = exponentAt === numberText.length ? 0 : Number(numberText.slice(exponentAt + 1));
  let start = 0;
  while (digits.charCodeAt(start) === code.zero) start++;
  let end = digits.length;
  while (end > start && digits.charCodeAt(end - 1) === code.zero) end--;
  return { digits: digits.slice(start, end), exponent: power - fraction + (digits.length - end) };
}

/** How far a number goes from its beginning at `start`; `wrong`: where it stops, a digit is missing. */
export function endOfNumber(text: string, start: number, end: number): { at: number; wrong: boolean } {
  let at = text.charCodeAt(start) === code.minus ? start + 1 : start;
  const integerEnd = text.charCodeAt(at) === code.zero && at < end ? at + 1 : skipDigits(text, at, end);
  if (integerEnd === at) return { at, wrong: true };
  at = integerEnd;
  if (at < end && text.charCodeAt(at) === code.point) {
    const fractionEnd = skipDigits(text, at + 1, end);
    if (fractionEnd === at + 1) return { at: fractionEnd, wrong: true };
    at = fractionEnd;
  }
  if (at < end && isExponentSign(text.charCodeAt(at))) {
    const next = text.charCodeAt(at + 1);
    const from = at + 1 < end && (next === code.plus || next === code.minus) ? at + 2 : at + 1;
    at = skipDigits(text, from, end);
    return { at, wrong: at === from };
  }
  return { at, wrong: false };
}

function skipDigits(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isExponentSign(unit: number): boolean {
  return unit === code.lowerE || unit === code.upperE;
}
