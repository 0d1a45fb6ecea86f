import type { core } from 'zod/mini';
import { isObject, type JsonValue } from '../json.ts';
import { type Schema, schemaNamed, type Variants, variantName, variantsOf } from './build.ts';
import { type Definition, definitionOf } from './definition.ts';

/** Whether a value is valid; `undefined` stands for a member that is absent. */
type Test = (value: JsonValue | undefined) => boolean;

/**
 * Whether a schema accepts a value. The schema library answers the same, with reasons, but builds a copy of the
 * value on the way; most values are valid and nobody wants a copy, so this asks the questions alone.
 */
export function accepts(schema: Schema, value: JsonValue): boolean {
  return testOf(schema)(value);
}

const tests = new WeakMap<Schema, Test>();

function testOf(schema: Schema): Test {
  const known = tests.get(schema);
  if (known) return known;
  const fresh = build(schema);
  tests.set(schema, fresh);
  return fresh;
}

/** What is not understood here is left to the schema library. */
function build(schema: Schema): Test {
  const variants = variantsOf(schema);
  if (variants) return testOfVariants(variants);
  const definition = definitionOf(schema);
  const test = testOfType(definition);
  return test ? withChecks(test, definition) : (value) => schema.safeParse(value).success;
}

function testOfType(definition: Definition): Test | undefined {
  const { type, innerType, getter, element, options, values, format, shape } = definition;
  if (type === 'optional' && innerType) return orElse(undefined, testOf(innerType));
  if (type === 'nullable' && innerType) return orElse(null, testOf(innerType));
  if (type === 'lazy' && getter) return later(() => testOf(getter()));
  if (type === 'object' && shape && isLoose(definition)) return testOfMembers(shape);
  if (type === 'array' && element) return testOfElements(testOf(element));
  if (type === 'record' && isKeyedByText(definition)) return testOfMap(definition);
  if (type === 'union' && options) return testOfUnion(options.map(testOf));
  if (type === 'literal' && values) return testOfLiteral(values);
  if (type === 'number' && format === 'safeint') return (value) => Number.isSafeInteger(value);
  return format === undefined ? plainTypes[type] : undefined;
}

const plainTypes: Readonly<Partial<Record<string, Test>>> = {
  string: (value) => typeof value === 'string',
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  unknown: (value) => value !== undefined,
};

function orElse(allowed: null | undefined, test: Test): Test {
  return (value) => value === allowed || test(value);
}

/** Schemas of JSON contain themselves. */
function later(find: () => Test): Test {
  let test: Test | undefined;
  return (value) => (test ??= find())(value);
}

function isLoose({ catchall }: Definition): boolean {
  return catchall !== undefined && definitionOf(catchall).type === 'unknown';
}

/**
 * As the schema library does, it looks a member up without asking whose it is: no field is named as one inherited. A
 * field that anything will do for has to be there, unless it is optional.
 */
function testOfMembers(shape: Readonly<Record<string, Schema>>): Test {
  // A schema may contain itself: what its fields are is asked once it stands.
  let known: Fields | undefined;
  return (value) => {
    if (!isObject(value)) return false;
    const { fields, required } = (known ??= fieldsOf(shape));
    let missing = required;
    for (const key in value) {
      const item = value[key];
      const field = fields.get(key);
      if (field === undefined || item === undefined) continue;
      if (field.isRequired) missing--;
      // Most members are text: to call a test of each would take most of the time.
      if (field.isText && typeof item === 'string') continue;
      if (!(item === null && field.mayBeNull) && !field.test(item)) return false;
    }
    return missing === 0;
  };
}

interface Fields {
  readonly fields: ReadonlyMap<string, Field>;
  /** How many of them have to be there. */
  readonly required: number;
}

function fieldsOf(shape: Readonly<Record<string, Schema>>): Fields {
  const fields = new Map<string, Field>();
  for (const [name, schema] of Object.entries(shape)) fields.set(name, fieldOf(schema));
  const required = [...fields.values()].filter(({ isRequired }) => isRequired).length;
  return { fields, required };
}

interface Field {
  readonly isRequired: boolean;
  readonly mayBeNull: boolean;
  /** Any text will do. */
  readonly isText: boolean;
  /** Of what is not allowed already. */
  readonly test: Test;
}

function fieldOf(schema: Schema): Field {
  const { type, innerType, checks = [] } = definitionOf(schema);
  const isWrapper = type === 'optional' || type === 'nullable';
  if (!isWrapper || !innerType || checks.length > 0 || variantsOf(schema)) {
    const test = testOf(schema);
    return { isRequired: !test(undefined), mayBeNull: false, isText: test === plainTypes['string'], test };
  }
  const inner = fieldOf(innerType);
  return type === 'optional' ? { ...inner, isRequired: false } : { ...inner, mayBeNull: true };
}

function testOfElements(test: Test): Test {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (const item of value) if (!test(item)) return false;
    return true;
  };
}

function isKeyedByText({ keyType }: Definition): boolean {
  if (keyType === undefined) return false;
  const { type, format, checks = [] } = definitionOf(keyType);
  return type === 'string' && format === undefined && checks.length === 0;
}

/** The schema library looks past `__proto__`. */
function testOfMap({ valueType }: Definition): Test | undefined {
  if (valueType === undefined) return undefined;
  const test = testOf(valueType);
  return (value) => {
    if (!isObject(value)) return false;
    for (const key of Object.keys(value)) if (key !== '__proto__' && !test(value[key])) return false;
    return true;
  };
}

function testOfUnion(options: readonly Test[]): Test {
  return (value) => {
    for (const test of options) if (test(value)) return true;
    return false;
  };
}

function testOfLiteral(values: readonly JsonValue[]): Test {
  const [only] = values;
  return values.length === 1
    ? (value) => value === only
    : (value) => value !== undefined && values.includes(value);
}

function testOfVariants(variants: Variants): Test {
  // By name: those that the table has, and no others.
  const known = new Map<string, Test>();
  return (value) => {
    const name = isObject(value) ? variantName(variants, value) : undefined;
    if (name === undefined) return false;
    const test = known.get(name);
    if (test) return test(value);
    const schema = schemaNamed(variants, name);
    if (!schema) return true;
    const fresh = testOf(schema);
    known.set(name, fresh);
    return fresh(value);
  };
}

/** The checks of a schema are its own functions, which push an issue where they find one. */
function withChecks(test: Test, { checks = [] }: Definition): Test {
  if (checks.length === 0) return test;
  return (value) => {
    if (!test(value)) return false;
    for (const { _zod: check } of checks) {
      const payload: core.ParsePayload = { value, issues: [] };
      if (check.def.when?.(payload) !== false) void check.check(payload);
      if (payload.issues.length > 0) return false;
    }
    return true;
  };
}
