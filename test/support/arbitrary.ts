import fc from 'fast-check';
import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../src/core/json.ts';
import type { Documentation, Schema, Variants } from '../../src/core/schema/build.ts';
import { type Described, describe as describeSchema, type Shape } from '../../src/core/schema/shape.ts';
import { hostileKey, integer, jsonValue, number, text, timeText } from './leaves.ts';

export interface ArbitraryOptions {
  /** Whether objects may have members that no schema names; true if absent. */
  readonly unknownMembers?: boolean;
}

/**
 * Documents that are valid by `schema`: every known shape and, where the schema is open, unknown ones; optional
 * members absent or there, nullable ones null or not. Values are JSON with own members only and without `-0`.
 */
export function arbitraryOf(schema: Schema, options: ArbitraryOptions = {}): fc.Arbitrary<JsonValue> {
  const site = { depth: 0, unknownMembers: options.unknownMembers ?? true, built: new Map<number, Built>() };
  return valueOf(schema, site).filter((value) => accepts(schema, value));
}

/** As {@link arbitraryOf}, for schemas whose documents are objects. */
export function arbitraryDocument(schema: Schema, options: ArbitraryOptions = {}): fc.Arbitrary<JsonObject> {
  return arbitraryOf(schema, options).filter(isObject);
}

const deepest = 8;
const longestArray = 4;

function accepts(schema: Schema, value: JsonValue): boolean {
  return schema.safeParse(value).success;
}

type Built = WeakMap<Schema, fc.Arbitrary<JsonValue>>;

/** Where in a document a value is to stand. */
interface Site {
  readonly depth: number;
  readonly unknownMembers: boolean;
  /** What was built already, by depth: shapes used in many places stay cheap. */
  readonly built: Map<number, Built>;
}

function inside(site: Site): Site {
  return { ...site, depth: site.depth + 1 };
}

function valueOf(schema: Schema, site: Site): fc.Arbitrary<JsonValue> {
  const built: Built = site.built.get(site.depth) ?? new WeakMap();
  site.built.set(site.depth, built);
  const known = built.get(schema);
  if (known) return known;
  const described = describeSchema(schema);
  const value = shapeOf(schema, described, site);
  const whole = described.nullable ? fc.oneof({ weight: 4, arbitrary: value }, fc.constant(null)) : value;
  built.set(schema, whole);
  return whole;
}

/** Checks that a shape does not show are met by filtering close to where they stand. */
function shapeOf(schema: Schema, { shape, documentation }: Described, site: Site): fc.Arbitrary<JsonValue> {
  const valid = (value: JsonValue): boolean => accepts(schema, value);
  if (shape.kind === 'string') return textOf({ ...shape.documentation, ...documentation }).filter(valid);
  if (shape.kind === 'number') return number(shape.minimum, shape.maximum).filter(valid);
  if (shape.kind === 'integer') return integer(shape.minimum, shape.maximum).filter(valid);
  if (shape.kind === 'boolean') return fc.boolean();
  if (shape.kind === 'literal') return fc.constantFrom(...shape.values);
  if (shape.kind === 'array') return arrayOf(shape, site);
  if (shape.kind === 'map') return mapOf(shape, site).filter(valid);
  if (shape.kind === 'object') return membersOf(shape.fields, site);
  if (shape.kind === 'union') return fc.oneof(...shape.options.map((option) => valueOf(option, site)));
  if (shape.kind === 'variants') return variantOf(shape.variants, site).filter(valid);
  return jsonValue.filter(valid);
}

function arrayOf(
  { item, maximum = longestArray }: Extract<Shape, { kind: 'array' }>,
  site: Site,
): fc.Arbitrary<JsonValue> {
  if (site.depth >= deepest) return fc.constant([]);
  const value = valueOf(item, inside(site));
  const maxLength = Math.min(maximum, longestArray);
  return fc.oneof(
    { weight: 1, arbitrary: fc.array(value, { maxLength }) },
    { weight: 2, arbitrary: fc.array(value, { minLength: Math.min(1, maxLength), maxLength }) },
  );
}

function mapOf(
  { value, documentation }: Extract<Shape, { kind: 'map' }>,
  site: Site,
): fc.Arbitrary<JsonValue> {
  if (site.depth >= deepest) return fc.constant({});
  const maxLength = Math.min(documentation.maxPairs ?? longestArray, longestArray);
  return fc.array(fc.tuple(hostileKey, valueOf(value, inside(site))), { maxLength }).map(objectOf);
}

function membersOf(fields: Readonly<Record<string, Schema>>, site: Site): fc.Arbitrary<JsonObject> {
  const members = Object.entries(fields).flatMap(([name, schema]) => {
    const { optional } = describeSchema(schema);
    if (optional && site.depth >= deepest) return [];
    const pair = valueOf(schema, inside(site)).map((value): Pair => [name, value]);
    return [optional ? fc.option(pair, { nil: undefined, freq: 3 }) : pair];
  });
  return fc
    .tuple(fc.tuple(...members), unknownMembers(fields, site))
    .map(([pairs, extras]) => objectOf([...extras, ...pairs.filter((pair) => pair !== undefined)]));
}

function unknownMembers(fields: Readonly<Record<string, Schema>>, site: Site): fc.Arbitrary<Pair[]> {
  if (!site.unknownMembers) return fc.constant([]);
  const extra = fc.tuple(hostileKey, jsonValue).filter(([key]) => !Object.hasOwn(fields, key));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<Pair[]>([]) },
    fc.array(extra, { minLength: 1, maxLength: 2 }),
  );
}

/** Where more than the discriminator counts, nothing says how to make an unknown shape. */
function variantOf({ discriminator, table, choose }: Variants, site: Site): fc.Arbitrary<JsonValue> {
  const known = Object.entries(table).map(([name, build]) =>
    valueOf(build(), site).map((value) => (choose ? value : named(value, discriminator, name))),
  );
  if (choose) return fc.oneof(...known);
  const unknown = fc
    .tuple(text, unknownMembers({}, site))
    .filter(([name]) => !Object.hasOwn(table, name))
    .map(([name, extras]) => objectOf([...extras, [discriminator, name]]));
  return fc.oneof(...known.map((arbitrary) => ({ weight: 2, arbitrary })), { weight: 1, arbitrary: unknown });
}

type Pair = [key: string, value: JsonValue];

function objectOf(pairs: readonly Pair[]): JsonObject {
  const object: JsonObject = {};
  for (const [key, value] of pairs) setMember(object, key, value);
  return object;
}

/** A value that lacks the member by which its shape is known. */
function named(value: JsonValue, discriminator: string, name: string): JsonValue {
  if (!isObject(value) || member(value, discriminator) !== undefined) return value;
  return { ...value, [discriminator]: name };
}

function textOf({ time, known, maxCharacters }: Documentation): fc.Arbitrary<string> {
  if (time) return timeText;
  const isShort = maxCharacters !== undefined && maxCharacters <= 1024; // limits in megabytes are tested by hand
  const any = isShort ? fc.oneof(text, textOfLength(maxCharacters)) : text;
  return known && known.length > 0 ? fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, any) : any;
}

/** Text as long as it may be, also in characters that take two units. */
function textOfLength(characters: number): fc.Arbitrary<string> {
  return fc.constantFrom('x'.repeat(characters), '\u{1F600}'.repeat(characters));
}
