import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createObjectMap, setAt, valueAt } from '../../src/core/object-map.ts';

it('an object map holds what a Map of the same objects holds, few or many', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat()), { maxLength: 80 }), (pairs) => {
      const objects = Array.from({ length: 41 }, () => ({}));
      const map = createObjectMap<number>();
      const expected = new Map<object, number>();
      for (const [index, value] of pairs) {
        const object = objects[index] ?? {};
        setAt(map, object, value);
        expected.set(object, value);
        expect(valueAt(map, object)).toBe(value);
      }
      for (const object of objects) expect(valueAt(map, object)).toBe(expected.get(object));
    }),
  );
});
