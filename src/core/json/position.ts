import { code } from './characters.ts';

/** Both count from 1; `column` counts Unicode code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mark is kept for every so many code units, so that asking for many places of a big text stays cheap. */
const STRIDE = 1024;

interface Marks {
  readonly text: string;
  readonly positions: Position[];
}

let known: Marks = { text: '', positions: [{ line: 1, column: 1 }] };

/** Where `offset` is. Lines end at `\n`, `\r\n` or `\r`; an offset past the end is the end. */
export function positionAt(text: string, offset: number): Position {
  const target = Math.max(0, Math.min(offset, text.length));
  const mark = Math.floor(target / STRIDE);
  return advance(text, mark * STRIDE, markAt(text, mark), target);
}

/** {@link positionAt} of a text that is asked once: the lines are looked for, and not gone through. */
export function positionOnce(text: string, offset: number): Position {
  if (text.includes('\r')) return positionAt(text, offset);
  const target = Math.max(0, Math.min(offset, text.length));
  let [line, start] = [1, 0];
  for (let next = text.indexOf('\n'); next !== -1 && next < target; next = text.indexOf('\n', start)) {
    line++;
    start = next + 1;
  }
  return advance(text, start, { line, column: 1 }, target);
}

function markAt(text: string, index: number): Position {
  // An equal text that is another string takes the place of the known one: comparing a string with itself costs nothing.
  const positions = known.text === text ? known.positions : [{ line: 1, column: 1 }];
  known = { text, positions };
  let position = positions[Math.min(index, positions.length - 1)] ?? { line: 1, column: 1 };
  for (let next = positions.length; next <= index; next++) {
    position = advance(text, (next - 1) * STRIDE, position, next * STRIDE);
    positions.push(position);
  }
  return position;
}

function advance(text: string, from: number, position: Position, to: number): Position {
  let { line, column } = position;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (endsLine(text, at, unit)) {
      line++;
      column = 1;
    } else if (!beginsPair(text, at, unit)) column++;
  }
  return { line, column };
}

function endsLine(text: string, at: number, unit: number): boolean {
  if (unit === code.lineFeed) return true;
  return unit === code.carriageReturn && text.charCodeAt(at + 1) !== code.lineFeed;
}

function beginsPair(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff;
}

/** The offset of the line end at or after `start`: of its `\n`, `\r\n` or `\r`, or the end of the text. */
export function endOfLine(text: string, start: number): number {
  if (lineFeed.text !== text || start < lineFeed.from || start > lineFeed.at) {
    const found = text.indexOf('\n', start);
    lineFeed = { text, from: start, at: found < 0 ? text.length : found };
  }
  const carriageReturn = text.slice(start, lineFeed.at).indexOf('\r');
  return carriageReturn < 0 ? lineFeed.at : start + carriageReturn;
}

/** The first line feed from `from` on. Where there is none, a search for every line would go through all of the text. */
let lineFeed = { text: '', from: 0, at: 0 };

function isBreak(unit: number): boolean {
  return unit === code.lineFeed || unit === code.carriageReturn;
}

/** One source line for people: `caret` is a column in `line`, from 1, in code points; it may stand just behind the end. */
export interface Excerpt {
  readonly line: string;
  readonly caret: number;
}

/**
 * The line around `offset`, at most `width` code points of it (`…` on a side that was cut), each tab as one space.
 * Control characters other than tabs are left as they are.
 */
export function excerpt(text: string, offset: number, width = 100): Excerpt {
  const before = codePointsBefore(text, offset, width + 1);
  const after = codePointsAfter(text, offset, width + 1);
  // An offset at the end of a line still needs a column for the caret.
  const behind = Math.max(after.length, 1);
  const left = Math.min(before.length, Math.max(Math.floor(width / 2), width - behind));
  const right = Math.min(after.length, width - left);
  const shown = [...before.slice(before.length - left), ...after.slice(0, right)];
  if (left < before.length) shown[0] = '…';
  if (right < after.length) shown[shown.length - 1] = '…';
  return { line: shown.join('').replaceAll('\t', ' '), caret: left + 1 };
}

function codePointsBefore(text: string, offset: number, limit: number): string[] {
  let start = offset;
  while (start > 0 && offset - start < 2 * limit && !isBreak(text.charCodeAt(start - 1))) start--;
  return Array.from(text.slice(start, offset)).slice(-limit);
}

function codePointsAfter(text: string, offset: number, limit: number): string[] {
  let end = offset;
  while (end < text.length && end - offset < 2 * limit && !isBreak(text.charCodeAt(end))) end++;
  return Array.from(text.slice(offset, end)).slice(0, limit);
}
