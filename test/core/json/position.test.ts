import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfLine, excerpt, positionAt } from '../../../src/core/json/position.ts';

/** The plain way: cut the text before the offset into lines. */
function slowPositionAt(text: string, offset: number) {
  const inPair =
    /^[\udc00-\udfff]/.test(text.slice(offset)) && /[\ud800-\udbff]$/.test(text.slice(0, offset));
  const inBreak = text.slice(offset - 1, offset + 1) === '\r\n';
  const before = text.slice(0, inPair || inBreak ? offset - 1 : offset);
  const lines = before.split(/\r\n|\r|\n/);
  return { line: lines.length, column: Array.from(lines.at(-1) ?? '').length + (inBreak ? 2 : 1) };
}

const textual = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', '😀', '漢', 'é', '\ud800', '\udc00', '\t'),
      fc.string({ maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('positionAt', { timeout: 60_000 }, () => {
  it('counts from 1', () => {
    expect(positionAt('', 0)).toStrictEqual({ line: 1, column: 1 });
    expect(positionAt('ab', 1)).toStrictEqual({ line: 1, column: 2 });
  });

  it('ends lines at \\n, \\r\\n and \\r', () => {
    const text = 'a\nb\r\nc\rd\n\n';
    const lines = Array.from({ length: 11 }, (_, offset) => positionAt(text, offset).line);
    expect(lines).toStrictEqual([1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6]);
  });

  it('counts code points', () => {
    expect(positionAt('"😀é漢"x', 6)).toStrictEqual({ line: 1, column: 6 });
    expect(positionAt('"😀"', 2)).toStrictEqual({ line: 1, column: 2 });
  });

  it('takes an offset outside of the text as its end or beginning', () => {
    expect(positionAt('a\nbc', 99)).toStrictEqual({ line: 2, column: 3 });
    expect(positionAt('a\nbc', -1)).toStrictEqual({ line: 1, column: 1 });
  });

  it('agrees with the plain way, in any order of questions', () => {
    fc.assert(
      fc.property(
        textual,
        fc.integer({ min: 1, max: 200 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
        (piece, times, offsets) => {
          const text = piece.repeat(times);
          for (const raw of offsets) {
            const offset = raw % (text.length + 1);
            expect(positionAt(text, offset)).toStrictEqual(slowPositionAt(text, offset));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers a hundred thousand questions about a big text at once', () => {
    const text = '{"a":1}\n'.repeat(500_000);
    let total = 0;
    for (let offset = text.length; offset > 0; offset -= 40) total += positionAt(text, offset).line;
    expect(total).toBeGreaterThan(0);
  });
});

describe('endOfLine', { timeout: 60_000 }, () => {
  it('is the offset of the line break or the end of the text', () => {
    expect(['ab\ncd', 'ab\r\ncd', 'ab\rcd', 'ab'].map((text) => endOfLine(text, 0))).toStrictEqual([
      2, 2, 2, 2,
    ]);
    expect(endOfLine('ab\n', 3)).toBe(3);
  });
});

describe('excerpt', { timeout: 60_000 }, () => {
  it('is the line with the column of the offset', () => {
    expect(excerpt('{\n  "a": x\r\n}', 9)).toStrictEqual({ line: '  "a": x', caret: 8 });
    expect(excerpt('abc', 0)).toStrictEqual({ line: 'abc', caret: 1 });
    expect(excerpt('😀x', 2)).toStrictEqual({ line: '😀x', caret: 2 });
  });

  it('shows a tab as one space', () => {
    expect(excerpt('\t\t"a"', 2)).toStrictEqual({ line: '  "a"', caret: 3 });
  });

  it('lets the caret stand behind the end of a line', () => {
    expect(excerpt('abc\ndef', 3)).toStrictEqual({ line: 'abc', caret: 4 });
    expect(excerpt('abc', 3)).toStrictEqual({ line: 'abc', caret: 4 });
    expect(excerpt('', 0)).toStrictEqual({ line: '', caret: 1 });
    expect(excerpt('abc\n', 4)).toStrictEqual({ line: '', caret: 1 });
  });

  it('cuts long lines on the sides that are too long', () => {
    expect(excerpt('0123456789', 0, 6)).toStrictEqual({ line: '01234…', caret: 1 });
    expect(excerpt('0123456789', 9, 6)).toStrictEqual({ line: '…56789', caret: 6 });
    expect(excerpt('0123456789', 5, 6)).toStrictEqual({ line: '…3456…', caret: 4 });
    expect(excerpt('0123456789', 10, 6)).toStrictEqual({ line: '…6789', caret: 6 });
  });

  it('is never wider than asked and has the character at its caret', () => {
    fc.assert(
      fc.property(
        textual,
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        fc.integer({ min: 8, max: 40 }),
        (piece, times, raw, width) => {
          const text = piece.repeat(times);
          const offset = raw % (text.length + 1);
          if (/[\ud800-\udbff]$/.test(text.slice(0, offset)) || text.slice(offset - 1, offset + 1) === '\r\n')
            return;
          const { line, caret } = excerpt(text, offset, width);
          const shown = Array.from(line);
          expect(shown.length).toBeLessThanOrEqual(width);
          const character = Array.from(text.slice(offset))[0] ?? '\n';
          expect(shown[caret - 1]).toBe(/[\r\n]/.test(character) ? undefined : character.replace('\t', ' '));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('does not look at the whole of an endless line', () => {
    const text = 'x'.repeat(20_000_000);
    for (let count = 0; count < 200; count++) expect(excerpt(text, 10_000_000).line).toHaveLength(100);
  });
});
