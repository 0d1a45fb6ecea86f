import { positionOnce } from '../core/json/position.ts';
import { behindLine, behindValue } from './boundary.ts';
import { type Entry, positionIn, type SourceText } from './entry.ts';
import { MOST_HALF_LINES } from './lines.ts';
import { type Place, readFrom } from './reading.ts';
import type { Section, SectionEnd } from './section.ts';
import { CONTEXT, startOfContext, type Window } from './window.ts';

/** Cuts an input into sections, which can be read side by side. It holds what was cut until that is settled. */
export interface Cutter {
  /**
   * The next section; `undefined` at the end of the input, and where it is better read in turn. To be asked again
   * once it has answered. What is wrong with the input shows in the rest.
   */
  readonly next: () => Promise<Section | undefined>;
  /** Takes down how far a section was read, in the order of the sections. False if it has to be read again, in turn. */
  readonly settle: (section: Section, end: SectionEnd) => boolean;
  /** The entries behind what was settled. Nothing can be cut any more. */
  readonly rest: () => AsyncIterable<Entry>;
}

/** Both in UTF-16 code units. */
export interface CutOptions {
  /** Less than this is not cut. */
  readonly worthwhile: number;
  /** A section is about as long, or longer, as what comes at once is not cut up. */
  readonly size: number;
}

/** No section is so many times as long, if it can be cut. */
const LONG = 4;

/** What is so many times as long and has no place to be cut is read in turn. */
const TOO_LONG = 16;

/** What came so long ago is not held back any more. */
const PATIENCE_MS = 100;

/** A cutter for what follows a place; `undefined` if that is little, or comes slowly. */
export async function openCutter(
  window: Window,
  place: Place,
  { worthwhile, size }: CutOptions,
): Promise<Cutter | undefined> {
  if (!(await hasAtLeast(window, place.start, worthwhile))) return undefined;
  let [settled, cut] = [place, place];
  let halfLines = 0;
  // In the order of the input; text that is cut is forgotten by the window.
  const unsettled: Section[] = [];
  return {
    async next() {
      const stop = await nextStop(window, cut, size);
      if (stop === undefined) return undefined;
      const near = unsettled.at(-1)?.source ?? window.source;
      const section = { ...cut, ...sectionText(window, { start: cut.start, stop, near }), stop };
      unsettled.push(section);
      cut = { ...cut, start: stop, isFirst: false };
      return section;
    },
    settle(section, { at, end, halfLines: more }) {
      // Behind the last of them the reader in turn is stricter.
      if (more > 0 && halfLines + more >= MOST_HALF_LINES) return false;
      halfLines += more;
      const start = at === 'stop' ? section.stop : end;
      settled = { ...place, start, isFirst: section.isFirst && end === section.start };
      if (at === 'stop') unsettled.shift();
      return true;
    },
    rest() {
      putBack(window, unsettled);
      return readFrom(window, settled, { count: halfLines });
    },
  };
}

/** Whether so much follows a place, without much waiting. */
async function hasAtLeast(window: Window, start: number, length: number): Promise<boolean> {
  for (;;) {
    const { source, isComplete } = window;
    const at = start - source.origin.offset;
    if (source.text.length - at >= length) return true;
    if (isComplete || !(await hasMore(window, at)) || window.isWaiting) return false;
  }
}

/** Fetches more of a window. What is wrong with the input is told by who reads the rest. */
async function hasMore(window: Window, at: number): Promise<boolean> {
  try {
    await window.more(at, PATIENCE_MS);
    return true;
  } catch {
    return false;
  }
}

/** Where the next section ends, in the whole input. */
async function nextStop(window: Window, cut: Place, size: number): Promise<number | undefined> {
  const behind = cut.reading.as === 'lines' ? behindLine : behindValue;
  for (;;) {
    const { source, isComplete, isWaiting } = window;
    const { text, origin } = source;
    const from = cut.start - origin.offset;
    const length = text.length - from;
    if (isComplete && length <= size) return length > 0 ? origin.offset + text.length : undefined;
    if (isComplete || isWaiting || length >= size + CONTEXT) {
      const limit = isComplete || isWaiting ? text.length : text.length - CONTEXT;
      const stop = behind(text, from, { wanted: LONG * size, limit });
      if (stop !== undefined) return origin.offset + stop;
      if (isComplete) return origin.offset + text.length;
      if (length > TOO_LONG * size) return undefined;
    }
    if (!(await hasMore(window, from))) return undefined;
  }
}

interface Extent {
  readonly start: number;
  readonly stop: number;
  /** A text of which the place is known, and which may reach to where this one begins. */
  readonly near: SourceText;
}

/** The text of a section, with what surrounds it. */
function sectionText(
  { source, isComplete }: Window,
  { start, stop, near }: Extent,
): Pick<Section, 'source' | 'isComplete'> {
  const { name, text, origin } = source;
  const from = startOfContext(text, start - origin.offset);
  const to = Math.min(text.length, stop - origin.offset + CONTEXT);
  const offset = origin.offset + from;
  // From where the last section begins there may be fewer lines to count than from where the window does.
  const known = near.origin.offset > origin.offset && near.origin.offset <= offset ? near : source;
  const position = positionIn(known, offset - known.origin.offset, positionOnce);
  return {
    source: { name, text: text.slice(from, to), origin: { ...position, offset } },
    isComplete: isComplete && to === text.length,
  };
}

/** Gives a window back the text of sections that it no longer holds. */
function putBack(window: Window, sections: readonly Section[]): void {
  const [first] = sections;
  if (!first) return;
  const { source, start } = first;
  const length = window.source.origin.offset - source.origin.offset;
  if (length <= 0) return;
  const before = source.text.slice(0, start - source.origin.offset);
  const text = before + sections.map(ownText).join('');
  window.putBack({ ...source, text: text.slice(0, length) });
}

function ownText({ source: { text, origin }, start, stop }: Section): string {
  return text.slice(start - origin.offset, stop - origin.offset);
}
