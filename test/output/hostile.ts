import * as fc from 'fast-check';
import { displayWidth } from '../../src/output/width.ts';

/** Texts that try something with a terminal, and honest ones that look as if they did. */
export const hostile = [
  '\u001B]52;c;cm0gLXJmIH4=\u0007',
  '\u001B[2J\u001B[31mred\u001B[0m',
  '\u009B31mred',
  '\u009D0;title\u009C',
  'back\b\b\bspace, bell\u0007, null\u0000, delete\u007F',
  'first\r\nsecond\nthird\rover',
  'one\u2028two\u2029three\u0085four\u000Bfive\u000Csix',
  'user\u202Egnp.exe\u202C',
  '\u2066isolated\u2069\u200E\u200F\u061C',
  'zero\u200Bwidth\u2060\uFEFF\u00ADsoft\u180E\u3164',
  'lone \uD800 and \uDC00',
  '\u{E0041}\u{E0042} tags',
  'x\uFE00\uFE01\uFE02 selectors',
  'tab\there',
];

export const honest = [
  'plain text',
  'Überraschung, naïve, cafe\u0301',
  '会話の記録',
  '한국어 대화',
  'می\u200Cخواهم',
  'हिन्दी में बातचीत',
  'ශ්\u200Dරී',
  '👩\u200D👩\u200D👧\u200D👦',
  '👍🏽 ❤\uFE0F 1\uFE0F\u20E3',
  '🇳🇱🇯🇵',
  '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  '葛\u{E0100}',
];

const pieces = [...hostile, ...honest, ' ', '\n', '  ', 'word', '\u001B', '\u200D', '\uFE0F', '中', '🫠'];

/** Any text: of the corpus, of the whole of Unicode, or a mixture. */
export const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((texts) => texts.join('')),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ maxLength: 60 }),
);

/** What must never reach a terminal from data. */
export const obeyed =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F\u061C\u2060-\u2064\uFEFF\u00AD]/u;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Whether a line keeps within its width, or is one grapheme that cannot. */
export function fits(line: string, width: number): boolean {
  return displayWidth(line) <= width || graphemes(line.trim()).length === 1;
}
