import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CutOptions } from '../../src/input/cutter.ts';
import { fakeContext } from '../support/world.ts';

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
const cuts = fc.record({ worthwhile: fc.constantFrom(1, 50), size: fc.integer({ min: 1, max: 400 }) });

interface Run {
  readonly words: readonly string[];
  readonly input: Text;
  readonly cut?: CutOptions;
  readonly chunkSize?: number;
}

async function run({ words, input, cut, chunkSize }: Run) {
  const world = fakeContext({
    files: { [input.name]: input.text },
    ...(cut && { cut }),
    ...(chunkSize !== undefined && { chunkSize }),
  });
  const code = await world.run(...words, input.name);
  return { code, stdout: world.stdout(), stderr: world.stderr(), report: world.file('lost.ndjson') };
}

describe('what is worked on in parts', () => {
  it.each([
    { words: ['convert', '--to', 'looker'] },
    { words: ['convert', '--from', 'openai', '--to', 'orq', '--report', 'lost.ndjson', '-o', 'json'] },
    { words: ['convert', '--to', 'looker', '--strict', '--set', 'nme=x', '-o', 'ndjson'] },
  ])('comes out as if it was not: $words', async ({ words }) => {
    await fc.assert(
      fc.asyncProperty(inputs, cuts, fc.integer({ min: 1, max: 300 }), async (input, cut, chunkSize) => {
        expect(await run({ words, input, cut, chunkSize })).toEqual(await run({ words, input }));
      }),
      { numRuns: 400 },
    );
  });
});
