import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExact } from '../../../src/core/json/number.ts';

const exact = [
  '0',
  '-0',
  '0.0',
  '-0.0',
  '0e999999999',
  '0.000e-999999999',
  '1',
  '1.0',
  '1e2',
  '1E+2',
  '100e-2',
  '1e23',
  '1e22',
  '123456789012345680000',
  '12345678901234567000',
  '9007199254740992',
  '9007199254740994',
  '0.1',
  '0.10',
  '0.1000000000000000000000',
  '5e-324',
  '1.7976931348623157e308',
  '0.1e1',
  '1000000000000000000000000000000e-30',
  '2.2250738585072014e-308',
  '-1.5E-7',
  '1741900000123',
  '0.00000000000000000000000000000000000000000000000000001',
];
const inexact = [
  '12345678901234567890',
  '1e400',
  '-1e400',
  '0.10000000000000001',
  '9007199254740993',
  '1e-400',
  '4e-324',
  '3e-324',
  '1.00000000000000000001',
  '1e999999999',
  '1e-999999999',
  '123456789.123456789123',
  '0.3333333333333333333333',
  '-9007199254740993.0',
  '1.7976931348623157e309',
  '1.7976931348623158e308',
  '10000000000000000000000000000000001e-34',
];

describe('isExact', { timeout: 60_000 }, () => {
  it.each(exact)('%s keeps its value', (text) => {
    expect(isExact(text)).toBe(true);
  });

  it.each(inexact)('%s does not keep its value', (text) => {
    expect(isExact(text)).toBe(false);
  });

  it('does not hang on huge exponents or long digits', () => {
    expect(isExact(`1e${'9'.repeat(100_000)}`)).toBe(false);
    expect(isExact(`1e-${'9'.repeat(100_000)}`)).toBe(false);
    expect(isExact(`1e${'0'.repeat(100_000)}2`)).toBe(true);
    expect(isExact(`1${'0'.repeat(1_000_000)}e-1000000`)).toBe(true);
    expect(isExact('7'.repeat(1_000_000))).toBe(false);
    expect(isExact(`0.${'0'.repeat(1_000_000)}`)).toBe(true);
  });

  it('holds for every double in the form JavaScript writes it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        isExact(JSON.stringify(value)),
      ),
      { numRuns: 2000 },
    );
  });

  it('agrees with whole-number arithmetic for integers of any size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (value) => {
        expect(isExact(String(value))).toBe(decimalOf(Number(value)) === value);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with decimal arithmetic for fractions', () => {
    const digits = fc.string({
      unit: fc.integer({ min: 0, max: 9 }).map(String),
      minLength: 1,
      maxLength: 22,
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        digits,
        fc.integer({ min: -8, max: 8 }),
        (whole, part, power) => {
          const text = `${whole}.${part}e${power}`;
          const scale = 40;
          const written = BigInt(`${whole}${part}`) * 10n ** BigInt(scale - part.length + power);
          expect(isExact(text)).toBe(scaled(Number(text), scale) === written);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

/** The value that the shortest form of an integral double has. */
function decimalOf(value: number): bigint {
  return scaled(value, 0);
}

/** The shortest form of `value`, times ten to the power of `scale`. */
function scaled(value: number, scale: number): bigint {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', part = ''] = mantissa.split('.');
  const shift = scale + Number(exponent) - part.length;
  const digits = BigInt(whole + part);
  return shift >= 0 ? digits * 10n ** BigInt(shift) : digits / 10n ** BigInt(-shift);
}
