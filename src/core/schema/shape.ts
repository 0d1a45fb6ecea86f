import type { JsonPrimitive } from '../json.ts';
import { type Documentation, documentation, type Schema, type Variants, variantsOf } from './build.ts';
import { type Definition, definitionOf } from './definition.ts';

/** What a schema says, as data: tables, warnings, the types of `--set` and the generators of the tests walk this. */
export interface Described {
  readonly shape: Shape;
  readonly optional: boolean;
  readonly nullable: boolean;
  readonly documentation: Documentation;
}

export type Shape =
  | { readonly kind: 'string'; readonly documentation: Documentation }
  | { readonly kind: 'number' | 'integer'; readonly minimum?: number; readonly maximum?: number }
  | { readonly kind: 'boolean' | 'unknown' }
  | { readonly kind: 'literal'; readonly values: readonly JsonPrimitive[] }
  | { readonly kind: 'array'; readonly item: Schema; readonly maximum?: number }
  | { readonly kind: 'map'; readonly value: Schema; readonly documentation: Documentation }
  | {
      readonly kind: 'object';
      readonly fields: Readonly<Record<string, Schema>>;
      /** The place of each field among them. */
      readonly names: ReadonlyMap<string, number>;
    }
  | { readonly kind: 'union'; readonly options: readonly Schema[] }
  | { readonly kind: 'variants'; readonly variants: Variants };

const described = new WeakMap<Schema, Described>();

export function describe(schema: Schema): Described {
  const known = described.get(schema);
  if (known) return known;
  const fresh = unwrap(schema);
  described.set(schema, fresh);
  return fresh;
}

function unwrap(schema: Schema): Described {
  const own = documentation.get(schema) ?? {};
  const definition = definitionOf(schema);
  if (definition.innerType) {
    const inner = describe(definition.innerType);
    return {
      shape: inner.shape,
      optional: inner.optional || definition.type === 'optional',
      nullable: inner.nullable || definition.type === 'nullable',
      documentation: { ...inner.documentation, ...own },
    };
  }
  if (definition.getter) {
    const inner = describe(definition.getter());
    return { ...inner, documentation: { ...inner.documentation, ...own } };
  }
  const nullable = definition.options?.some((option) => definitionOf(option).type === 'null') === true;
  return { shape: shapeOf(schema, definition, own), optional: false, nullable, documentation: own };
}

function shapeOf(schema: Schema, definition: Definition, own: Documentation): Shape {
  const variants = variantsOf(schema);
  if (variants) return { kind: 'variants', variants };
  if (definition.shape)
    return { kind: 'object', fields: definition.shape, names: placesIn(definition.shape) };
  if (definition.element) return { kind: 'array', item: definition.element, ...bounds(schema) };
  if (definition.valueType) return { kind: 'map', value: definition.valueType, documentation: own };
  if (definition.options) return { kind: 'union', options: definition.options };
  if (definition.values) return { kind: 'literal', values: definition.values };
  if (definition.entries) return { kind: 'literal', values: Object.values(definition.entries) };
  switch (definition.type) {
    case 'string':
      return { kind: 'string', documentation: own };
    case 'number':
      return { kind: definition.format === 'safeint' ? 'integer' : 'number', ...bounds(schema) };
    case 'boolean':
      return { kind: 'boolean' };
    default:
      return { kind: 'unknown' };
  }
}

function placesIn(fields: Readonly<Record<string, Schema>>): ReadonlyMap<string, number> {
  return new Map(Object.keys(fields).map((name, place) => [name, place]));
}

/** The limits set by the schema itself, not those of the number type. */
function bounds(schema: Schema): { minimum?: number; maximum?: number } {
  const { minimum, maximum } = schema._zod.bag;
  return {
    ...(typeof minimum === 'number' &&
      Number.isFinite(minimum) &&
      minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
    ...(typeof maximum === 'number' &&
      Number.isFinite(maximum) &&
      maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
  };
}
