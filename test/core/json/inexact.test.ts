import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inexactNumbers, stringify, withTextsOf } from '../../../src/core/json/inexact.ts';
import { parseAnswer, parseJson } from '../../../src/core/json/parse.ts';
import { isObject, type JsonValue } from '../../../src/core/json.ts';

const answer =
  '{"id":12345678901234567890,"list":[1,1e400,{"a":0.10000000000000001}],"name":"number:1","b":2}';

describe('an answer with numbers that no double holds', () => {
  it('is written again as it came', () => {
    expect(stringify(parseAnswer(answer))).toBe(answer);
    expect(stringify(parseAnswer(answer), 2).replaceAll(/\s+/g, '')).toBe(answer);
  });

  it('says where they are', () => {
    expect(inexactNumbers(parseAnswer(answer))).toEqual([
      { path: ['id'], text: '12345678901234567890' },
      { path: ['list', 1], text: '1e400' },
      { path: ['list', 2, 'a'], text: '0.10000000000000001' },
    ]);
  });

  it('keeps them in a copy of the object, but for members that the copy changed', () => {
    const original = parseAnswer('{"a":1e400,"b":1e401,"c":1}');
    if (!isObject(original)) throw new Error('no object');
    const { c: _, ...others } = original;
    expect(stringify(withTextsOf({ ...others, b: 2 }, original))).toBe('{"a":1e400,"b":2}');
  });

  it('is refused like any other text when more is wrong with it', () => {
    for (const text of ['{"a":1e400', '{"a":1e400,"a":1}', '{"a":1e400} x', '1e400', '{"a":1e400,}'])
      expect(() => parseAnswer(text), text).toThrow();
  });
});

it('an exact answer reads and writes as any JSON does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const parsed: JsonValue = parseAnswer(text);
      expect(parsed).toEqual(parseJson(text));
      expect(inexactNumbers(parsed)).toEqual([]);
      expect(stringify(parsed)).toBe(text);
    }),
  );
});
