import { code, skipBlank } from './characters.ts';
import { type Position, positionAt } from './position.ts';
import { type JsonProblemKind, JsonSyntaxProblem, type Reference } from './problem.ts';

/** How far a reader came: `at` is where it stands, `open` the offsets of the brackets it is inside of. */
export interface Progress {
  readonly text: string;
  readonly end: number;
  readonly at: number;
  readonly open: readonly number[];
}

/** What JSON wanted at `progress.at`, in words. */
export type Expected = 'a value' | 'a key' | '":"' | '"," or "}"' | '"," or "]"' | 'the end';

const quotesHint = 'JSON puts text and keys in double quotes: "…"';

/** JSON has no such word; what to write instead. */
const foreignWords = new Map([
  ['NaN', 'use null, or the text "NaN"'],
  ['Infinity', 'use null, or the text "Infinity"'],
  ['-Infinity', 'use null, or the text "-Infinity"'],
  ['undefined', 'use null, or leave the member out'],
  ['None', 'this looks like Python: JSON writes null'],
  ['True', 'JSON writes true'],
  ['TRUE', 'JSON writes true'],
  ['False', 'JSON writes false'],
  ['FALSE', 'JSON writes false'],
  ['Null', 'JSON writes null'],
  ['NULL', 'JSON writes null'],
  ['nil', 'JSON writes null'],
]);

/** The problem of a text that does not go on as `expected`. */
export function unexpected(progress: Progress, expected: Expected): JsonSyntaxProblem {
  const { text, at, end } = progress;
  if (at >= end) return truncated(progress);
  const start = text.charAt(at);
  if (start === '#' || /^\/[/*]/.test(text.slice(at, at + 2))) {
    return syntax(at, 'JSON has no comments', 'remove the comment');
  }
  if (expected === 'a key' || expected === 'a value') {
    return /["'`‘’“”]/.test(start)
      ? syntax(at, `expected ${expected} in double quotes but found ${found(text, at, end)}`, quotesHint)
      : (wrongWord(progress, expected) ?? trailingComma(progress) ?? plain(progress, expected));
  }
  return plain(progress, expected);
}

function plain({ text, at, end }: Progress, expected: Expected): JsonSyntaxProblem {
  const wanted = expected === 'the end' ? `the end of the ${unit(text, end)}` : expected;
  return syntax(at, `expected ${wanted} but found ${found(text, at, end)}`, hintFor(text, at, expected));
}

function hintFor(text: string, at: number, expected: Expected): string | undefined {
  if (text.charCodeAt(at) === 0xfeff) return 'a byte order mark stands only at the very beginning';
  if (expected === 'the end' && text.charCodeAt(at) === code.comma) {
    return 'put several values in an array, or write them without commas between them';
  }
  return undefined;
}

function wrongWord({ text, at, end }: Progress, expected: Expected): JsonSyntaxProblem | undefined {
  const word = wordAt(text, at, end);
  if (word === '') return undefined;
  if (expected === 'a key') return syntax(at, `the key ${cut(word)} is not in double quotes`, quotesHint);
  const hint = foreignWords.get(word);
  if (hint !== undefined) return syntax(at, `JSON has no ${word}`, hint);
  if (/^[+.\d]|^-[.\d]/.test(word)) return notANumber(word, at);
  return syntax(at, `expected a value but found "${cut(word)}"`, quotesHint);
}

function trailingComma({ text, at }: Progress): JsonSyntaxProblem | undefined {
  const closing = text.charCodeAt(at);
  if (closing !== code.closeBrace && closing !== code.closeBracket) return undefined;
  let before = at - 1;
  while (before > 0 && skipBlank(text, before, before + 1) > before) before--;
  if (text.charCodeAt(before) !== code.comma) return undefined;
  return syntax(before, `there is a comma before the closing "${text.charAt(at)}"`, 'remove the comma');
}

const numberHints: readonly (readonly [RegExp, string])[] = [
  [/^\+/, 'remove the "+"'],
  [/^-?0[xob]/i, 'write it in decimal'],
  [/^-?0\d/, 'remove the leading zero, or put it in double quotes to make it text'],
  [/^-?\./, 'write a digit before the point'],
  [/\.(?:\D|$)/, 'write a digit after the point'],
  [/^-?[\d.]+e[+-]?(?:\D|$)/i, 'write a digit after the "e"'],
];

/** The problem of `word`, which begins like a number. */
export function notANumber(word: string, at: number): JsonSyntaxProblem {
  const shown = cut(word);
  const hint = numberHints.find(([pattern]) => pattern.test(shown))?.[1] ?? 'put text in double quotes';
  return syntax(at, `${shown} is not a JSON number`, hint);
}

/** The problem of a number that a double cannot hold. */
export function inexactNumber(word: string, at: number): JsonSyntaxProblem {
  const value = Number(word);
  const fate = Number.isFinite(value) ? `it would become ${String(value)}` : 'it is too large';
  const hint = 'put it in double quotes to keep it as text';
  return new JsonSyntaxProblem('number', at, `the number ${cut(word)} cannot be kept exactly: ${fate}`, hint);
}

/** The problem of a text that stops too early, in the innermost thing that is open or, when given, in `what`. */
export function truncated(progress: Progress, what?: string, began?: number): JsonSyntaxProblem {
  const { text, end, open } = progress;
  const start = began ?? open.at(-1);
  const offset = endOfContent(text, start ?? 0, end);
  if (start === undefined) {
    return new JsonSyntaxProblem('truncated', offset, `the ${unit(text, end)} has no value in it`);
  }
  const container = text.charCodeAt(start) === code.openBrace ? 'an object' : 'an array';
  const unfinished = `the ${unit(text, end)} ends inside ${what ?? container}`;
  return referring('truncated', offset, progress, {
    offset: start,
    message: (there) => `${unfinished} that began at ${there}`,
  });
}

/** Behind the last character that is no white space: a place that people can see. */
function endOfContent(text: string, start: number, end: number): number {
  let at = end;
  while (at > start + 1 && skipBlank(text, at - 1, at) === at) at--;
  return at;
}

/** A reader that was told to stop at the end of a line complains about that line. */
function unit(text: string, end: number): string {
  return text.charCodeAt(end) === code.lineFeed || text.charCodeAt(end) === code.carriageReturn
    ? 'line'
    : 'text';
}

/** The problem of the second `key` of an object. */
export function duplicateKey(text: string, key: string, at: number, first: number): JsonSyntaxProblem {
  const message = `duplicate key ${JSON.stringify(cut(key))}`;
  return referring(
    'duplicate',
    at,
    { text },
    { offset: first, message: (place) => `${message} (first at ${place})` },
  );
}

/** A plain mistake. */
export function syntax(at: number, message: string, hint?: string): JsonSyntaxProblem {
  return new JsonSyntaxProblem('syntax', at, message, hint);
}

/** A problem whose message names the place of `reference` in the text. */
export function referring(
  kind: JsonProblemKind,
  at: number,
  { text }: Pick<Progress, 'text'>,
  reference: Reference,
  hint?: string,
): JsonSyntaxProblem {
  const message = reference.message(placeWords(positionAt(text, reference.offset)));
  return new JsonSyntaxProblem(kind, at, message, hint, reference);
}

/** `line 2, column 3` */
export function placeWords({ line, column }: Position): string {
  return `line ${line}, column ${column}`;
}

/** The word, number or single character at `at`, for a message; what cannot be seen is named by its code point. */
export function found(text: string, at: number, end: number): string {
  const word = wordAt(text, at, end);
  if (word !== '') return `"${cut(word)}"`;
  if (text.charCodeAt(at) === code.quote) return 'a string';
  const point = text.codePointAt(at) ?? 0;
  const character = String.fromCodePoint(point);
  return /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character)
    ? `"${character}"`
    : `the character U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The run of letters, digits and signs at `at`, at most some hundred of them: enough for a message. */
export function wordAt(text: string, at: number, end: number): string {
  return (
    /^[+\-.]*[\p{L}\p{N}_$][\p{L}\p{N}_$.+-]*|^[+\-.]+/u.exec(text.slice(at, Math.min(end, at + 200)))?.[0] ??
    ''
  );
}

function cut(word: string): string {
  const characters = Array.from(word.slice(0, 200));
  return characters.length > 50 ? `${characters.slice(0, 49).join('')}…` : word;
}
