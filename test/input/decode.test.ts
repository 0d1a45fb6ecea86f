import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeProblem, decode } from '../../src/input/decode.ts';

function utf16(text: string, littleEndian: boolean, mark = true): Uint8Array {
  const bytes = new Uint8Array(2 * (text.length + (mark ? 1 : 0)));
  const view = new DataView(bytes.buffer);
  const units = Array.from(mark ? `\ufeff${text}` : text, (character) =>
    character.split('').map((unit) => unit.charCodeAt(0)),
  ).flat();
  for (const [index, unit] of units.entries()) view.setUint16(2 * index, unit, littleEndian);
  return bytes;
}

function problemOf(bytes: Uint8Array): DecodeProblem {
  try {
    decode(bytes);
  } catch (error) {
    if (error instanceof DecodeProblem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('decode', { timeout: 60_000 }, () => {
  it('reads any text in UTF-8 and UTF-16, with a byte order mark or without', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (content) => {
        const text = `{"${content.replaceAll('"', '')}"}`;
        expect(decode(utf8(text))).toBe(text);
        expect(decode(utf8(`\ufeff${text}`))).toBe(text);
        for (const littleEndian of [true, false]) {
          expect(decode(utf16(text, littleEndian))).toBe(text);
          expect(decode(utf16(text, littleEndian, false))).toBe(text);
        }
      }),
    );
  });

  it('reads nothing, one byte, and a byte order mark alone', () => {
    expect(decode(new Uint8Array())).toBe('');
    expect(decode(latin('1'))).toBe('1');
    expect(
      [latin('\xef\xbb\xbf'), latin('\xff\xfe'), latin('\xfe\xff')].map((bytes) => decode(bytes)),
    ).toStrictEqual(['', '', '']);
  });

  it('reads a part of a bigger buffer', () => {
    const bytes = utf16('x😀', true);
    const bigger = new Uint8Array(bytes.length + 7);
    bigger.set(bytes, 3);
    expect(decode(bigger.subarray(3, 3 + bytes.length))).toBe('x😀');
    expect(problemOf(bigger.subarray(3, 2 + bytes.length)).byteOffset).toBe(4);
  });

  it('takes only the first byte order mark', () => {
    expect(decode(utf8('\ufeff\ufeffx'))).toBe('\ufeffx');
  });

  it.each<[string, string, number, number, number]>([
    ['a Latin-1 letter', '{"a":"caf\xe9"}', 9, 1, 10],
    ['a lone continuation byte', '\n\n\x80', 2, 3, 1],
    ['an overlong slash', '"\xc0\xaf"', 1, 1, 2],
    ['an overlong three-byte character', '"\xe0\x80\xaf"', 1, 1, 2],
    ['an encoded surrogate', '"\xed\xa0\x80"', 1, 1, 2],
    ['a character past the last one', '"\xf4\x90\x80\x80"', 1, 1, 2],
    ['a cut character at the end', 'ab\xf0\x9f\x98', 2, 1, 3],
    ['a cut character in the middle', 'ab\xe2\x82"', 2, 1, 3],
    ['a byte that never occurs', '\r\n\xff', 2, 2, 1],
    [
      'something behind a byte order mark and two-byte letters',
      '\xef\xbb\xbf\xc3\xa9\xf0\x9f\x98\x80\xfe',
      9,
      1,
      3,
    ],
  ])('refuses %s in UTF-8', (_, binary, byteOffset, line, column) => {
    expect(problemOf(latin(binary))).toMatchObject({ byteOffset, line, column, name: 'DecodeProblem' });
  });

  it('words its problem and a way out', () => {
    const problem = problemOf(latin('"\xe9"'));
    expect(problem.message).toBe(
      'this is not UTF-8: the byte 0xE9 does not begin a character, or its character is cut off',
    );
    expect(problem.hint).toBe('save the file as UTF-8');
  });

  it('refuses lone surrogates and an odd length in UTF-16', () => {
    for (const littleEndian of [true, false]) {
      expect(problemOf(utf16('a\n\ud800b', littleEndian))).toMatchObject({
        byteOffset: 6,
        line: 2,
        column: 1,
      });
      expect(problemOf(utf16('a\udc00', littleEndian))).toMatchObject({ byteOffset: 4, line: 1, column: 2 });
      expect(problemOf(utf16('😀\ud83d', littleEndian))).toMatchObject({ byteOffset: 6, line: 1, column: 2 });
      expect(problemOf(utf16('{}', littleEndian, false).subarray(0, 3))).toMatchObject({
        byteOffset: 2,
        line: 1,
        column: 2,
      });
      const odd = problemOf(utf16('{}', littleEndian).subarray(0, 5));
      expect(odd).toMatchObject({ byteOffset: 4, line: 1, column: 2 });
      expect(odd.message).toBe('this is not UTF-16: the last character is cut off');
    }
  });

  it('finds the first bad byte wherever the decoder of the platform fails, and only there', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 24 }),
        fc.constantFrom('', '\xef\xbb\xbf', '\xff\xfe', '\xfe\xff', '{"é": "'),
        (body, start) => {
          const bytes = Uint8Array.from([...latin(start), ...body]);
          const outcome = attempt(() => decode(bytes));
          if (outcome instanceof DecodeProblem) {
            expect(outcome.byteOffset).toBeLessThan(bytes.length);
            // All before it is fine.
            expect(attempt(() => decode(bytes.subarray(0, outcome.byteOffset)))).toBeTypeOf('string');
          } else expect(outcome).toBeTypeOf('string');
        },
      ),
      { numRuns: 5000 },
    );
  });
});

function attempt(run: () => string): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}
