import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyMap, setValue, valueOf } from '../../src/core/key-map.ts';

it('a key map holds what a Map of the same keys holds, few or many', () => {
  const key = fc.oneof(fc.nat({ max: 40 }), fc.string({ maxLength: 1 }), fc.constantFrom('0', '__proto__'));
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.nat()), { maxLength: 80 }), (pairs) => {
      const map = createKeyMap<number>();
      for (const [each, value] of pairs) setValue(map, each, value);
      const expected = new Map(pairs);
      for (const [each] of pairs) expect(valueOf(map, each)).toBe(expected.get(each));
      expect(valueOf(map, 'absent')).toBeUndefined();
    }),
  );
});
