import { createHash } from 'node:crypto';

/** A number for each of many texts. Of a text no more is kept than 128 bits of its SHA-256: 24 to 70 bytes for each. */
export interface DigestTable {
  /** `undefined` for a text that was given none. */
  readonly get: (text: string) => number | undefined;
  readonly set: (text: string, value: number) => void;
}

/** Of a digest, which is a place's key, in words of 32 bits. */
const WORDS = 4;
const FIRST_SIZE = 1024;
/** So full a table is searched quickly still. */
const FULL = 0.7;

export function createDigestTable(): DigestTable {
  let table = emptyTable(FIRST_SIZE);
  let count = 0;
  return {
    get(text) {
      const value = table.values[placeOf(table, wordsOf(text))];
      return Number.isNaN(value) ? undefined : value;
    },
    set(text, value) {
      const words = wordsOf(text);
      const place = placeOf(table, words);
      if (Number.isNaN(table.values[place])) {
        table.words.set(words, WORDS * place);
        count += 1;
      }
      table.values[place] = value;
      if (count > FULL * table.values.length) table = larger(table);
    },
  };
}

/** Open addressing: what finds its place taken has the next one that is free. */
interface Table {
  readonly words: Uint32Array;
  /** NaN where a place is free. */
  readonly values: Float64Array;
}

function emptyTable(size: number): Table {
  return { words: new Uint32Array(WORDS * size), values: new Float64Array(size).fill(Number.NaN) };
}

/** Not every text of JavaScript is well-formed, as UTF-8 would make it. */
function wordsOf(text: string): Uint32Array {
  const bytes = createHash('sha256').update(text, 'utf16le').digest();
  return Uint32Array.from({ length: WORDS }, (_, index) => bytes.readUInt32LE(4 * index));
}

/** Where these words are, or would be. */
function placeOf({ words: all, values }: Table, words: Uint32Array): number {
  let place = (words[0] ?? 0) % values.length;
  while (!Number.isNaN(values[place]) && !isAt(all, WORDS * place, words))
    place = (place + 1) % values.length;
  return place;
}

function isAt(all: Uint32Array, start: number, words: Uint32Array): boolean {
  for (let index = 0; index < WORDS; index++) if (all[start + index] !== words[index]) return false;
  return true;
}

function larger({ words, values }: Table): Table {
  const table = emptyTable(2 * values.length);
  for (const [old, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const own = words.subarray(WORDS * old, WORDS * (old + 1));
    const place = placeOf(table, own);
    table.words.set(own, WORDS * place);
    table.values[place] = value;
  }
  return table;
}
