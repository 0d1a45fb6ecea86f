import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cutter } from '../../src/input/cutter.ts';
import { openRecords } from '../../src/input/records.ts';
import { type Section, workThrough } from '../../src/input/section.ts';

const text = Array.from(
  { length: 8 },
  (_, index) => `{"n":${index},"text":"naïve 日本語 😀 ${'é'.repeat(index * 40)}"}\n`,
);
const bytes = Buffer.from(text.join(''));
const wait = new Uint8Array();

/** The bytes in pieces, the next of which makes wait each time. */
async function* halting(places: readonly number[]): AsyncGenerator<Uint8Array> {
  const ends = places.toSorted((left, right) => left - right);
  for (const [index, end] of [...ends, bytes.length].entries()) {
    yield bytes.subarray(ends[index - 1] ?? 0, end);
    yield wait;
  }
}

async function cutterOf(chunks: AsyncIterable<Uint8Array>): Promise<Cutter> {
  const input = await openRecords('a.ndjson', chunks, { headSize: 0 });
  const cutter = await input.cut?.({ worthwhile: 1, size: 100 });
  if (!cutter) throw new Error('this is worth while');
  return cutter;
}

async function valuesOf(section: Section, into: unknown[]) {
  return workThrough(
    section,
    ({ outcome }) => outcome,
    (outcome) => into.push(outcome.ok && outcome.value) > 0,
  );
}

describe('what is cut while it comes', () => {
  it('is read whole section by section, in whatever character the input makes wait', async () => {
    // Behind so many bytes the encoding is known: before, nothing is cut.
    const place = fc.integer({ min: 10, max: bytes.length });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 6 }), async (places) => {
        const cutter = await cutterOf(halting(places));
        const values: unknown[] = [];
        for (let section = await cutter.next(); section; section = await cutter.next()) {
          const end = await valuesOf(section, values);
          expect(end.at).not.toBe('unsure');
          expect(cutter.settle(section, end)).toBe(true);
        }
        expect(values).toEqual(text.map((line) => JSON.parse(line)));
      }),
      { numRuns: 300 },
    );
  });

  it('is given up soon where nothing more can be cut of what came, and then read in turn', async () => {
    const stall = { isOver: false };
    async function* stalling(): AsyncGenerator<Uint8Array> {
      yield bytes.subarray(0, 200);
      yield bytes.subarray(200, 250);
      while (!stall.isOver) {
        await new Promise((resolve) => void setImmediate(resolve));
        yield wait;
      }
      yield bytes.subarray(250);
    }
    const cutter = await cutterOf(stalling());
    const sections: Section[] = [];
    const cutting = (async () => {
      for (let section = await cutter.next(); section; section = await cutter.next()) sections.push(section);
    })();
    await new Promise((resolve) => void setImmediate(resolve));
    cutter.stop();
    await cutting;
    expect(sections.length).toBeGreaterThan(0);
    stall.isOver = true;
    const values: unknown[] = [];
    for await (const { outcome } of cutter.rest()) values.push(outcome.ok && outcome.value);
    expect(values).toEqual(text.map((line) => JSON.parse(line)));
  });
});
