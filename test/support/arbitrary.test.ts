import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { conversation } from '../../src/core/conversation.ts';
import { equal, isObject, type JsonValue, member } from '../../src/core/json.ts';
import {
  field,
  id,
  limitedText,
  nullish,
  object,
  openEnum,
  optional,
  type Schema,
  timeText,
  variants,
} from '../../src/core/schema/build.ts';
import { record as orqRecord, request as orqRequest } from '../../src/systems/orq/schema.ts';
import { record as syllableRecord } from '../../src/systems/syllable/schema.ts';
import { arbitraryDocument, arbitraryOf } from './arbitrary.ts';

const everyShape = object({
  text: z.string(),
  limited: field(optional(limitedText(3, 1)), 'Short.'),
  word: openEnum('yes', 'no'),
  time: nullish(timeText()),
  id: id(),
  count: optional(z.int().check(z.minimum(1), z.maximum(9))),
  ratio: nullish(z.number().check(z.minimum(0), z.maximum(1))),
  flag: z.boolean(),
  constant: z.literal('constant'),
  list: z.array(z.string()),
  map: z.record(z.string(), z.json()),
  any: z.json(),
  part: variants({
    discriminator: 'type',
    table: { a: () => object({ type: z.literal('a'), b: z.string() }) },
  }),
});

const schemas: Readonly<Record<string, Schema>> = {
  'every shape': everyShape,
  convo: conversation(),
  'orq record': orqRecord(),
  'orq request': orqRequest(),
  'syllable record': syllableRecord(),
};

describe.each(Object.entries(schemas))('documents of %s', (_, schema) => {
  it('are valid by it', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (value) => schema.safeParse(value).success),
      { numRuns: 100 },
    );
  });

  it('are JSON: text gives them back, own members and all', () => {
    fc.assert(
      fc.property(arbitraryOf(schema), (value) => {
        const back: JsonValue = JSON.parse(JSON.stringify(value));
        expect(equal(back, value)).toBe(true);
        expect(JSON.stringify(back)).toBe(JSON.stringify(value));
      }),
      { numRuns: 100 },
    );
  });
});

const found = (holds: (value: JsonValue) => boolean, options = {}): boolean =>
  fc.sample(arbitraryOf(everyShape, options), { numRuns: 400, seed: 1 }).some(holds);

const has = (key: string) => (value: JsonValue) => isObject(value) && Object.hasOwn(value, key);
const at = (key: string, test: (value: JsonValue | undefined) => boolean) => (value: JsonValue) =>
  isObject(value) && test(member(value, key));

describe('arbitraryOf', () => {
  it('leaves optional members out, and gives them', () => {
    expect(found((value) => !has('limited')(value))).toBe(true);
    expect(found(has('limited'))).toBe(true);
  });

  it('makes nullable members null', () => {
    expect(found(at('time', (value) => value === null))).toBe(true);
  });

  it('gives words that are not known, and shapes that are not', () => {
    expect(found(at('word', (value) => value !== 'yes' && value !== 'no'))).toBe(true);
    expect(
      found(at('part', (value) => value !== undefined && !at('type', (type) => type === 'a')(value))),
    ).toBe(true);
  });

  it('gives members that no schema names, `__proto__` among them, unless told not to', () => {
    expect(found(has('__proto__'))).toBe(true);
    expect(found(has('$written'))).toBe(true);
    expect(found(has('__proto__'), { unknownMembers: false })).toBe(false);
  });

  it('keeps to the bounds of a number', () => {
    expect(found(at('count', (value) => typeof value === 'number' && (value < 1 || value > 9)))).toBe(false);
  });

  it('gives documents as objects', () => {
    expect(fc.sample(arbitraryDocument(everyShape), 10).every(isObject)).toBe(true);
  });
});
