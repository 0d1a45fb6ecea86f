import { describe, expect, it } from 'vitest';
import { isBefore, openSkew } from '../../src/providers/skew.ts';
import { clientOf, reading, serving } from './http-place.ts';

describe('the clock of a system', () => {
  it('is as far ahead as its quickest answer says, and nowhere before the first', () => {
    let now = 10_000;
    const skew = openSkew(() => now);
    expect(skew.ahead()).toBeUndefined();
    skew.heard(69_000);
    now = 13_500;
    skew.heard(70_000);
    expect(skew.ahead()).toBe(59_000);
    now = 11_000;
    skew.heard(71_000);
    expect(skew.ahead()).toBe(60_000);
  });

  it('is told by the header of each answer, and by nothing that is no time', async () => {
    const dates = ['Mon, 01 Jun 2026 09:15:02 GMT', 'soon'];
    const told: number[] = [];
    const address = await serving((_request, response) => {
      response.sendDate = false;
      const date = dates.shift();
      if (date !== undefined) response.setHeader('date', date);
      response.end('{}');
    });
    const { client } = clientOf(address, { onDate: (date) => void told.push(date) });
    for (let count = 0; count < 3; count += 1) await client.send(reading);
    expect(told).toEqual([Date.parse('2026-06-01T09:15:02Z')]);
  });

  const since = '2026-06-01T09:00:00.000Z';

  it.each([
    ['2026-06-01T09:00:57.000Z', 60_000, true],
    ['2026-06-01T09:00:58.000Z', 60_000, false],
    ['2026-06-01T08:58:57Z', -60_000, true],
    ['2026-06-01T09:00:00Z', -60_000, false],
    ['2026-06-01T09:00:00Z', undefined, undefined],
    [undefined, 0, undefined],
    ['some time', 0, undefined],
  ])(
    'of what was made at %s there by a clock %j ms ahead says whether that was before: %j',
    (made, ahead, before) => {
      expect(isBefore(made, since, ahead)).toBe(before);
    },
  );
});
