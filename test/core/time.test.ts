import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTimes, fromEpoch, parseTime, renderTime, toEpoch } from '../../src/core/time.ts';

describe('parseTime', () => {
  it.each([
    ['2025-03-13T21:06:40Z', 1741900000, '', true],
    ['2025-03-13T21:06:40.120Z', 1741900000, '12', true],
    ['2025-03-13T23:06:40+02:00', 1741900000, '', true],
    ['2025-03-13T23:06:40+0200', 1741900000, '', true],
    ['2025-03-13 21:06:40', 1741900000, '', false],
    ['2025-03-13', 1741824000, '', false],
    ['1969-12-31T23:59:59.5Z', -1, '5', true],
  ])('reads %s', (text, seconds, fraction, zoned) => {
    expect(parseTime(text)).toEqual({ seconds, fraction, zoned });
  });

  it.each([
    'yesterday',
    '2025-02-30',
    '2025-13-01',
    '2025-03-13T25:00:00Z',
    '2025-03-13T21:06:40+25:00',
    '',
    '2025',
  ])('does not take %s for a time', (text) => expect(parseTime(text)).toBeUndefined());
});

describe('the calendar', () => {
  it('is that of Date, from the year 0000 to 9999', () => {
    const [first, last] = [Date.UTC(2000, 0) - 2000 * 31_556_952_000, Date.UTC(9999, 11, 31, 23, 59, 59)];
    fc.assert(
      fc.property(fc.integer({ min: Math.ceil(first / 1000), max: last / 1000 }), (seconds) => {
        const text = new Date(seconds * 1000).toISOString().replace('.000', '');
        expect(renderTime({ seconds, fraction: '', zoned: true })).toBe(text);
        expect(parseTime(text)).toEqual({ seconds, fraction: '', zoned: true });
      }),
    );
  });

  it('has no other days and hours than Date has', () => {
    const two = fc.nat({ max: 99 }).map((number) => String(number).padStart(2, '0'));
    const year = fc.nat({ max: 9999 }).map((number) => String(number).padStart(4, '0'));
    const near = fc.constantFrom(
      '00',
      '01',
      '02',
      '12',
      '13',
      '23',
      '24',
      '28',
      '29',
      '30',
      '31',
      '32',
      '59',
      '60',
    );
    const part = fc.oneof(near, two);
    fc.assert(
      fc.property(year, part, part, part, part, part, (year4, month, day, hour, minute, second) => {
        const text = `${year4}-${month}-${day}T${hour}:${minute}:${second}`;
        const milliseconds = Date.parse(`${text}Z`);
        const exists = Number.isFinite(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
        expect(parseTime(`${text}Z`)?.seconds).toBe(exists ? milliseconds / 1000 : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['2025-03-13T21:06Z', '', true],
    ['2025-03-13T21:06+02:00', '', true],
    ['2025-03-13T21:06', '', false],
    ['2025-03-13T21:06:40.5+02:00', '5', true],
    ['2025-03-13t21:06:40.500', '5', false],
    ['2025-03-13 21:06:40.0-0100', '', true],
  ])('is read from %s too', (text, fraction, zoned) => {
    expect(parseTime(text)).toMatchObject({ fraction, zoned });
  });
});

function shown(value: number): string | undefined {
  const time = fromEpoch(value, 'milliseconds');
  return time && renderTime(time);
}

describe('epoch numbers', () => {
  it('come back as they were from the text they are kept as', () => {
    const milliseconds = fc.oneof(
      fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 }),
      fc.double({ min: 0, max: 4e12, noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(milliseconds, (value) => {
        const time = fromEpoch(value, 'milliseconds');
        const text = time && renderTime(time);
        // Numbers too small to be written without an exponent, and dates beyond the calendar, have no text.
        fc.pre(text !== undefined);
        const back = parseTime(text ?? '');
        expect(back && toEpoch(back, 'milliseconds')).toEqual({ value, floored: false });
      }),
    );
  });

  it('are kept with exactly the digits needed', () => {
    expect(shown(1741900000000)).toBe('2025-03-13T21:06:40Z');
    expect(shown(1741900000123.5)).toBe('2025-03-13T21:06:40.1235Z');
    expect(shown(-1)).toBe('1969-12-31T23:59:59.999Z');
    expect(shown(1e300)).toBeUndefined();
  });

  it('are rounded down, and say so, where the unit is too coarse', () => {
    const time = parseTime('1969-12-31T23:59:59.9999Z') ?? { seconds: 0, fraction: '', zoned: true };
    expect(toEpoch(time, 'seconds')).toEqual({ value: -1, floored: true });
    expect(toEpoch(time, 'milliseconds')).toEqual({ value: -1, floored: true });
  });
});

it('times are ordered to the last digit, absent ones first', () => {
  const texts = [
    '2025-03-13T21:06:40.0500Z',
    '2025-03-13T21:06:40.05Z',
    '2025-03-13T21:06:40.051Z',
    '2025-03-13T21:06:41Z',
  ];
  const [first, same, later, last] = texts.map(parseTime);
  expect(compareTimes(first, same)).toBe(0);
  expect(compareTimes(same, later)).toBeLessThan(0);
  expect(compareTimes(last, later)).toBeGreaterThan(0);
  expect(compareTimes(undefined, first)).toBeLessThan(0);
});
