import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CutOptions } from '../../src/input/cutter.ts';
import type * as rooms from '../../src/input/rooms.ts';
import { spoilt, utf16, wrongs } from '../input/cutting.ts';
import { type FakeOptions, fakeContext } from '../support/world.ts';

// Memory that is given back is used again at once, by nonsense: whoever still looks at it is found out.
vi.mock('../../src/input/rooms.ts', async (original) => {
  const { openRooms } = await original<typeof rooms>();
  return {
    openRooms(size: number): rooms.Rooms {
      const { copy, giveBack } = openRooms(size);
      return {
        copy,
        giveBack(given) {
          given.fill(0x78);
          giveBack(given);
        },
      };
    },
  };
});

const good = (index: number, text: string): string =>
  JSON.stringify({
    id: `conv_${index}`,
    object: 'conversation',
    created_at: index,
    metadata: { topic: text },
    items: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text }] }],
  });

/** Texts that stand for a record, rightly or not. */
const records = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(99), fc.string({ unit: 'grapheme' })).map(([n, text]) => good(n, text)),
  },
  fc.constantFrom(
    '{"object":"conversation","id":"conv_x"}',
    '{"id":"conv_y","object":"conversation","created_at":1,"metadata":{"n":12345678901234567890}}',
    JSON.stringify(JSON.parse(good(7, 'spread')), null, 1),
    JSON.stringify(JSON.parse(good(8, 'returned')), null, 1).replaceAll('\n', '\r'),
    good(9, '\ufeff'),
    '{"__proto__":{"a":1}}',
    '"text"',
    '[]',
    'tru',
    '{"id":',
    '{"a":"half',
    '{"a":1}}',
    '{}{}',
    '{"a":"line\u2028\ud800"}',
    '',
    '   ',
  ),
);

interface Text {
  readonly name: string;
  readonly text: string;
}

interface Bytes {
  readonly name: string;
  readonly text: Uint8Array;
}

const encodings = [
  (text: string): Uint8Array => Buffer.from(text),
  (text: string): Uint8Array => utf16(text, true),
];

const lines = fc
  .tuple(fc.array(records, { maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\n\n', '\r'), fc.boolean())
  .map(([list, end, isEnded]): Text => ({ name: 'a.ndjson', text: list.join(end) + (isEnded ? end : '') }));
const sequences = fc
  .tuple(fc.array(records, { maxLength: 12 }), fc.constantFrom(' ', '', '\n  '))
  .map(([list, between]): Text => ({ name: 'a.json', text: list.join(between) }));
const arrays = fc
  .tuple(
    fc.array(records, { maxLength: 12 }),
    fc.constantFrom(',', ',\n', ' , ', ',,'),
    fc.constantFrom(']', ' ]\n', '', ']]', '] x', ',]'),
  )
  .map(([list, comma, end]): Text => ({ name: 'a.json', text: `[${list.join(comma)}${end}` }));
const inputs = fc.oneof(lines, sequences, arrays);
const cuts = fc.record({ worthwhile: fc.constantFrom(1, 50, 1000), size: fc.integer({ min: 1, max: 400 }) });

/** The same with bytes that are no text in them. */
const flawed = fc
  .tuple(inputs, fc.array(wrongs, { maxLength: 3 }), fc.constantFrom(...encodings))
  .map(([{ name, text }, all, encode]): Bytes => ({ name, text: all.reduce(spoilt, encode(text)) }));

const chunkings = fc.record({ chunkSize: fc.integer({ min: 1, max: 300 }), isHalting: fc.boolean() });

/** A file that is named behind the input. */
const next: Text = {
  name: 'next.ndjson',
  text: [good(1, 'one'), good(2, 'two'), 'tru', good(3, 'three')].join('\n'),
};

interface Run {
  readonly words: readonly string[];
  readonly input: Text | Bytes;
  /** Absent: the input is the only file. */
  readonly behind?: Text | undefined;
  readonly cut?: CutOptions;
  readonly pieces?: Pick<FakeOptions, 'chunkSize' | 'isHalting'>;
}

async function run({ words, input, behind, cut, pieces }: Run) {
  const world = fakeContext({
    files: { [input.name]: input.text, ...(behind && { [behind.name]: behind.text }) },
    ...(cut && { cut }),
    ...pieces,
  });
  const code = await world.run(...words, input.name, ...(behind ? [behind.name] : []));
  return { code, stdout: world.stdout(), stderr: world.stderr(), report: world.file('lost.ndjson') };
}

async function expectTheSame(
  words: readonly string[],
  content: fc.Arbitrary<Text | Bytes>,
  behind?: Text,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(content, cuts, chunkings, async (input, cut, pieces) => {
      // What is read while it comes is known to be no text only when that is reached.
      const uncut = await run({ words, input, behind, ...(pieces.isHalting && { pieces }) });
      expect(await run({ words, input, behind, cut, pieces })).toEqual(uncut);
    }),
    { numRuns: 150 },
  );
}

describe('what is worked on in parts', () => {
  it.each([
    { words: ['convert', '--to', 'looker'] },
    { words: ['convert', '--from', 'openai', '--to', 'orq', '--report', 'lost.ndjson', '-o', 'json'] },
    { words: ['convert', '--to', 'looker', '--strict', '--set', 'nme=x', '-o', 'ndjson'] },
    { words: ['validate'] },
    { words: ['validate', '--strict', '-o', 'json'] },
    { words: ['validate', '--format', 'looker', '-o', 'ndjson'] },
    { words: ['validate', '--format', 'openai', '--request', '-q'] },
  ])('comes out as if it was not: $words', ({ words }) => expectTheSame(words, inputs));

  it.each([
    { words: ['convert', '--to', 'looker'] },
    { words: ['validate'] },
    { words: ['validate', '--format', 'syllable', '-o', 'ndjson'] },
  ])('comes out as if it was not, with bytes that are no text too: $words', ({ words }) =>
    expectTheSame(words, flawed),
  );

  it.each([{ words: ['convert', '--to', 'looker', '-o', 'json'] }, { words: ['validate'] }])(
    'comes out as if it was not, with another file behind one that may be no text: $words',
    ({ words }) => expectTheSame(words, flawed, next),
  );

  it.each([
    { words: ['convert', '--to', 'looker'], halfLines: 98 },
    { words: ['validate'], halfLines: 98 },
    { words: ['validate'], halfLines: 120 },
  ])(
    'comes out as if it was not where much is to be said of it: $words, $halfLines',
    async ({ words, halfLines }) => {
      const broken = `{"id":\n${'7\n'.repeat(80)}`;
      // Behind a hundred half lines, values that span lines are taken for broken ones.
      const spanning = JSON.stringify(JSON.parse(good(1, 'last')), null, 1);
      const input = { name: 'a.ndjson', text: broken.repeat(halfLines) + spanning };
      const uncut = await run({ words, input });
      for (const size of [42, 200, 2000, 2 ** 17]) {
        expect(await run({ words, input, cut: { worthwhile: 1, size } })).toEqual(uncut);
      }
    },
  );
});
