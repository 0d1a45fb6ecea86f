import * as z from 'zod/mini';
import { isObject, type JsonObject, member } from '../json.ts';

// Compiling a schema to code pays only after many values; a run of this program mostly checks one.
z.config({ jitless: true });

/** Any schema of this program. Values are checked with it and used as they came: nothing is stripped or rewritten. */
export type Schema = z.ZodMiniType;

/** What a documented field says of itself beside its type. */
export interface Documentation {
  readonly description?: string;
  /** The system sets it; a request must not. */
  readonly readOnly?: true;
  /** The documented values of a string that may hold others. */
  readonly known?: readonly string[];
  /** Longest text, in characters as the vendors count them (code points). */
  readonly maxCharacters?: number;
  /** Shortest text, in UTF-16 code units; absent if it may be empty. */
  readonly minCharacters?: number;
  /** Text that holds a point in time. */
  readonly time?: true;
  /** At least one of these members has to be there, as text. */
  readonly either?: readonly (readonly string[])[];
  /** Most pairs in a map. */
  readonly maxPairs?: number;
}

export const documentation = z.registry<Documentation>();

/** Attaches what the vendor says of a field. The schema is copied if it already documents another one. */
export function field<T extends Schema>(type: T, description: string, traits: Documentation = {}): T {
  const present = documentation.get(type);
  const own = present?.description === undefined ? type : type.clone();
  const open = variantsOfSchema.get(type);
  if (open) variantsOfSchema.set(own, open);
  documentation.add(own, { ...present, ...traits, description });
  return own;
}

/** An object with documented members; others are kept, as every vendor adds members without notice. */
export const object = z.looseObject;
export const optional = z.optional;
export const nullable = z.nullable;

/** May be absent, may be null: two different things to every reader and writer. */
export function nullish<T extends Schema>(type: T): z.ZodMiniOptional<z.ZodMiniNullable<T>> {
  return z.optional(z.nullable(type));
}

/** A string with documented values that may be another one: new words are not errors. */
export function openEnum(...known: readonly string[]): z.ZodMiniString {
  const type = z.string();
  documentation.add(type, { known });
  return type;
}

/** A string of at most `max` characters (code points), and at least `min`. */
export function limitedText(max: number, min = 0): z.ZodMiniString {
  const type = z.string().check((payload) => {
    const text = payload.value;
    if (text.length > max && Array.from(text).length > max) {
      payload.issues.push({ code: 'too_big', origin: 'string', maximum: max, inclusive: true, input: text });
    } else if (text.length < min) {
      payload.issues.push({
        code: 'too_small',
        origin: 'string',
        minimum: min,
        inclusive: true,
        input: text,
      });
    }
  });
  documentation.add(type, { maxCharacters: max, ...(min > 0 && { minCharacters: min }) });
  return type;
}

/**
 * A further condition on a whole object. It is looked at even if members of it are wrong, so that one run of
 * `validate` tells of everything.
 */
export function condition(test: (value: JsonObject, report: (issue: z.core.$ZodRawIssue) => void) => void) {
  return z.check<Record<string, unknown>>(
    (payload) => {
      if (isObject(payload.value)) test(payload.value, (issue) => void payload.issues.push(issue));
    },
    { when: () => true },
  );
}

/** Ids are strings in every document, and numbers on some wires. */
export function id(): z.ZodMiniUnion<readonly [z.ZodMiniString, z.ZodMiniNumberFormat]> {
  return z.union([z.string(), z.int()]);
}

const pointInTime = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?$/;

/** RFC 3339 date-time; also without a zone, or a date alone, as live answers have both. */
export function timeText(): z.ZodMiniString {
  const type = z.string().check((payload) => {
    if (!pointInTime.test(payload.value)) {
      payload.issues.push({
        code: 'invalid_format',
        format: 'datetime',
        origin: 'string',
        input: payload.value,
      });
    }
  });
  documentation.add(type, { time: true });
  return type;
}

/** How an open set of shapes is told apart, and each of them that is known. */
export interface Variants {
  /** The member that names the shape. */
  readonly discriminator: string;
  /** A schema is built only when a value asks for it. */
  readonly table: Readonly<Record<string, () => Schema>>;
  /** Names the shape of a value where more than the discriminator counts; `undefined` if nothing tells. */
  readonly choose?: (value: JsonObject) => string | undefined;
}

const variantsOfSchema = new WeakMap<object, Variants>();

/** The variants behind a schema made by {@link variants}; `undefined` for any other. */
export function variantsOf(type: Schema): Variants | undefined {
  return variantsOfSchema.get(type);
}

/**
 * An open union: the discriminator picks the one shape that counts, and a value it does not know passes,
 * as vendors add variants without notice.
 */
export function variants(definition: Variants): z.ZodMiniType<JsonObject, JsonObject> {
  const type = z
    .custom<JsonObject>((value) => isObject(value), 'object')
    .check((payload) => {
      const picked = pickVariant(definition, payload.value);
      if (picked === undefined) {
        payload.issues.push({
          code: 'invalid_type',
          expected: 'string',
          path: [definition.discriminator],
          input: member(payload.value, definition.discriminator),
        });
        return;
      }
      const result = picked.schema?.safeParse(payload.value);
      if (result && !result.success) {
        payload.issues.push({
          code: 'custom',
          params: { issues: result.error.issues },
          input: payload.value,
        });
      }
    });
  variantsOfSchema.set(type, definition);
  return type;
}

/** Which variant a value is; `schema` is absent for one that is not known; `undefined` if nothing says which. */
export function pickVariant(
  among: Variants,
  value: JsonObject,
): { readonly name: string; readonly schema?: Schema } | undefined {
  const name = variantName(among, value);
  if (name === undefined) return undefined;
  const schema = schemaNamed(among, name);
  return schema ? { name, schema } : { name };
}

/** The name of the variant that a value is; `undefined` if nothing says which. */
export function variantName({ discriminator, choose }: Variants, value: JsonObject): string | undefined {
  const name = choose ? choose(value) : member(value, discriminator);
  return typeof name === 'string' ? name : undefined;
}

/** The schema of a variant; `undefined` for one that is not known. */
export function schemaNamed({ table }: Variants, name: string): Schema | undefined {
  return Object.hasOwn(table, name) ? table[name]?.() : undefined;
}
