import { isBlank } from '../core/json/characters.ts';
import type { Prefix } from '../core/json/parse.ts';
import { endOfLine, positionOnce } from '../core/json/position.ts';
import { skipNumber } from '../core/json/scan.ts';
import { type DecodeProblem, decodeProblem, tooLong } from './decode.ts';
import type { Decoded, Decoder } from './decoder.ts';
import { type Attempt, positionIn, type SourceText } from './entry.ts';

/** The part of an input that is held at the moment. */
export interface Window {
  /** Another one after each {@link more}. */
  readonly source: SourceText;
  /** Nothing follows the text of `source`. */
  readonly isComplete: boolean;
  /**
   * Forgets what stands before `at`, but for what messages show of it, and adds what follows: at least as much as
   * there is behind `at`, so that what is read anew after each call stays in proportion, or a line, if the input then
   * makes wait. Where `at` is then comes back. Throws `DecodeProblem`, and what the input throws.
   */
  readonly more: (at: number) => Promise<number>;
}

/** Messages show no more of a line than this before and behind a place, in UTF-16 code units. */
export const CONTEXT = 256;

/** An input that is all there. */
export function wholeWindow(source: SourceText): Window {
  return { source, isComplete: true, more: async (at) => at };
}

/** Whether nothing behind `offset` that has not been read yet can change what is said of it. */
export function isSettled({ source: { text }, isComplete }: Window, offset: number): boolean {
  return isComplete || text.length - offset >= CONTEXT || endOfLine(text, offset) < text.length;
}

/** Whether what was read stays as it is, whatever follows. What the text of the window cuts off does not. */
export function isCertain(window: Window, read: Attempt<Prefix>): boolean {
  if (window.isComplete) return true;
  if (read.ok) return isSettled(window, read.result.end);
  const { text } = window.source;
  const { kind, offset } = read.problem;
  if (kind === 'truncated') return false;
  // A number is told in full.
  return isSettled(window, kind === 'number' ? skipNumber(text, offset, text.length) : offset);
}

/** What has been read of an input that goes on, and how to get what follows. */
export interface Beginning {
  readonly source: SourceText;
  readonly decode: Decoder;
  readonly chunks: AsyncIterator<Uint8Array>;
}

/** A window on an input that goes on behind what has been read. */
export function openWindow({ source, decode, chunks }: Beginning): Window {
  let [now, isComplete] = [source, false];
  let problem: DecodeProblem | undefined;
  return {
    get source() {
      return now;
    },
    get isComplete() {
      return isComplete;
    },
    async more(at) {
      if (problem) throw problem;
      if (isComplete) return at;
      const cut = startOfContext(now.text, at);
      const kept = now.text.slice(cut);
      const wanted = Math.min(now.text.length - at, BIGGEST_STEP);
      const [long, short] = kept.length > LONGEST_PREFIX ? [kept, ''] : ['', kept];
      const added = await readText({ decode, chunks }, short, wanted);
      if (long.length + added.text.length > LONGEST_TEXT) throw tooLong(positionIn(now, at));
      const origin = { ...positionIn(now, cut, positionOnce), offset: now.origin.offset + cut };
      now = { name: now.name, text: long + added.text, origin };
      isComplete = added.isLast;
      // What stands before it may still be read.
      if (added.bad) problem = decodeProblem(added.bad, positionIn(now, now.text.length));
      return at - cut;
    },
  };
}

/** No string of V8 is longer. */
const LONGEST_TEXT = 2 ** 29 - 24;

/** More text than this is not given to the decoder again. */
const LONGEST_PREFIX = 2 ** 17;

/** The most that is asked for at once, though more may come. */
const BIGGEST_STEP = 2 ** 26;

/** So much white space before a place is looked through for what stands before it. */
const BLANK_CONTEXT = 2 ** 16;

/** Messages look behind white space: a comma before a closing bracket is what is wrong with it. */
function startOfContext(text: string, at: number): number {
  const lowest = Math.max(0, at - BLANK_CONTEXT);
  let content = at;
  while (content > lowest && isBlank(text.charCodeAt(content - 1))) content--;
  const start = Math.max(0, content - CONTEXT);
  return isSecondHalf(text.charCodeAt(start)) ? start - 1 : start;
}

interface Added extends Decoded {
  readonly isLast: boolean;
}

/** `kept`, and the text that follows: some of it, and no less than `wanted` where there is as much soon. */
async function readText(
  { decode, chunks }: Omit<Beginning, 'source'>,
  kept: string,
  wanted: number,
): Promise<Added> {
  const parts: string[] = [];
  for (let length = -kept.length; length <= wanted; ) {
    const next = await chunks.next();
    const isLast = next.done === true;
    if (!isLast && next.value.length === 0) {
      if (parts.some((part) => part.includes('\n'))) return { text: parts.join(''), isLast };
      continue;
    }
    const { text, bad } = decode(
      isLast ? new Uint8Array() : next.value,
      isLast,
      parts.length === 0 ? kept : '',
    );
    parts.push(text);
    length += text.length;
    if (isLast || bad) return { text: parts.join(''), isLast: isLast && !bad, ...(bad && { bad }) };
  }
  return { text: parts.join(''), isLast: false };
}

/** Half of a character is no text to be decoded behind. */
function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
