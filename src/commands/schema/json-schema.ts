import type { JsonObject } from '../../core/json.ts';
import type { Schema, Variants } from '../../core/schema/build.ts';
import { type Described, describe, type Shape } from '../../core/schema/shape.ts';
import { isAnyJson } from './type-words.ts';

/** The point in time of {@link timeText}, as JSON Schema has no format for times without a zone. */
const time = '^\\d{4}-\\d\\d-\\d\\d([Tt ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?([Zz]|[+-]\\d\\d:?\\d\\d)?)?$';

export interface Naming {
  readonly id: string;
  readonly title: string;
}

/** A schema as a JSON Schema document (draft 2020-12). Rules that span several members are not in it. */
export function jsonSchemaOf(schema: Schema, { id, title }: Naming): JsonObject {
  return { ...heading({ id, title }), ...write(schema, []) };
}

/** Several schemas in one document: each under `$defs`, and any of them fits. */
export function jsonSchemaOfMany(schemas: Readonly<Record<string, Schema>>, naming: Naming): JsonObject {
  const names = Object.keys(schemas);
  return {
    ...heading(naming),
    anyOf: names.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, write(schema, [])])),
  };
}

function heading({ id, title }: Naming): JsonObject {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: id, title };
}

/** `owners`: the shapes around this one. A shape within itself is not followed further. */
function write(schema: Schema, owners: readonly Shape[]): JsonObject {
  const described = describe(schema);
  const { shape, nullable } = described;
  const { description, readOnly } = described.documentation;
  const type = isAnyJson(shape) || owners.includes(shape) ? {} : writeShape(described, [...owners, shape]);
  return {
    ...(description !== undefined && { description }),
    ...(readOnly === true && { readOnly }),
    ...(nullable ? orNull(type) : type),
  };
}

function orNull(type: JsonObject): JsonObject {
  if (Object.keys(type).length === 0) return type;
  if (typeof type['type'] === 'string') return { ...type, type: [type['type'], 'null'] };
  return { anyOf: [type, { type: 'null' }] };
}

function writeShape({ shape, documentation: traits }: Described, owners: readonly Shape[]): JsonObject {
  switch (shape.kind) {
    case 'string':
      return writeString(traits);
    case 'number':
    case 'integer': {
      const { kind: type, minimum, maximum } = shape;
      return { type, ...(minimum !== undefined && { minimum }), ...(maximum !== undefined && { maximum }) };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'unknown':
      return {};
    case 'literal':
      return shape.values.length === 1 ? { const: shape.values[0] ?? null } : { enum: [...shape.values] };
    case 'array': {
      const { item, maximum } = shape;
      return {
        type: 'array',
        items: write(item, owners),
        ...(maximum !== undefined && { maxItems: maximum }),
      };
    }
    case 'map': {
      const { maxPairs } = traits;
      const values = write(shape.value, owners);
      return {
        type: 'object',
        additionalProperties: values,
        ...(maxPairs !== undefined && { maxProperties: maxPairs }),
      };
    }
    case 'object':
      return {
        ...writeObject(shape.fields, owners),
        ...(traits.either && { anyOf: traits.either.map(textAt) }),
      };
    case 'union':
      return { anyOf: shape.options.map((option) => write(option, owners)) };
    case 'variants':
      return writeVariants(shape.variants, owners);
    default:
      return shape;
  }
}

/** Says that there is text at a path. */
function textAt([name = '', ...below]: readonly string[]): JsonObject {
  return {
    required: [name],
    properties: { [name]: below.length === 0 ? { type: 'string' } : textAt(below) },
  };
}

function writeString({
  known,
  time: isTime,
  minCharacters,
  maxCharacters,
}: Described['documentation']): JsonObject {
  return {
    type: 'string',
    ...(known && { examples: [...known] }),
    ...(isTime === true && { pattern: time }),
    ...(minCharacters !== undefined && { minLength: minCharacters }),
    ...(maxCharacters !== undefined && { maxLength: maxCharacters }),
  };
}

function writeObject(fields: Readonly<Record<string, Schema>>, owners: readonly Shape[]): JsonObject {
  const entries = Object.entries(fields);
  const required = entries.filter(([, field]) => !describe(field).optional).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, write(field, owners)])),
    ...(required.length > 0 && { required }),
  };
}

/** Each known variant, and any other word of the discriminator, where that is what tells the variants apart. */
function writeVariants({ discriminator, table }: Variants, owners: readonly Shape[]): JsonObject {
  const known = Object.entries(table).map(([name, schema]) => ({ name, schema: schema() }));
  const tells = known.every(({ name, schema }) => isNamedBy(schema, discriminator, name));
  const open = {
    title: 'any other',
    type: 'object',
    properties: { [discriminator]: { type: 'string', not: { enum: known.map(({ name }) => name) } } },
    required: [discriminator],
  };
  const shapes = known.map(({ name, schema }) => ({ title: name, ...write(schema, owners) }));
  return { anyOf: tells ? [...shapes, open] : shapes };
}

/** Whether a variant says its own name in the discriminator. */
function isNamedBy(schema: Schema, discriminator: string, name: string): boolean {
  const { shape } = describe(schema);
  const member = shape.kind === 'object' ? shape.fields[discriminator] : undefined;
  const said = member && describe(member).shape;
  return said?.kind === 'literal' && said.values.includes(name);
}
