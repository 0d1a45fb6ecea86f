import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesOf, pretty, read } from './reading.ts';

describe('several values', { timeout: 60_000 }, () => {
  it('are an entry each, on lines or not, pretty or not', async () => {
    expect(await read('{"a":1}\n{"a":2}\n')).toStrictEqual(['ndjson', { a: 1 }, { a: 2 }]);
    expect(await read('{"a":1}\r\n\r\n{"a":2}\r\n')).toStrictEqual(['ndjson', { a: 1 }, { a: 2 }]);
    expect(await read('{"a":1}\r{"a":2}')).toStrictEqual(['ndjson', { a: 1 }, { a: 2 }]);
    expect(await read('{"a":1}{"a":2} {"a":3}')).toStrictEqual(['ndjson', { a: 1 }, { a: 2 }, { a: 3 }]);
    expect(await read(`${pretty({ a: 1 })}\n${pretty({ a: 2 })}\n`)).toStrictEqual([
      'ndjson',
      { a: 1 },
      { a: 2 },
    ]);
    expect(await read(`${pretty([1])}\n${pretty([2])}`)).toStrictEqual(['ndjson', [1], [2]]);
    expect(await read('[1]\n[2]\n')).toStrictEqual(['ndjson', [1], [2]]);
    expect(await read('[1][2]')).toStrictEqual(['ndjson', [1], [2]]);
    expect(await read('1 2')).toStrictEqual(['ndjson', 1, 2]);
  });

  it('may be short ones on a line and long ones on many, as jq prints them', async () => {
    expect(await read('{}\n{\n  "a": 1\n}\n[]\n{\n  "a": [\n    2\n  ]\n}\n')).toStrictEqual([
      'ndjson',
      {},
      { a: 1 },
      [],
      { a: [2] },
    ]);
  });

  it('end at a broken one when they are not on lines', async () => {
    expect(await read('{"a":1} {"a":x} {"a":3}')).toStrictEqual([
      'ndjson',
      { a: 1 },
      '1:14 syntax: expected a value but found "x" (JSON puts text and keys in double quotes: "…"; nothing after it was read)',
    ]);
    expect(await read(`${pretty({ a: 1 })}\n{\n"a": 1,\n}\n{}`)).toStrictEqual([
      'ndjson',
      { a: 1 },
      '5:7 syntax: there is a comma before the closing "}" (remove the comma; nothing after it was read)',
    ]);
    expect(await read('{\n}\n{"a":')).toStrictEqual([
      'ndjson',
      {},
      '3:6 truncated: the text ends inside an object that began at line 3, column 1',
    ]);
  });
});

describe('NDJSON', { timeout: 60_000 }, () => {
  it.each(['a.ndjson', 'a.jsonl', 'A.NDJSON', 'x/y.b.JSONL'])(
    'is what %s is called, with one line too',
    async (name) => {
      expect(await read('{"a":1}\n', name)).toStrictEqual(['ndjson', { a: 1 }]);
      expect(await read('[1,2]', name)).toStrictEqual(['ndjson', [1, 2]]);
      expect(await read('[1,2]\n[3]\n', name)).toStrictEqual(['ndjson', [1, 2], [3]]);
    },
  );

  it('is not what another name is called', async () => {
    expect(await read('{}', 'ndjson')).toStrictEqual(['object', {}]);
    expect(await read('[{}]', 'a.jsonl.json')).toStrictEqual(['array', {}]);
  });

  it('goes on behind a broken line', async () => {
    const text =
      '{"a":1}\n{"a":\n{"a":3}\nnonsense\n{"a":5,}\n\n{"a":1,"a":2}\n{"id":12345678901234567890}\n{"a":"x\n{"a":6}';
    const expected = [
      'ndjson',
      { a: 1 },
      '2:6 truncated: the line ends inside an object that began at line 2, column 1 (in NDJSON every value stands on a line of its own)',
      { a: 3 },
      '4:1 syntax: expected a value but found "nonsense" (JSON puts text and keys in double quotes: "…")',
      '5:7 syntax: there is a comma before the closing "}" (remove the comma)',
      '7:8 duplicate: duplicate key "a" (first at line 7, column 2)',
      '8:7 number: the number 12345678901234567890 cannot be kept exactly: it would become 12345678901234567000 (put it in double quotes to keep it as text)',
      '9:8 truncated: the line ends inside a string that began at line 9, column 6 (in NDJSON every value stands on a line of its own)',
      { a: 6 },
    ];
    expect(await read(text)).toStrictEqual(expected);
    expect(await read(text.replaceAll('\n', '\r\n'), 'a.jsonl')).toStrictEqual(expected);
  });

  it('goes on behind a broken first line only when its name says what it is', async () => {
    expect(await read('{"a":\n{"a":2}\n{"a":3}', 'a.ndjson')).toStrictEqual([
      'ndjson',
      '1:6 truncated: the line ends inside an object that began at line 1, column 1 (in NDJSON every value stands on a line of its own)',
      { a: 2 },
      { a: 3 },
    ]);
    expect(await read('x\n{"a":2}')).toStrictEqual([
      'object',
      '1:1 syntax: expected a value but found "x" (JSON puts text and keys in double quotes: "…")',
    ]);
  });

  it('is cut off in its last line', async () => {
    expect(await read('{"a":1}\n{"a":2')).toStrictEqual([
      'ndjson',
      { a: 1 },
      '2:7 truncated: the text ends inside an object that began at line 2, column 1',
    ]);
  });

  it('takes a line as good or bad as a whole', async () => {
    expect(await read('{"a":1}\n{"a":2}{"a":3}\n{"a":4}}\n{"a":5}')).toStrictEqual([
      'ndjson',
      { a: 1 },
      { a: 2 },
      { a: 3 },
      '3:8 syntax: expected a value but found "}"',
      { a: 5 },
    ]);
  });

  it('gives a broken line its own offsets', async () => {
    const { entries } = await entriesOf('{"a":1}\r\n  {"a": \r\n{"a":3}', 'a.json');
    expect(entries.map(({ start, end }) => [start, end])).toStrictEqual([
      [0, 7],
      [11, 17],
      [19, 26],
    ]);
  });

  it('survives tens of thousands of half lines', async () => {
    const { entries } = await entriesOf('{"a":1}\n'.concat('{"a":[\n'.repeat(30_000)), 'a.json');
    expect(entries).toHaveLength(30_001);
    expect(entries.filter(({ outcome }) => outcome.ok)).toHaveLength(1);
  });
});

describe('any records', { timeout: 60_000 }, () => {
  const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
    minLength: 2,
    maxLength: 6,
  });

  it('come back from every way to write them', async () => {
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const values: unknown[] = JSON.parse(JSON.stringify(given));
        const lines = values.map((value) => JSON.stringify(value));
        expect(await read(JSON.stringify(values))).toStrictEqual(['array', ...values]);
        expect(await read(pretty(values))).toStrictEqual(['array', ...values]);
        expect(await read(`[${lines.join(',\n')}]\n`)).toStrictEqual(['array', ...values]);
        for (const gap of ['', '\n', '\r\n', '\r', ' ', '\n\n']) {
          expect(await read(lines.join(gap))).toStrictEqual(['ndjson', ...values]);
          expect(await read(values.map(pretty).join(gap))).toStrictEqual(['ndjson', ...values]);
          expect(await read(values.map(pretty).join(gap), 'a.jsonl')).toStrictEqual(['ndjson', ...values]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('are read up to the cut of a text, and the cut is told', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.nat(), async (given, raw) => {
        const values: unknown[] = JSON.parse(JSON.stringify(given));
        const text = JSON.stringify(values);
        const [container, ...shown] = await read(text.slice(0, 1 + (raw % (text.length - 1))));
        expect(container).toBe('array');
        expect(String(shown.at(-1))).toMatch(/truncated: the text ends inside/);
        expect(shown.slice(0, -1)).toStrictEqual(values.slice(0, shown.length - 1));
      }),
      { numRuns: 300 },
    );
  });

  it('never throw anything, whatever the text', async () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '1',
      'x',
      ' ',
      '\n',
      '{"a":1}',
      '[]',
      '"',
      '\\',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 14 }),
        fc.constantFrom('a.json', 'a.ndjson'),
        async (pieces, name) => {
          const text = pieces.join('');
          const { entries } = await entriesOf(text, name);
          let last = 0;
          for (const { start, end } of entries) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThanOrEqual(start);
            last = end;
          }
          expect(text.slice(last)).toMatch(/^[\s[\]]*$/);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
