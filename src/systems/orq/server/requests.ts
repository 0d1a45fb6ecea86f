import * as z from 'zod/mini';
import { isObject, type JsonObject, type JsonValue, member, toPointer } from '../../../core/json.ts';
import { once } from '../../../core/once.ts';
import { limitedText, nullish, object, optional, type Schema } from '../../../core/schema/build.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import { LONGEST_NAME } from './present.ts';
import { refusal } from './refusals.ts';

const displayName = optional(limitedText(LONGEST_NAME));
const generatingTitle = optional(z.boolean());

/** The body of each operation that has one, as a generation of the API takes it. */
export interface Bodies {
  readonly create: () => Schema;
  readonly update: () => Schema;
}

export const bodies42: Bodies = {
  create: once(() =>
    object({
      projectId: z.string(),
      displayName,
      metadata: optional(
        object({ generatingTitle, entityId: nullish(z.string()), model: nullish(z.string()) }),
      ),
    }),
  ),
  update: once(() =>
    object({ displayName, metadata: optional(object({ generatingTitle, entityId: nullish(z.string()) })) }),
  ),
};

export const bodies41: Bodies = {
  create: once(() => object({ displayName, metadata: object({ generatingTitle, entityId: z.string() }) })),
  update: once(() =>
    object({ displayName, metadata: optional(object({ generatingTitle, entityId: optional(z.string()) })) }),
  ),
};

export const generateName = once(() => object({ context: limitedText(Number.MAX_SAFE_INTEGER, 1) }));

export const listQuery = once(() => object({ limit: z.int().check(z.minimum(1), z.maximum(100)) }));

/**
 * A value that the schema takes, as an object.
 * @throws Refusal 400 that names every problem
 */
export function checked(schema: Schema, value: JsonValue | undefined): JsonObject {
  if (value === undefined) throw refusal(400, 'the request needs a body');
  const problems = problemsOf(schema, value, { warnings: false });
  if (isObject(value) && problems.length === 0) return value;
  throw refusal(
    400,
    problems.map(({ path, message }) => `${toPointer(path) || 'the body'}: ${message}`).join('; '),
  );
}

/** What a create body is kept as: nothing but the members that the generation knows. */
export function knownMembers(body: JsonObject, names: readonly string[], inMetadata: readonly string[]) {
  const known = picked(body, names);
  const metadata = member(body, 'metadata');
  return isObject(metadata) ? { ...known, metadata: picked(metadata, inMetadata) } : known;
}

function picked(source: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([name]) => names.includes(name)));
}
