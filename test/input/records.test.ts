import { describe, expect, it, vi } from 'vitest';
import { DecodeProblem } from '../../src/input/decode.ts';
import { readRecords } from '../../src/input/records.ts';
import { bytesOf, entriesOf, pretty, read } from './reading.ts';

describe('one value', { timeout: 60_000 }, () => {
  it('is one entry', async () => {
    expect(await read('{"a":1}')).toStrictEqual(['object', { a: 1 }]);
    expect(await read(`\n${pretty({ a: { b: [] } })}\r\n`)).toStrictEqual(['object', { a: { b: [] } }]);
    expect(await read('"text"')).toStrictEqual(['object', 'text']);
    expect(await read('12')).toStrictEqual(['object', 12]);
  });

  it('is one broken entry when something is wrong in it or behind it', async () => {
    expect(await read('{"a":1 x}')).toStrictEqual([
      'object',
      '1:8 syntax: expected "," or "}" but found "x"',
    ]);
    expect(await read(pretty({ a: 1 }).slice(0, -1))).toStrictEqual([
      'object',
      '2:9 truncated: the text ends inside an object that began at line 1, column 1',
    ]);
    expect(await read('{"a":1}}')).toStrictEqual([
      'object',
      '1:8 syntax: expected the end of the text but found "}"',
    ]);
    expect(await read('{\n"a":1},\n{"a":2}')).toStrictEqual([
      'object',
      '2:7 syntax: expected the end of the text but found "," (put several values in an array, or write them without commas between them)',
    ]);
    expect(await read('not json')).toStrictEqual([
      'object',
      '1:1 syntax: expected a value but found "not" (JSON puts text and keys in double quotes: "…")',
    ]);
  });

  it('has a place in the text and knows its source', async () => {
    const { entries } = await entriesOf('  {"a":1} ', '-');
    expect(entries).toMatchObject([{ source: { name: '<stdin>', text: '  {"a":1} ' }, start: 2, end: 9 }]);
  });
});

describe('nothing', { timeout: 60_000 }, () => {
  it.each(['', ' \r\n\t', '\ufeff'])('has no entries (%j)', async (text) => {
    expect(await read(text)).toStrictEqual(['object']);
    expect(await read(text, 'a.ndjson')).toStrictEqual(['ndjson']);
  });
});

describe('an array', { timeout: 60_000 }, () => {
  it('has an entry per element', async () => {
    expect(await read('[]')).toStrictEqual(['array']);
    expect(await read(' [ ] ')).toStrictEqual(['array']);
    expect(await read('[{"a":1},[2],3,"x"]\n')).toStrictEqual(['array', { a: 1 }, [2], 3, 'x']);
    expect(await read(pretty([{ a: 1 }, { b: [{}] }]))).toStrictEqual(['array', { a: 1 }, { b: [{}] }]);
    expect(await read('[{"a":1},\n{"a":2}\n]\n')).toStrictEqual(['array', { a: 1 }, { a: 2 }]);
  });

  it('gives each element its own offsets', async () => {
    const { entries } = await entriesOf('[ {"a":1} ,\n  2]', 'a.json');
    expect(entries.map(({ start, end }) => [start, end])).toStrictEqual([
      [2, 9],
      [14, 15],
    ]);
  });

  it('gives the good elements before a broken one and nothing after it', async () => {
    expect(await read('[{"a":1},{"a":1,"a":2},{"a":3}]')).toStrictEqual([
      'array',
      { a: 1 },
      '1:17 duplicate: duplicate key "a" (first at line 1, column 11) (nothing after it was read)',
    ]);
    expect(await read('[1,\n{"id":1e400}\n]')).toStrictEqual([
      'array',
      1,
      '2:7 number: the number 1e400 cannot be kept exactly: it is too large (put it in double quotes to keep it as text; nothing after it was read)',
    ]);
    expect(await read('[1 2]')).toStrictEqual([
      'array',
      1,
      '1:4 syntax: expected "," or "]" but found "2" (nothing after it was read)',
    ]);
    expect(await read('[1,]')).toStrictEqual([
      'array',
      1,
      '1:3 syntax: there is a comma before the closing "]" (remove the comma; nothing after it was read)',
    ]);
    expect(await read('[,1]')).toStrictEqual([
      'array',
      '1:2 syntax: expected a value but found "," (nothing after it was read)',
    ]);
    expect(await read('[1}, 2]')).toStrictEqual([
      'array',
      1,
      '1:3 syntax: expected "," or "]" but found "}" (nothing after it was read)',
    ]);
  });

  it('is broken where it ends too early', async () => {
    const words = 'the text ends inside';
    expect(await read('[')).toStrictEqual([
      'array',
      `1:2 truncated: ${words} an array that began at line 1, column 1`,
    ]);
    expect(await read('[1,\n')).toStrictEqual([
      'array',
      1,
      `1:4 truncated: ${words} an array that began at line 1, column 1`,
    ]);
    expect(await read('[{"a":1}')).toStrictEqual([
      'array',
      { a: 1 },
      `1:9 truncated: ${words} an array that began at line 1, column 1`,
    ]);
    expect(await read('[{"a":1},\n{"b":')).toStrictEqual([
      'array',
      { a: 1 },
      `2:6 truncated: ${words} an object that began at line 2, column 1`,
    ]);
  });

  it('is broken by what stands behind it', async () => {
    expect(await read('[1]]')).toStrictEqual([
      'array',
      1,
      '1:4 syntax: expected the end of the text but found "]"',
    ]);
    expect(await read('[\n1\n],\n[2]')).toStrictEqual([
      'array',
      1,
      '3:2 syntax: expected the end of the text but found "," (put several values in an array, or write them without commas between them; nothing after it was read)',
    ]);
  });

  it('is read while it is asked for', async () => {
    const parse = vi.spyOn(JSON, 'parse');
    const { entries } = readRecords('a.json', bytesOf(`[{"a":1},${'{"a":2},'.repeat(1000)}x`));
    for await (const entry of entries) {
      expect(entry.outcome).toStrictEqual({ ok: true, value: { a: 1 } });
      break;
    }
    expect(parse).toHaveBeenCalledTimes(1);
    parse.mockRestore();
  });

  it('of ten million brackets is refused at once', async () => {
    const [container, problem] = await read('['.repeat(10_000_000));
    expect([container, problem]).toStrictEqual([
      'array',
      '1:502 depth: nested more than 500 levels deep (nothing after it was read)',
    ]);
    expect(await read('['.repeat(10_000_000), 'x.ndjson')).toStrictEqual([
      'ndjson',
      '1:501 depth: nested more than 500 levels deep',
    ]);
  });
});

describe('bytes', { timeout: 60_000 }, () => {
  it('may be UTF-16, as PowerShell writes', async () => {
    const bytes = new Uint8Array(Buffer.from('\ufeff{"title":"Größe 😀"}\r\n', 'utf16le'));
    const all: unknown[] = [];
    for await (const { outcome } of readRecords('a.json', bytes).entries) all.push(outcome);
    expect(all).toStrictEqual([{ ok: true, value: { title: 'Größe 😀' } }]);
  });

  it('that are no text are refused whole, with their place', () => {
    const bytes = Uint8Array.from([...bytesOf('{"a":1}\n{"b":"'), 0xff]);
    expect(() => readRecords('a.ndjson', bytes)).toThrow(DecodeProblem);
    expect(() => readRecords('a.ndjson', bytes)).toThrow(
      expect.objectContaining({ line: 2, column: 7, byteOffset: 14 }),
    );
  });
});
