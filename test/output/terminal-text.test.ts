import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralise } from '../../src/output/terminal-text.ts';
import { anyText, honest, hostile, obeyed } from './hostile.ts';

describe('neutralise', () => {
  it.each(hostile)('leaves nothing for a terminal to obey of %j', (text) => {
    expect(neutralise(text)).not.toMatch(obeyed);
    expect(neutralise(text, { keepNewlines: true }).replaceAll('\n', '')).not.toMatch(obeyed);
  });

  it.each(honest)('keeps %s as it is', (text) => {
    expect(neutralise(text)).toBe(text);
  });

  it('writes what it takes away as JavaScript does', () => {
    expect(neutralise('\u001B[31m\u009B\u0000')).toBe('\\x1b[31m\\x9b\\x00');
    expect(neutralise('a\u202Eb\uD800')).toBe('a\\u{202e}b\\u{d800}');
  });

  it('marks newlines in one line, and keeps them on demand', () => {
    expect(neutralise('a\nb\r\nc\td')).toBe('a⏎b⏎c d');
    expect(neutralise('a\nb\r\nc\td', { keepNewlines: true })).toBe('a\nb\nc    d');
    expect(neutralise('safe\rover', { keepNewlines: true })).toBe('safe\\x0dover');
  });

  it('shows joiners, selectors and tags that join nothing', () => {
    expect(neutralise('pay\u200Dpal')).toBe('pay\\u{200d}pal');
    expect(neutralise('a\uFE0F')).toBe('a\\u{fe0f}');
    expect(neutralise('☀\uFE0F\uFE0F')).toBe('☀\uFE0F\\u{fe0f}');
    expect(neutralise('🏴\u{E0067}')).toBe('🏴\\u{e0067}');
    expect(neutralise('\u200C\u200C')).toBe('\u200C\\u{200c}');
  });

  it('never lets anything through, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(neutralise(text)).not.toMatch(obeyed);
      }),
      { numRuns: 500 },
    );
  });
});
