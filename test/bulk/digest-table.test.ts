import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDigestTable } from '../../src/bulk/digest-table.ts';

// Few texts, so that many are given a number again, and more than the table has room for at first.
const texts = fc.oneof(
  fc.nat({ max: 3000 }).map((number) => `conv_${number}`),
  fc.constantFrom('', '__proto__', '\ud800', '\udc00', '\ufffd', 'e\u0301', '\u00e9'),
);

it('has the number that each text was given last, however many there are', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(texts, fc.nat()), { minLength: 1000, maxLength: 4000 }), (given) => {
      const table = createDigestTable();
      for (const [text, number] of given) table.set(text, number);
      const last = new Map(given);
      for (const [text, number] of last) expect(table.get(text)).toBe(number);
      expect(table.get('none of them')).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});
