import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTimes, comparing, inOrder } from '../../src/store/order.ts';
import { envelope, summarise } from './example.ts';

const instant = fc.integer({ min: 0, max: 4e9 });
const fraction = fc.stringMatching(/^\d{0,9}$/);

function write(seconds: number, digits: string): string {
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  return digits === '' ? `${whole}Z` : `${whole}.${digits}Z`;
}

function nanoseconds(seconds: number, digits: string): bigint {
  return BigInt(seconds) * 10n ** 9n + BigInt(digits.padEnd(9, '0'));
}

describe('compareTimes', () => {
  it('orders as the instants do, whatever the number of digits', () => {
    fc.assert(
      fc.property(
        instant,
        fraction,
        fc.oneof(instant, fc.constant(undefined)),
        fraction,
        (a, left, b, right) => {
          const second = b ?? a;
          const difference = nanoseconds(a, left) - nanoseconds(second, right);
          const expected = difference === 0n ? 0 : difference < 0n ? -1 : 1;
          expect(compareTimes(write(a, left), write(second, right))).toBe(expected);
        },
      ),
    );
  });
});

describe('comparing', () => {
  const summaries = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      created_at: fc.option(
        fc.tuple(fc.constantFrom(1, 2), fc.constantFrom('', '5', '50')).map(([s, f]) => write(s, f)),
      ),
    }),
  );

  it('puts what has no time last either way, and ties by id, ascending', async () => {
    const given = await Promise.all(
      [
        envelope('d'),
        envelope('c', { created_at: write(1, '5') }),
        envelope('b', { created_at: write(1, '50') }),
        envelope('a', { created_at: write(1, '') }),
      ].map(summarise),
    );
    const ids = (order: 'asc' | 'desc') =>
      given.toSorted(comparing({ sort: 'created', order })).map(({ id }) => id);
    expect(ids('desc')).toEqual(['b', 'c', 'a', 'd']);
    expect(ids('asc')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('sorts the same with keys made once', async () => {
    await fc.assert(
      fc.asyncProperty(summaries, fc.constantFrom('asc', 'desc'), async (records, order) => {
        const items = await Promise.all(
          records.map(async ({ id, created_at }) => ({
            summary: await summarise(envelope(id, { created_at })),
          })),
        );
        const sorted = inOrder(items, { sort: 'created', order }).map(({ summary }) => summary);
        expect(sorted).toEqual(
          items.map(({ summary }) => summary).toSorted(comparing({ sort: 'created', order })),
        );
      }),
    );
  });
});
