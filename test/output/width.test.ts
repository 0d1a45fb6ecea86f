import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralise } from '../../src/output/terminal-text.ts';
import { displayWidth, truncate, wrap } from '../../src/output/width.ts';
import { anyText, fits, graphemes } from './hostile.ts';

const harmlessText = anyText.map((text) => neutralise(text, { keepNewlines: true }));

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['naïve …', 7],
    ['cafe\u0301', 4],
    ['会話', 4],
    ['한국어', 6],
    ['\u1112\u1161\u11AB', 2],
    ['ﾊﾝｶｸ', 4],
    ['Ｆｕｌｌ', 8],
    ['👩\u200D👩\u200D👧\u200D👦', 2],
    ['👍🏽', 2],
    ['🇳🇱', 2],
    ['🇳', 1],
    ['❤\uFE0F', 2],
    ['❤', 1],
    ['1\uFE0F\u20E3', 2],
    ['🫠', 2],
    ['🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}', 2],
    ['สวัสดี', 4],
    ['שָׁלוֹם', 4],
    ['हिन्दी', 5],
  ])('of %s is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('truncate', () => {
  it('keeps what fits', () => {
    expect(truncate('abc', 3)).toBe('abc');
    expect(truncate('会話', 4)).toBe('会話');
  });

  it('ends in … and never splits a grapheme', () => {
    expect(truncate('abcd', 3)).toBe('ab…');
    expect(truncate('会話の', 4)).toBe('会…');
    expect(truncate('a👩\u200D👧bcd', 3)).toBe('a…');
    expect(truncate('a👩\u200D👧bcd', 4)).toBe('a👩\u200D👧…');
    expect(truncate('e\u0301e\u0301e\u0301', 2)).toBe('e\u0301…');
    expect(truncate('abcd', 1)).toBe('…');
    expect(truncate('abcd', 0)).toBe('');
  });

  it('never exceeds its width and always cuts between graphemes', () => {
    fc.assert(
      fc.property(harmlessText, fc.integer({ min: 0, max: 30 }), (lines, width) => {
        const text = lines.replaceAll('\n', ' ');
        const cut = truncate(text, width);
        expect(displayWidth(cut)).toBeLessThanOrEqual(width);
        if (cut === text || cut === '') return;
        const kept = graphemes(cut.slice(0, -1));
        expect(graphemes(text).slice(0, kept.length)).toEqual(kept);
      }),
    );
  });
});

describe('wrap', () => {
  it('breaks at spaces', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four']);
  });

  it('breaks words that are longer than a line, filling the line begun', () => {
    expect(wrap('ab abcdefghij', 4)).toEqual(['ab a', 'bcde', 'fghi', 'j']);
    expect(wrap('会話の記録', 5)).toEqual(['会話', 'の記', '録']);
  });

  it('keeps newlines, empty lines and the spaces that lines begin with', () => {
    expect(wrap('  a\n\nb', 10)).toEqual(['  a', '', 'b']);
    expect(wrap('', 10)).toEqual(['']);
  });

  it('gives a grapheme that is wider than a line its own', () => {
    expect(wrap('会話', 1)).toEqual(['会', '話']);
  });

  it('never exceeds its width and loses nothing but spaces', () => {
    fc.assert(
      fc.property(harmlessText, fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrap(text, width);
        for (const line of lines) expect(line).toSatisfy((candidate: string) => fits(candidate, width));
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
      }),
      { numRuns: 500 },
    );
  });

  it('takes a very long word in its stride, and splits no grapheme of it', () => {
    const lines = wrap(`a${'👩\u200D👧'.repeat(20_000)}`, 80);
    expect(lines).toHaveLength(501);
    expect(lines[1]).toBe('👩\u200D👧'.repeat(40));
  });
});
