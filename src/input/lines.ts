import { skipBlank } from '../core/json/characters.ts';
import type { Span } from '../core/json/locate.ts';
import { parsePrefix } from '../core/json/parse.ts';
import { endOfLine } from '../core/json/position.ts';
import { readCarefully } from '../core/json/reader.ts';
import { type Attempt, attempt, brokenEntry, goodEntry, type SourceText, withHint } from './entry.ts';
import type { Located } from './sequence.ts';
import { isCertain, type Steps, type Window } from './window.ts';

/** How many half lines turned out not to go on in the next ones. */
export interface HalfLines {
  count: number;
}

/** After so many half lines the others are not even tried. */
export const MOST_HALF_LINES = 100;

/**
 * NDJSON, from the first value on: values on their lines. A broken line is one entry, and the next line is read.
 * A value that spans lines, as `jq` prints them between shorter ones, is taken too. Half lines are counted.
 */
export function* readLines(window: Window, start: number, halfLines: HalfLines = { count: 0 }): Steps {
  for (let at = start; ; ) {
    const { source } = window;
    const { text } = source;
    const from = skipBlank(text, at, text.length);
    if (from === text.length && window.isComplete) return;
    const line = from < text.length ? readLine(window, from, halfLines.count < MOST_HALF_LINES) : undefined;
    if (line === undefined) {
      at = yield from;
      continue;
    }
    if (line.ok) for (const read of line.result) yield goodEntry(source, read.start, read);
    else {
      if (line.problem.kind === 'truncated') halfLines.count++;
      yield brokenEntry(source, { start: from, end: endOfLine(text, from) }, line.problem);
    }
    at = line.ok ? (line.result.at(-1)?.end ?? from) : endOfLine(text, from);
  }
}

/** The values of the line that begins at `start`, or the one problem that spoils it; `undefined` if it goes on. */
function readLine(window: Window, start: number, mayGoOn: boolean): Attempt<Located[]> | undefined {
  const { text } = window.source;
  const end = endOfLine(text, start);
  if (end === text.length && !window.isComplete) return undefined;
  const values = attempt(() => readValues(window.source, { start, end }));
  if (values.ok || values.problem.kind !== 'truncated' || end === text.length) return values;
  const spanning = mayGoOn ? readAcrossLines(window, start) : values;
  if (spanning === undefined || spanning.ok) return spanning;
  return {
    ok: false,
    problem: withHint(values.problem, 'in NDJSON every value stands on a line of its own'),
  };
}

function readValues({ text }: SourceText, { start, end }: Span): Located[] {
  const values: Located[] = [];
  for (let at = start; at < end; ) {
    const read = parsePrefix(text, at, end);
    values.push({ start: at, value: read.value, end: read.end });
    at = skipBlank(text, read.end, end);
  }
  return values;
}

/**
 * Values from `start` to the end of the line where one of them ends; `undefined` if that depends on what follows.
 * The careful reader stops where a half line runs into the next; a quick look would go through the whole text.
 */
function readAcrossLines(window: Window, start: number): Attempt<Located[]> | undefined {
  const { text } = window.source;
  const values: Located[] = [];
  for (let at = start; ; ) {
    const from = at;
    const read = attempt(() => readCarefully(text, from));
    if (!isCertain(window, read)) return undefined;
    if (!read.ok) return read;
    values.push({ start: from, value: read.result.value, end: read.result.end });
    const end = endOfLine(text, read.result.end);
    if (end === text.length && !window.isComplete) return undefined;
    at = skipBlank(text, read.result.end, end);
    if (at === end) return { ok: true, result: values };
  }
}
