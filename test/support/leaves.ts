import fc from 'fast-check';
import type { JsonValue } from '../../src/core/json.ts';

/** Few values come often, so that ids repeat and texts are equal. */
const common = fc.constantFrom('a', 'b', '1', '2', 'user', 'assistant');
const odd = fc.constantFrom(
  '',
  ' ',
  'a\nb',
  'null',
  '0',
  '{"a":1}',
  '[]',
  'a/b',
  '~',
  '__proto__',
  '$written',
  '\u0000',
  '\u{1F600}',
  'e\u0301',
  '2024-02-30T00:00:00Z',
  '2024-01-01T00:00:00Z',
);

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: common },
  { weight: 2, arbitrary: odd },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
);

/** Keys that code trips over: of prototypes, with the signs of pointers, of this program's own. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '',
    'a/b',
    '~',
    '~0',
    'a.b',
    '0',
    '$written',
    '$$written',
    'title',
    'extensions',
    'id',
    'x',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Any JSON value; through text, so that there is no `-0` and every member is an own one. */
export const jsonValue: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).map(throughText),
  text,
  fc
    .tuple(hostileKey, text)
    .map(([key, value]) => throughText(JSON.parse(`{${JSON.stringify(key)}:${JSON.stringify(value)}}`))),
);

/** As JSON has it. The type is what `JSON.parse` promises, which TypeScript does not know. */
function throughText(value: unknown): JsonValue {
  const parsed: JsonValue = JSON.parse(JSON.stringify(value));
  return parsed;
}

export function integer(
  minimum: number = Number.MIN_SAFE_INTEGER,
  maximum: number = Number.MAX_SAFE_INTEGER,
): fc.Arbitrary<number> {
  const within = (value: number): boolean => value >= minimum && value <= maximum;
  return fc.oneof(
    fc.integer({ min: Math.max(minimum, 0), max: Math.min(maximum, Math.max(minimum, 0) + 3) }),
    fc.constantFrom(1_700_000_000, 1_700_000_000_123, -1, 253_402_300_800, 8_640_000_000_001).filter(within),
    fc.maxSafeInteger().filter(within),
  );
}

/** Finite numbers, also such as times in milliseconds with decimals. */
export function number(minimum?: number, maximum?: number): fc.Arbitrary<number> {
  const within = (value: number): boolean =>
    value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
  const double = fc.double({
    noNaN: true,
    noDefaultInfinity: true,
    ...(minimum !== undefined && { min: minimum }),
    ...(maximum !== undefined && { max: maximum }),
  });
  return fc
    .oneof(
      integer(
        minimum === undefined ? undefined : Math.ceil(minimum),
        maximum === undefined ? undefined : Math.floor(maximum),
      ),
      fc
        .constantFrom(0.1, 0.5, 1.5, 0.7, 1_700_000_000_000.25, 1e21, 5e-324, 1.7976931348623157e308)
        .filter(within),
      double,
    )
    .map((value) => (value === 0 ? 0 : value));
}

const commonTime = fc.constantFrom(
  '2024-06-19T10:00:00Z',
  '2024-06-19T10:00:01Z',
  '2024-06-19T12:00:01+02:00',
);

const zone = fc.constantFrom('Z', 'z', '', '+00:00', '-00:00', '+02:00', '-0530', '+23:59', '+14:00');
const fraction = fc
  .oneof(
    fc.constant(''),
    fc.stringMatching(/^[0-9]{1,9}$/),
    fc.constantFrom('000', '100', '123456', '999999999'),
  )
  .map((decimals) => (decimals === '' ? '' : `.${decimals}`));

function digits(length: number, min: number, max: number): fc.Arbitrary<string> {
  return fc.integer({ min, max }).map((value) => String(value).padStart(length, '0'));
}

const year = fc.oneof(digits(4, 1990, 2040), digits(4, 0, 9999), fc.constantFrom('0000', '0001', '9999'));
const date = fc.tuple(year, digits(2, 1, 12), digits(2, 1, 28)).map((parts) => parts.join('-'));
const hours = fc.tuple(digits(2, 0, 23), digits(2, 0, 59)).map((parts) => parts.join(':'));
const clock = fc.oneof(
  hours,
  fc
    .tuple(hours, digits(2, 0, 59), fraction)
    .map(([minutes, seconds, rest]) => `${minutes}:${seconds}${rest}`),
);

/** RFC 3339 with and without a zone, dates alone, and texts of that form that name no time. */
export const timeText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: commonTime },
  { weight: 1, arbitrary: date },
  {
    weight: 4,
    arbitrary: fc
      .tuple(date, fc.constantFrom('T', 't', ' '), clock, zone)
      .map(([day, separator, time, offset]) => `${day}${separator}${time}${offset}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2024-02-30',
      '2024-13-01T00:00:00Z',
      '2023-12-31T23:59:60Z',
      '2024-01-01T25:00:00+99:99',
    ),
  },
);
