import { isBlank } from '../core/json/characters.ts';
import type { Prefix } from '../core/json/parse.ts';
import { endOfLine, positionOnce } from '../core/json/position.ts';
import { skipNumber } from '../core/json/scan.ts';
import { decodeProblem, tooLong } from './decode.ts';
import type { Decoded, Decoder } from './decoder.ts';
import { type Attempt, type Entry, type Origin, positionIn, type SourceText } from './entry.ts';
import type { Supply } from './supply.ts';

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
  /** The input as bytes, for who reads it in the place of the window; `undefined` where they are not to be had. */
  readonly bytes: () => Bytes | undefined;
}

/** What a window holds of an input and what follows, as UTF-8. */
export interface Bytes {
  readonly name: string;
  readonly held: readonly Uint8Array[];
  /** Where they begin; offsets count bytes from here on. */
  readonly origin: Origin;
  readonly supply: Supply;
  /** Has the window go on with a text, behind which the bytes come that are given back, and what the supply has. */
  readonly resume: (source: SourceText, back: readonly Uint8Array[]) => void;
}

/**
 * A reader that does not know where more of its window comes from: it yields entries, and offsets when it needs what
 * follows the window; where such an offset is then comes back, as from {@link Window.more}.
 */
export type Steps = Generator<Entry | number, void, number>;

/** The entries of a reader, more of the window fetched when it asks. No generator: it would take longer than a small record. */
export function entriesOf(window: Window, open: () => Steps): AsyncIterable<Entry> {
  let steps: Steps | undefined;
  const iterator: AsyncIterator<Entry> = {
    async next() {
      steps ??= open();
      let step = steps.next(0);
      while (step.done !== true && typeof step.value === 'number') {
        step = steps.next(await window.more(step.value));
      }
      if (step.done === true || typeof step.value === 'number') return { done: true, value: undefined };
      return { done: false, value: step.value };
    },
    async return() {
      steps = nothing();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

function* nothing(): Steps {}

/** Messages show no more of a line than this before and behind a place, in UTF-16 code units. */
export const CONTEXT = 256;

/** An input that is all there. */
export function wholeWindow(source: SourceText): Window {
  return { source, isComplete: true, more: async (at) => at, bytes: () => undefined };
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
  /** That is all. */
  readonly isComplete: boolean;
  readonly decoder: Decoder;
  readonly supply: Supply;
}

/** A window on an input that goes on behind what has been read. */
export function openWindow({ supply, ...begun }: Beginning): Window {
  let { source: now, decoder, isComplete } = begun;
  let problem: Error | undefined;
  return {
    get source() {
      return now;
    },
    get isComplete() {
      return isComplete;
    },
    bytes() {
      const undecoded = problem === undefined ? decoder.rest() : undefined;
      if (undecoded === undefined) return undefined;
      const held = Buffer.from(now.text);
      // Of a byte order mark.
      const offset = undecoded.byteOffset - now.origin.offset - held.length;
      const resume: Bytes['resume'] = (source, back) => {
        const { text, origin } = source;
        const byteOffset = offset + origin.offset + Buffer.byteLength(text);
        decoder = undecoded.decoderAt({ byteOffset, offset: origin.offset + text.length });
        [now, isComplete] = [source, false];
        supply.giveBack(back);
      };
      return { name: now.name, held: [held, undecoded.waiting], origin: now.origin, supply, resume };
    },
    async more(at) {
      if (problem !== undefined) throw problem;
      if (isComplete) return at;
      const cut = startOfContext(now.text, at);
      const kept = now.text.slice(cut);
      const wanted = Math.min(now.text.length - at, BIGGEST_STEP);
      const [long, short] = kept.length > LONGEST_PREFIX ? [kept, ''] : ['', kept];
      const added = await readText({ decoder, supply }, { kept: short, wanted });
      if (long.length + added.text.length > LONGEST_TEXT) {
        // Asked again it must not go on behind what was read in vain.
        problem = tooLong(positionIn(now, at));
        throw problem;
      }
      const origin = { ...positionIn(now, cut, positionOnce), offset: now.origin.offset + cut };
      now = { name: now.name, text: long + added.text, origin };
      isComplete = added.isLast;
      // What stands before it may still be read.
      problem = added.bad ? decodeProblem(added.bad, positionIn(now, now.text.length)) : added.trouble;
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
export const BLANK_CONTEXT = 2 ** 16;

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
  /** What the input threw behind this. */
  readonly trouble?: Error;
}

interface Wanted {
  /** Comes first. */
  readonly kept: string;
  /** No less follows, where there is as much soon. */
  readonly wanted: number;
}

/** What was kept and what follows it. What goes wrong comes back with what stands before it. */
async function readText(
  { decoder, supply }: Pick<Beginning, 'decoder' | 'supply'>,
  { kept, wanted }: Wanted,
): Promise<Added> {
  const parts: string[] = [];
  const taken = (): string => (parts.length === 0 ? kept : parts.join(''));
  for (let length = -kept.length; length <= wanted; ) {
    const next = await nextOf(supply);
    // Told by the next call: what stands before it can still be read.
    if ('trouble' in next) return { text: taken(), isLast: false, ...next };
    const isLast = next.done === true;
    if (!isLast && next.value.length === 0) {
      if (parts.some((part) => part.includes('\n'))) return { text: taken(), isLast };
      continue;
    }
    const { text, bad } = decoder.decode(
      isLast ? new Uint8Array() : next.value,
      isLast,
      parts.length === 0 ? kept : '',
    );
    parts.push(text);
    length += text.length;
    if (isLast || bad) return { text: taken(), isLast: isLast && !bad, ...(bad && { bad }) };
  }
  return { text: taken(), isLast: false };
}

async function nextOf(supply: Supply): Promise<IteratorResult<Uint8Array> | { readonly trouble: Error }> {
  try {
    return await supply.next();
  } catch (error) {
    return { trouble: error instanceof Error ? error : new Error(String(error), { cause: error }) };
  }
}

/** Half of a character is no text to be decoded behind. */
function isSecondHalf(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
