import { positionAt } from '../core/json/position.ts';
import { contentOf, type Input } from './container.ts';
import { decode, decodeProblem } from './decode.ts';
import { createDecoder, type Flaw } from './decoder.ts';
import { beginning, type Entry, type SourceText } from './entry.ts';
import { sourceName } from './source.ts';
import { openSupply, type Supply } from './supply.ts';
import { CONTEXT, openWindow, type Window, wholeWindow } from './window.ts';

export type { Container, Input } from './container.ts';
export type { Flaw } from './decoder.ts';
export { type Entry, positionIn, type SourceText } from './entry.ts';

/** An input that can also be read behind its last entry. */
export interface OpenInput extends Input {
  /**
   * The text that is held at the moment and what follows, in parts that overlap. To be asked for while the last entry
   * is looked at: what is given up with it is only read here.
   */
  readonly rest: () => AsyncIterable<Rest>;
}

export interface Rest {
  readonly source: SourceText;
  /** The offset up to which all is there that a message shows. */
  readonly settled: number;
}

/**
 * The records in `bytes`, the content of the file `name` (`-` for stdin). Nothing but white space has no entries.
 * A broken value is an entry that says so; a broken line of NDJSON does not stop the others, anything else broken
 * is the last entry. Throws `DecodeProblem` when the bytes are no text.
 */
export function readRecords(name: string, bytes: Uint8Array): OpenInput {
  const window = wholeWindow({ name: sourceName(name), text: decode(bytes), origin: beginning });
  const content = contentOf(name, window);
  if (content === undefined) throw new Error('a whole text says what it is');
  return { ...content, rest: () => restOf(window) };
}

export interface OpenOptions {
  /** With it, bytes that are no UTF-8 are U+FFFD in the text, and are told here; else they are a `DecodeProblem`. */
  readonly onFlaw?: (flaw: Flaw) => void;
  /** An input of at most so many bytes, or in a single chunk, that makes not wait is read as a whole before anything is made of it. */
  readonly headSize?: number;
  /** An array of more characters is taken for the only one. */
  readonly longArray?: number;
  /** What is thrown in place of an error, by the call and by the entries. */
  readonly wording?: (error: unknown) => unknown;
}

const HEAD_SIZE = 2 ** 18;

/**
 * {@link readRecords} for an input of any size, of which no more is held than the record in work and some of what
 * surrounds it. Of two things the end would have to be known at the beginning: bytes that are no text are only found
 * when they are reached, so that the entries throw `DecodeProblem` too, and an array that goes on for long is taken
 * for the only one. The chunks are not read to their end if the entries are not.
 */
export async function openRecords(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  { onFlaw, headSize = HEAD_SIZE, longArray, wording = asItIs }: OpenOptions = {},
): Promise<OpenInput> {
  const supply = openSupply(chunks[Symbol.asyncIterator]());
  try {
    const window = await firstWindow(name, supply, { onFlaw, headSize });
    let content = contentOf(name, window, longArray);
    while (content === undefined) {
      await window.more(0);
      content = contentOf(name, window, longArray);
    }
    const { container, entries, cut } = content;
    const wrap = (inner: AsyncIterable<Entry>) => closing(inner, supply, wording);
    return {
      container,
      entries: wrap(entries),
      ...(cut && {
        cut: async (sizes) => {
          const cutter = await cut(sizes);
          return cutter && { ...cutter, rest: () => wrap(cutter.rest()) };
        },
      }),
      rest: () => restOf(window),
    };
  } catch (error) {
    await supply.return?.();
    throw wording(error);
  }
}

function asItIs(error: unknown): unknown {
  return error;
}

interface HeadOptions {
  readonly onFlaw: ((flaw: Flaw) => void) | undefined;
  readonly headSize: number;
}

async function firstWindow(name: string, supply: Supply, { onFlaw, headSize }: HeadOptions): Promise<Window> {
  const { bytes, isAll } = await readHead(supply, headSize);
  const decoder = createDecoder(onFlaw);
  const { text, bad } = decoder.decode(bytes, isAll);
  if (bad) throw decodeProblem(bad, positionAt(text, text.length));
  const source = { name: sourceName(name), text, origin: beginning };
  return openWindow({ source, isComplete: isAll, decoder, supply });
}

async function readHead(
  chunks: AsyncIterator<Uint8Array>,
  size: number,
): Promise<{ bytes: Uint8Array; isAll: boolean }> {
  const parts: Uint8Array[] = [];
  for (let length = 0; ; ) {
    const next = await chunks.next();
    const isAll = next.done === true;
    if (!isAll) {
      if (next.value.length === 0 && length > 0) return { bytes: joined(parts), isAll };
      parts.push(next.value);
      length += next.value.length;
    }
    // A big one that comes alone, as a file does, may be all there is.
    if (isAll || (length > size && parts.length > 1)) return { bytes: joined(parts), isAll };
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return first && parts.length === 1 ? first : Buffer.concat(parts);
}

/**
 * The entries, with the chunks given back when they end in any way. No generator around them and no async function:
 * either would take as long as reading a small record.
 */
function closing(
  entries: AsyncIterable<Entry>,
  chunks: AsyncIterator<Uint8Array>,
  wording: (error: unknown) => unknown,
): AsyncIterable<Entry> {
  const inner = entries[Symbol.asyncIterator]();
  const ended = async (last: IteratorReturnResult<unknown>): Promise<IteratorResult<Entry>> => {
    await chunks.return?.();
    return last;
  };
  const failed = async (error: unknown): Promise<never> => {
    await chunks.return?.();
    throw wording(error);
  };
  const passOn = (next: IteratorResult<Entry>) => (next.done === true ? ended(next) : next);
  const iterator: AsyncIterator<Entry> = {
    next: () => inner.next().then(passOn, failed),
    async return() {
      await inner.return?.();
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

async function* restOf(window: Window): AsyncGenerator<Rest> {
  for (;;) {
    const { source, isComplete } = window;
    const settled = isComplete ? source.text.length : Math.max(0, source.text.length - CONTEXT);
    yield { source, settled };
    if (isComplete) return;
    await window.more(settled);
  }
}
