import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBare, member, setMember } from '../../src/core/json.ts';
import { hostileKey, jsonValue } from '../support/leaves.ts';

describe('members', () => {
  it('are own ones, whatever the key', () => {
    fc.assert(
      fc.property(hostileKey, hostileKey, jsonValue, (key, other, value) => {
        const object = {};
        setMember(object, key, value);
        expect(member(object, key)).toBe(value);
        expect(member(object, other)).toBe(other === key ? value : undefined);
        expect(isBare(object)).toBe(false);
        expect(isBare({})).toBe(true);
      }),
    );
  });
});
