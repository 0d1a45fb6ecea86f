import fc from 'fast-check';
import { excerpt } from '../../src/core/json/position.ts';
import { DecodeProblem } from '../../src/input/decode.ts';
import {
  type Entry,
  type Flaw,
  type Input,
  openRecords,
  positionIn,
  type SourceText,
} from '../../src/input/records.ts';
import { bytesOf, pretty } from './reading.ts';

/** Where to cut bytes, again and again, 0 being a piece that says that the next makes wait, and how many of them are read before anything is made of them. */
export interface Cutting {
  readonly sizes: readonly number[];
  readonly headSize?: number;
  readonly longArray?: number;
}

export const cuttings: fc.Arbitrary<Cutting> = fc.record({
  sizes: fc
    .array(
      fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 })),
      { minLength: 1, maxLength: 5 },
    )
    .filter((sizes) => sizes.some((size) => size > 0)),
  headSize: fc.oneof(fc.constant(0), fc.nat({ max: 400 })),
  longArray: fc.constantFrom(0, 300, 1e6),
});

/** Bytes in pieces. */
export async function* cut(bytes: Uint8Array, { sizes }: Cutting): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

/** All that an input says, with places in the whole. */
export async function told({
  container,
  entries,
}: Input): Promise<{ container: string; entries: unknown[] }> {
  const all: unknown[] = [];
  for await (const entry of entries) all.push(wordsOf(entry));
  return { container, entries: all };
}

/** An entry with its places in the whole, as they are shown to people too. */
export function wordsOf({ source, start, end, outcome, isLast }: Entry) {
  const shown = outcome.ok
    ? outcome
    : { ...placeOf(source, outcome.problem.offset), ...problemWords(outcome.problem) };
  const until = isLast ? { isLast } : { end: source.origin.offset + end };
  const { at, excerpt: beginning } = placeOf(source, start);
  return { at, ...until, ...(outcome.ok && { beginning }), shown };
}

function problemWords({ kind, message, hint }: { kind: string; message: string; hint: string | undefined }) {
  return { kind, message, hint };
}

function placeOf(source: SourceText, offset: number) {
  const { line, column } = positionIn(source, offset);
  const shown = excerpt(source.text, offset);
  return {
    at: `${source.origin.offset + offset} ${line}:${column}`,
    excerpt: `${shown.caret} ${shown.line}`,
  };
}

/** The same with what is no text let pass: what was told of it, and where. */
export async function toldMended(name: string, bytes: Uint8Array, cutting: Cutting | undefined) {
  let flaws: Flaw[] = [];
  const found: unknown[] = [];
  const take = (source: SourceText, end: number): void => {
    for (const { offset, message } of flaws.filter((flaw) => flaw.offset < end)) {
      found.push({ message, ...placeOf(source, offset - source.origin.offset) });
    }
    flaws = flaws.filter((flaw) => flaw.offset >= end);
  };
  const onFlaw = (flaw: Flaw): void => void flaws.push(flaw);
  const chunks = cut(bytes, cutting ?? { sizes: [Math.max(1, bytes.length)] });
  try {
    const input = await openRecords(name, chunks, { ...cutting, onFlaw });
    const entries: unknown[] = [];
    for await (const entry of input.entries) {
      entries.push(wordsOf(entry));
      if (!entry.isLast) take(entry.source, entry.source.origin.offset + entry.end);
      else for await (const { source, settled } of input.rest()) take(source, source.origin.offset + settled);
    }
    return { container: input.container, entries, found, flaws };
  } catch (error) {
    if (error instanceof DecodeProblem) return { problem: placed(error) };
    throw error;
  }
}

/** The place of the bytes that are no text, if that is why `run` fails. */
export async function problemOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    if (error instanceof DecodeProblem) return placed(error);
    throw error;
  }
  return undefined;
}

function placed({ message, hint, line, column, byteOffset }: DecodeProblem) {
  return { message, hint, line, column, byteOffset };
}

export const names = fc.constantFrom('a.json', 'a.ndjson', 'b.jsonl.gz', '-');

const value = fc.constantFrom(
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '1',
  '12345678901234567890',
  '9'.repeat(600),
  '-1.5e',
  'x',
  'tru',
  'true',
  '//',
  '"',
  '\\',
  '\\u00',
  ' ',
  '\t',
  ' '.repeat(400),
  'é',
  '😀',
  '\ufeff',
  '[]',
  '{"a":1}',
  '{"a":1,"a":2}',
  'x\n',
  '{"a":\r\n[1,2,\n3]}',
  '{"a":"é😀\\ud83d"}',
  `{"long":"${'lorem 😀 ipsum '.repeat(30)}"}`,
  `[${'[1],'.repeat(150)}2]`,
  '\n',
  '\r\n',
  '\r',
);

const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 12 });

const good = fc.integer({ min: 1, max: 200 }).map((length) => JSON.stringify({ text: 'x'.repeat(length) }));

const endings = fc.array(
  fc.oneof(
    fc.constantFrom(
      '{"a":1,"a":2}',
      'x\n',
      '{"a":"b\n',
      '{"a":[1',
      '{"a":\n1}',
      '\n',
      ']',
      ',',
      ' '.repeat(300),
      '9'.repeat(700),
    ),
    value,
  ),
  { maxLength: 4 },
);

/** Something is wrong behind so much that its beginning is not held any more. */
const late = fc
  .tuple(
    fc.array(good, { minLength: 1, maxLength: 30 }),
    fc.constantFrom(['', '\n'], ['', '\r\n'], ['[', ',\n'], ['\n [', ','], ['', ' ']),
    endings,
  )
  .map(([all, [before = '', between = ''], ending]) =>
    [before + all.join(between), ending.join('')].join(between),
  );

/** Texts that are nearly records in all the ways there are to write some, and texts that are anything. */
export const texts = fc.oneof(
  late,
  fc.array(value, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc
    .array(fc.oneof(value, fc.constant('\n'), fc.constant('{"a":{"b":[1,2]}}\n')), { maxLength: 60 })
    .map((pieces) => pieces.join('')),
  fc
    .tuple(records, fc.constantFrom('\n', '\r\n', '\r', '', ' ', ',\n'), fc.boolean(), fc.boolean())
    .map(([all, gap, isPretty, isArray]) => {
      const text = all.map((each) => (isPretty ? pretty(each) : JSON.stringify(each))).join(gap);
      return isArray ? `[${text}]` : text;
    }),
  fc
    .tuple(records, fc.nat(), value)
    .map(([all, at, piece]) => spliced(all.map((each) => JSON.stringify(each)).join(',\n'), at, piece))
    .map((text) => `[${text}]`),
);

function spliced(text: string, raw: number, piece: string): string {
  const at = raw % (text.length + 1);
  return text.slice(0, at) + piece + text.slice(at);
}

/** Bytes that break a text, and where. */
export const wrongs = fc.record({
  at: fc.nat(),
  bytes: fc.constantFrom(
    [0xff],
    [0xc3],
    [0xe2, 0x82],
    [0xf0, 0x9f, 0x98],
    [0x80],
    [0xed, 0xa0, 0x80],
    [0x00, 0xd8],
  ),
});

export function spoilt(
  bytes: Uint8Array,
  { at, bytes: wrong }: { at: number; bytes: readonly number[] },
): Uint8Array {
  const place = at % (bytes.length + 1);
  return Uint8Array.from([...bytes.subarray(0, place), ...wrong, ...bytes.subarray(place)]);
}

export function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let at = 0; at < text.length; at++) view.setUint16(2 * at + 2, text.charCodeAt(at), littleEndian);
  return bytes;
}

/** Ways to write a text down. */
export const encodings = fc.constantFrom<(text: string) => Uint8Array>(
  (text) => bytesOf(text),
  (text) => bytesOf(`\ufeff${text}`),
  (text) => utf16(text, true),
  (text) => utf16(text, false),
);
