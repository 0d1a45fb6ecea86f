import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRecords, readRecords } from '../../src/input/records.ts';
import {
  cut,
  cuttings,
  encodings,
  names,
  problemOf,
  spoilt,
  texts,
  told,
  toldMended,
  utf16,
  wordsOf,
  wrongs,
} from './cutting.ts';
import { bytesOf } from './reading.ts';

describe('an input in pieces', { timeout: 120_000 }, () => {
  it('has the entries, places and problems of the whole, wherever it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(texts, names, encodings, cuttings, async (text, name, encode, cutting) => {
        const bytes = encode(text);
        const whole = await told(readRecords(name, bytes));
        const streamed = await told(await openRecords(name, cut(bytes, cutting), cutting));
        fc.pre(!isArrayAmongOthers(whole, streamed));
        expect(streamed).toStrictEqual(whole);
      }),
      { numRuns: 1500 },
    );
  });

  it('is read byte by byte too', async () => {
    const text = `\r\n{"a":"é😀"}\r\n{"b":\r\n[1,\r\n2]}\r\n\r{"c":x}\r\n{"d":"😀"`;
    for (const bytes of [bytesOf(text), bytesOf(`\ufeff${text}`), utf16(text, true), utf16(text, false)]) {
      const whole = await told(readRecords('a.ndjson', bytes));
      const pieces = cut(bytes, { sizes: [1] });
      expect(await told(await openRecords('a.ndjson', pieces, { headSize: 0 }))).toStrictEqual(whole);
    }
  });

  it('that is no text is refused at the place of the whole, behind entries of the whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        names,
        encodings,
        cuttings,
        wrongs,
        async (text, name, encode, cutting, wrong) => {
          const bytes = spoilt(encode(text), wrong);
          const whole = await problemOf(() => told(readRecords(name, bytes)));
          const seen: ReturnType<typeof wordsOf>[] = [];
          let container = '';
          const streamed = await problemOf(async () => {
            const input = await openRecords(name, cut(bytes, cutting), cutting);
            container = input.container;
            for await (const entry of input.entries) seen.push(wordsOf(entry));
          });
          // Behind a broken value nothing is read.
          if (streamed !== undefined || seen.at(-1)?.isLast !== true) expect(streamed).toStrictEqual(whole);
          const mended = await toldMended(name, bytes, undefined);
          fc.pre(!isArrayAmongOthers(mended, { container }));
          if (whole !== undefined && mended.entries) {
            expect(mended.entries.slice(0, seen.length)).toStrictEqual(seen);
          }
        },
      ),
      { numRuns: 800 },
    );
  });

  it('has the flaws of the whole where bytes that are no UTF-8 are let pass', async () => {
    await fc.assert(
      fc.asyncProperty(
        texts,
        names,
        cuttings,
        fc.array(wrongs, { minLength: 1, maxLength: 4 }),
        async (text, name, cutting, all) => {
          let bytes = bytesOf(text);
          for (const wrong of all) bytes = Uint8Array.from(spoilt(bytes, wrong));
          const whole = await toldMended(name, bytes, undefined);
          const streamed = await toldMended(name, bytes, cutting);
          fc.pre(!isArrayAmongOthers(whole, streamed));
          expect(streamed).toStrictEqual(whole);
        },
      ),
      { numRuns: 800 },
    );
  });

  it('is not read on once nobody asks for more, or when it is no text', async () => {
    let closed = 0;
    async function* endless(text: string): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from(text, 'latin1');
      } finally {
        closed += 1;
      }
    }
    for await (const { outcome } of (await openRecords('a', endless('{"a":1}\n'))).entries) {
      expect(outcome).toStrictEqual({ ok: true, value: { a: 1 } });
      break;
    }
    expect(closed).toBe(1);
    await expect(openRecords('a', endless('{"a":"\xe9"}\n'))).rejects.toThrow('this is not UTF-8');
    expect(closed).toBe(2);
  });

  it.each([
    ['lines', '', '\n', '\n'],
    ['a sequence', '', ' ', ''],
    ['a long array, once it is seen to be one', '[', ',', ']'],
  ])('of %s is held no longer than what is shown of a record', async (_, before, between, after) => {
    const input = await openRecords('a.json', written(120_000, before, between, after));
    let [count, longest] = [0, 0];
    for await (const { source, outcome } of input.entries) {
      expect(outcome).toMatchObject({ ok: true, value: { index: count } });
      if (count > 110_000) longest = Math.max(longest, source.text.length);
      count += 1;
    }
    expect(count).toBe(120_000);
    expect(longest).toBeLessThan(2000);
  });

  it('with a record far longer than its pieces is not read over and over', async () => {
    const text = JSON.stringify({ text: Array.from({ length: 400_000 }, (_, index) => index) });
    const bytes = bytesOf(`{"a":1}\n${text}\n`);
    const before = performance.now();
    const { entries } = await told(
      await openRecords('a.json', cut(bytes, { sizes: [500] }), { headSize: 0 }),
    );
    expect(entries).toHaveLength(2);
    // Some tens of milliseconds; quadratic, it would be minutes.
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

/** A long array may be the first of several, which only its end tells. */
function isArrayAmongOthers(whole: { container?: string }, streamed: { container?: string }): boolean {
  return whole.container === 'ndjson' && streamed.container === 'array';
}

async function* written(
  count: number,
  before: string,
  between: string,
  after: string,
): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) {
    const record = JSON.stringify({ index, text: 'x'.repeat(80) });
    yield bytesOf((index === 0 ? before : between) + record);
  }
  yield bytesOf(after);
}
