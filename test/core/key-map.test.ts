import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyMap, setValue, valueOf } from '../../src/core/key-map.ts';

it('a key map holds what a Map of the same keys holds, few or many', () => {
  const key = fc.oneof(fc.nat({ max: 20 }), fc.string({ maxLength: 1 }), fc.constantFrom('0', '__proto__'));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat()), { minLength: 1, maxLength: 40 }), (pairs) => {
      const [[first, value] = ['', 0], ...others] = pairs;
      const map = createKeyMap(first, value);
      for (const [each, next] of others) setValue(map, each, next);
      const expected = new Map(pairs);
      for (const [each] of pairs) expect(valueOf(map, each)).toBe(expected.get(each));
      expect(valueOf(map, 'absent')).toBeUndefined();
    }),
  );
});
