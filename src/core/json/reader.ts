import { type JsonArray, type JsonObject, type JsonValue, setMember } from '../json.ts';
import { code, continuesWord, isDigit, skipBlank } from './characters.ts';
import {
  duplicateKey,
  inexactNumber,
  notANumber,
  type Progress,
  truncated,
  unexpected,
  wordAt,
} from './complaint.ts';
import { rememberText } from './inexact.ts';
import { endOfNumber, isExactBetween } from './number.ts';
import { JsonSyntaxProblem } from './problem.ts';
import { DEPTH_LIMIT, skipValue } from './scan.ts';
import { readString } from './string.ts';

/** A value and the offset behind it. */
export interface Prefix {
  readonly value: JsonValue;
  readonly end: number;
}

interface Reader extends Progress {
  at: number;
  readonly open: number[];
  /** Whether numbers that no double holds are read as the nearest one, and their text remembered. */
  readonly lenient: boolean;
  /** How deep it may be nested. */
  readonly deepest: number;
  /** The text of the number read last, if no double holds it. */
  inexact?: string | undefined;
}

/**
 * Reads the value that begins at `start`, white space before it allowed, and looks at nothing behind it.
 * This reader defines what is accepted; whatever is faster must agree with it. Throws {@link JsonSyntaxProblem}.
 */
export function readCarefully(
  text: string,
  start = 0,
  end = text.length,
  { lenient = false, deepest = DEPTH_LIMIT }: { readonly lenient?: boolean; readonly deepest?: number } = {},
): Prefix {
  const reader: Reader = { text, end, at: start, open: [], lenient, deepest };
  const value = readValue(reader);
  return { value, end: reader.at };
}

function readValue(reader: Reader): JsonValue {
  const unit = nextUnit(reader);
  if (unit === code.quote) return readString(reader);
  if (unit === code.openBrace) return readObject(reader);
  if (unit === code.openBracket) return readArray(reader);
  if (unit === code.minus || isDigit(unit)) return readNumber(reader);
  if (unit === code.lowerT) return readWord(reader, 'true', true);
  if (unit === code.lowerF) return readWord(reader, 'false', false);
  if (unit === code.lowerN) return readWord(reader, 'null', null);
  throw unexpected(reader, 'a value');
}

/** The next character that is not white space, without taking it; -1 at the end. */
function nextUnit(reader: Reader): number {
  const { text, end } = reader;
  reader.at = skipBlank(text, reader.at, end);
  return reader.at < end ? text.charCodeAt(reader.at) : -1;
}

function readArray(reader: Reader): JsonArray {
  const array: JsonArray = [];
  open(reader);
  if (nextUnit(reader) === code.closeBracket) return close(reader, array);
  for (;;) {
    array.push(readValue(reader));
    remember(reader, array, array.length - 1);
    const unit = nextUnit(reader);
    if (unit === code.closeBracket) return close(reader, array);
    if (unit !== code.comma) throw unexpected(reader, '"," or "]"');
    reader.at++;
  }
}

function readObject(reader: Reader): JsonObject {
  const object: JsonObject = {};
  open(reader);
  if (nextUnit(reader) === code.closeBrace) return close(reader, object);
  for (;;) {
    readMember(reader, object);
    const unit = nextUnit(reader);
    if (unit === code.closeBrace) return close(reader, object);
    if (unit !== code.comma) throw unexpected(reader, '"," or "}"');
    reader.at++;
  }
}

function readMember(reader: Reader, object: JsonObject): void {
  if (nextUnit(reader) !== code.quote) throw unexpected(reader, 'a key');
  const keyAt = reader.at;
  const key = readString(reader);
  if (Object.hasOwn(object, key)) throw duplicateKey(reader.text, key, keyAt, firstKey(reader, key));
  if (nextUnit(reader) !== code.colon) throw unexpected(reader, '":"');
  reader.at++;
  setMember(object, key, readValue(reader));
  remember(reader, object, key);
}

function remember(reader: Reader, container: JsonArray | JsonObject, key: string | number): void {
  if (reader.inexact === undefined) return;
  rememberText(container, key, reader.inexact);
  reader.inexact = undefined;
}

/** Where the innermost open object, well-formed so far, has `key` for the first time. */
function firstKey(reader: Reader, key: string): number {
  const { text, end, open: outer } = reader;
  const again: Reader = {
    text,
    end,
    at: (outer.at(-1) ?? 0) + 1,
    open: [],
    lenient: true,
    deepest: reader.deepest,
  };
  for (;;) {
    nextUnit(again);
    const keyAt = again.at;
    if (readString(again) === key) return keyAt;
    nextUnit(again);
    again.at++;
    again.at = skipValue(text, skipBlank(text, again.at, end), end);
    nextUnit(again);
    again.at++;
  }
}

function open(reader: Reader): void {
  if (reader.open.length === reader.deepest) {
    throw new JsonSyntaxProblem('depth', reader.at, `nested more than ${reader.deepest} levels deep`);
  }
  reader.open.push(reader.at);
  reader.at++;
}

function close<Value>(reader: Reader, value: Value): Value {
  reader.open.pop();
  reader.at++;
  return value;
}

function readWord<Value>(reader: Reader, word: string, value: Value): Value {
  const { text, at, end } = reader;
  const after = at + word.length;
  if (after <= end && text.startsWith(word, at) && !continuesWord(text, after, end)) {
    reader.at = after;
    return value;
  }
  const actual = wordAt(text, at, end);
  if (at + actual.length === end && word.startsWith(actual)) throw truncated(reader, 'a word', at);
  throw unexpected(reader, 'a value');
}

function readNumber(reader: Reader): number {
  const { text, at, end } = reader;
  const stop = endOfNumber(text, at, end);
  if (stop.wrong || continuesWord(text, stop.at, end)) {
    if (stop.at === end) throw truncated(reader, 'a number', at);
    const word = wordAt(text, at, end);
    throw word === '-Infinity' ? unexpected(reader, 'a value') : notANumber(word, at);
  }
  // More digits may have followed.
  if (stop.at === end && reader.open.length > 0) throw truncated(reader);
  const written = text.slice(at, stop.at);
  if (!isExactBetween(text, at, stop.at)) {
    if (!reader.lenient || reader.open.length === 0) throw inexactNumber(written, at);
    reader.inexact = written;
  }
  reader.at = stop.at;
  return Number(written);
}
