import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderDetails } from '../../src/output/details.ts';
import { anyText, fits, obeyed } from './hostile.ts';

describe('renderDetails', () => {
  it('aligns values', () => {
    expect(
      renderDetails([
        ['Id', 'conv_1'],
        ['Messages', 3],
        ['Title', null],
      ]),
    ).toBe('Id        conv_1\nMessages  3\nTitle\n');
    expect(renderDetails([])).toBe('');
  });

  it('wraps long values beside their label, and keeps their newlines', () => {
    expect(
      renderDetails(
        [
          ['Title', 'one two three four five six'],
          ['Note', 'a\nb'],
        ],
        { width: 24 },
      ),
    ).toBe('Title  one two three\n       four five six\nNote   a\n       b\n');
  });

  it('puts values below their label where there is no room beside it', () => {
    expect(renderDetails([['Instructions', 'be kind to people']], { width: 20 })).toBe(
      'Instructions\n  be kind to people\n',
    );
  });

  it('is harmless and within its width, whatever the data', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyText, anyText)), fc.integer({ min: 4, max: 100 }), (pairs, width) => {
        for (const line of renderDetails(pairs, { width }).split('\n')) {
          expect(line).not.toMatch(obeyed);
          expect(line).toSatisfy((text: string) => fits(text, width));
        }
      }),
    );
  });
});
