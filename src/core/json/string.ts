import { code } from './characters.ts';
import { found, type Progress, referring, syntax, truncated } from './complaint.ts';
import type { JsonSyntaxProblem } from './problem.ts';

/**
 * Reads the string whose opening quote `reader` is at, and moves it behind the closing one.
 * Escapes of lone surrogates are kept as they are. Throws `JsonSyntaxProblem`.
 */
export function readString(reader: Progress & { at: number }): string {
  const { text, end } = reader;
  const start = reader.at + 1;
  let at = start;
  for (; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) {
      reader.at = at + 1;
      return text.slice(start, at);
    }
    if (unit === code.backslash) return readEscaped(reader, start, at);
    if (unit < code.space) throw controlCharacter(reader, at);
  }
  throw truncated(reader, 'a string', reader.at);
}

/** The same for a string whose first backslash is at `escape`. */
function readEscaped(reader: Progress & { at: number }, start: number, escape: number): string {
  const { text, end } = reader;
  let value = text.slice(start, escape);
  let plainFrom = escape;
  for (let at = escape; at < end; ) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) {
      reader.at = at + 1;
      return value + text.slice(plainFrom, at);
    }
    if (unit < code.space) throw controlCharacter(reader, at);
    if (unit !== code.backslash) at++;
    else {
      value += text.slice(plainFrom, at) + readEscape(reader, at);
      at += text.charAt(at + 1) === 'u' ? 6 : 2;
      plainFrom = at;
    }
  }
  throw truncated(reader, 'a string', reader.at);
}

const simpleEscapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function readEscape(reader: Progress, at: number): string {
  const { text, end } = reader;
  if (at + 1 >= end) throw truncated(reader, 'a string', reader.at);
  const letter = text.charAt(at + 1);
  const simple = simpleEscapes.get(letter);
  if (simple !== undefined) return simple;
  if (letter !== 'u') {
    const hint = 'a backslash itself is written \\\\';
    throw syntax(
      at,
      `expected an escape such as \\n after the backslash but found ${found(letter, 0, 1)}`,
      hint,
    );
  }
  const digits = text.slice(at + 2, Math.min(at + 6, end));
  if (/^[\da-fA-F]{4}$/.test(digits)) return String.fromCharCode(Number.parseInt(digits, 16));
  if (at + 6 > end && /^[\da-fA-F]*$/.test(digits)) throw truncated(reader, 'a string', reader.at);
  throw syntax(at, 'expected four hexadecimal digits after \\u');
}

function controlCharacter(reader: Progress, at: number): JsonSyntaxProblem {
  const { text, end } = reader;
  const unit = text.charCodeAt(at);
  if (unit === code.lineFeed || unit === code.carriageReturn) {
    const hint = 'a closing quote may be missing; a line break inside a string is written \\n';
    return referring('syntax', at, reader, { offset: reader.at, message: unfinishedLine }, hint);
  }
  if (unit === code.tab) return syntax(at, 'there is a tab inside a string', 'write it \\t');
  const escape = `\\u${unit.toString(16).padStart(4, '0')}`;
  return syntax(at, `${found(text, at, end)} cannot stand in a string`, `write it ${escape}`);
}

function unfinishedLine(began: string): string {
  return `a line ends inside a string that began at ${began}`;
}
