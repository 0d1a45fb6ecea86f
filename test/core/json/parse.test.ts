import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonSyntaxProblem, parseJson, parsePrefix } from '../../../src/core/json/parse.ts';
import { readCarefully } from '../../../src/core/json/reader.ts';
import { isObject, member } from '../../../src/core/json.ts';
import { accepted } from './accepted.ts';
import { type Refused, refused } from './refused.ts';

function problemOf(parse: () => unknown): JsonSyntaxProblem {
  try {
    parse();
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('parseJson', { timeout: 60_000 }, () => {
  it.each(accepted)('reads %s as JSON.parse does', (text) => {
    const value: unknown = JSON.parse(text);
    expect(parseJson(text)).toStrictEqual(value);
    expect(readCarefully(text).value).toStrictEqual(value);
  });

  it.each<Refused>(refused)('refuses %j: %s at %i', (text, kind, offset, message, hint) => {
    const problem = problemOf(() => parseJson(text));
    expect(problem).toMatchObject({ kind, offset, message, hint, name: 'JsonSyntaxProblem' });
    expect(problemOf(() => parsePrefixThenEnd(text))).toMatchObject({ kind, offset, message, hint });
  });

  it('keeps __proto__ as an own member', () => {
    for (const text of ['{"__proto__":{"polluted":true}}', '{"__proto__":{"polluted":true},"a":"\\n"}']) {
      for (const value of [parseJson(text), readCarefully(text).value]) {
        const object = isObject(value) ? value : {};
        expect(member(object, '__proto__')).toStrictEqual({ polluted: true });
        expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
        expect(object['polluted']).toBeUndefined();
      }
    }
  });

  it('keeps the sign of zero and lone surrogates', () => {
    expect(parseJson('[-0]')).toStrictEqual([-0]);
    expect(readCarefully('[-0, "\\uDEAD"]').value).toStrictEqual([-0, '\udead']);
  });

  it('reads a part of a text and calls a part that ends with its line a line', () => {
    const text = '{"a":1}\n{"b":[2}\r\n{"c":';
    expect(parseJson(text, { end: 7 })).toStrictEqual({ a: 1 });
    expect(problemOf(() => parseJson(text, { start: 8, end: 15 }))).toMatchObject({
      kind: 'truncated',
      offset: 15,
    });
    expect(problemOf(() => parseJson(text, { start: 8, end: 16 })).message).toBe(
      'expected "," or "]" but found "}"',
    );
    expect(problemOf(() => parseJson(text, { start: 0, end: 5 })).message).toContain('the text ends inside');
    expect(problemOf(() => parseJson('{"a":\n1}', { end: 5 })).message).toBe(
      'the line ends inside an object that began at line 1, column 1',
    );
    expect(problemOf(() => parseJson('{}}\n', { end: 3 })).message).toBe(
      'expected the end of the line but found "}"',
    );
    expect(problemOf(() => parseJson('["a"]', { end: 3 }))).toMatchObject({ kind: 'truncated', offset: 3 });
    expect(problemOf(() => parseJson('[true]', { end: 3 }))).toMatchObject({ kind: 'truncated', offset: 3 });
    expect(problemOf(() => parseJson('[1.5]', { end: 3 }))).toMatchObject({ kind: 'truncated', offset: 3 });
    expect(parseJson('12345', { end: 3 })).toBe(123);
    expect(problemOf(() => parseJson('["\\u0041"]', { end: 6 }))).toMatchObject({ kind: 'truncated' });
  });

  it('reads 500 levels and refuses the 501st where it begins', () => {
    expect(() => parseJson(nested(500))).not.toThrow();
    expect(() => readCarefully(nested(500))).not.toThrow();
    expect(problemOf(() => parseJson(nested(501)))).toMatchObject({
      kind: 'depth',
      offset: 500,
      message: 'nested more than 500 levels deep',
    });
    expect(() => parseJson(objects(500))).not.toThrow();
    expect(problemOf(() => parseJson(objects(501)))).toMatchObject({ kind: 'depth', offset: 2500 });
    expect(() => parseJson(`[${`${nested(499)},`.repeat(20)}1]`)).not.toThrow();
  });

  it('refuses ten million brackets at once', () => {
    expect(problemOf(() => parseJson('['.repeat(10_000_000)))).toMatchObject({ kind: 'depth', offset: 500 });
    expect(problemOf(() => parseJson('{"a":'.repeat(2_000_000)))).toMatchObject({ kind: 'depth' });
    expect(problemOf(() => parseJson('['.repeat(5_000_000) + ']'.repeat(5_000_000)))).toMatchObject({
      kind: 'depth',
    });
  });

  it('does not hang on long and hostile texts', () => {
    expect(problemOf(() => parseJson('1'.repeat(5_000_000))).message.length).toBeLessThan(400);
    expect(problemOf(() => parseJson('x'.repeat(5_000_000))).message.length).toBeLessThan(200);
    expect(problemOf(() => parseJson(`[1${' '.repeat(3_000_000)}`)).offset).toBe(2);
    expect(problemOf(() => parseJson(`"${'\\'.repeat(3_000_001)}`)).kind).toBe('truncated');
    expect(problemOf(() => parseJson(`["${'\\"'.repeat(1_000_000)}`)).kind).toBe('truncated');
    expect(parseJson(`["${'\\\\\\"'.repeat(1_000_000)}"]`)).toHaveLength(1);
    const key = 'k'.repeat(1_000_000);
    expect(problemOf(() => parseJson(`{"${key}":1,"${key}":2}`)).message.length).toBeLessThan(200);
  });

  it('agrees with JSON.parse on any JSON, compact or pretty, quickly or carefully', () => {
    fc.assert(
      fc.property(
        fc.json({ maxDepth: 6, stringUnit: 'binary' }),
        fc.constantFrom(0, 2, '\t'),
        (json, indent) => {
          const value: unknown = JSON.parse(json);
          const text = JSON.stringify(value, null, indent);
          expect(parseJson(text)).toStrictEqual(value);
          expect(readCarefully(text)).toStrictEqual({ value, end: text.length });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('agrees with the careful reader on mutilated JSON, problem by problem', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"',
        '"a"',
        '"b"',
        '"a":',
        '1',
        '-',
        '0',
        '.5',
        'e',
        '\\',
        '\\u',
        'true',
        'null',
        ' ',
        '\n',
        '1e400',
        '"__proto__":',
        "'",
        '12345678901234567890',
        '{"a":1}',
        '[]',
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const quick = outcome(() => parseJson(text));
        expect(quick).toStrictEqual(outcome(() => parsePrefixThenEnd(text)));
        const native = outcome(() => JSON.parse(text));
        if (quick.value === undefined && native.value !== undefined)
          expect(['number', 'duplicate', 'depth']).toContain(quick.kind);
        else expect(quick.value).toStrictEqual(native.value);
      }),
      { numRuns: 20_000 },
    );
  });

  it('tells every cut of a text as truncated, but for a number on its own', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (json, at) => {
        const cut = json.slice(0, at % json.length);
        const { kind } = outcome(() => parseJson(cut));
        if (/^\s*-?\d/.test(cut) && kind !== 'truncated') return;
        expect(kind).toBe('truncated');
      }),
      { numRuns: 1000 },
    );
  });
});

/** parseJson by the careful reader alone. */
function parsePrefixThenEnd(text: string): unknown {
  const { value, end } = readCarefully(text);
  // What follows is judged by the same words: a scalar has no quick way.
  return end === text.length || text.slice(end).trim() === '' ? value : parseJson(text);
}

function outcome(parse: () => unknown): {
  value?: unknown;
  kind?: string;
  offset?: number;
  message?: string;
} {
  try {
    return { value: parse() };
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem)) return { kind: String(error) };
    return { kind: error.kind, offset: error.offset, message: error.message };
  }
}

describe('parsePrefix', { timeout: 60_000 }, () => {
  it('stops behind the value and looks no further', () => {
    expect(parsePrefix(' {"a":1} {"b"', 0)).toStrictEqual({ value: { a: 1 }, end: 8 });
    expect(parsePrefix('{"a":1}{"b":2}', 7)).toStrictEqual({ value: { b: 2 }, end: 14 });
    expect(parsePrefix('[1]]', 0)).toStrictEqual({ value: [1], end: 3 });
    expect(parsePrefix('1 2', 0)).toStrictEqual({ value: 1, end: 1 });
    expect(parsePrefix('"a""b"', 3)).toStrictEqual({ value: 'b', end: 6 });
    expect(parsePrefix('null[1', 0)).toStrictEqual({ value: null, end: 4 });
  });

  it('refuses a number or word that runs on', () => {
    expect(problemOf(() => parsePrefix('1x', 0)).message).toBe('1x is not a JSON number');
    expect(problemOf(() => parsePrefix('truefalse', 0)).message).toBe(
      'expected a value but found "truefalse"',
    );
  });

  it('reads concatenated values one by one', () => {
    fc.assert(
      fc.property(fc.array(fc.json({ maxDepth: 3 })), fc.constantFrom(' ', '\n', '\r\n\t'), (texts, gap) => {
        const text = texts.join(gap);
        const values: unknown[] = [];
        for (let at = 0; at < text.length; ) {
          const read = parsePrefix(text, at);
          values.push(read.value);
          at = read.end + (read.end === text.length ? 0 : gap.length);
        }
        expect(values).toStrictEqual(texts.map((one): unknown => JSON.parse(one)));
      }),
    );
  });
});
