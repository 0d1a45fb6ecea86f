import { Failure } from './errors.ts';
import { JsonSyntaxProblem, parseJson } from './json/parse.ts';
import { isObject, type JsonObject, type JsonValue, member, setMember, valueAt } from './json.ts';
import { pickVariant, type Schema } from './schema/build.ts';
import { type Described, describe } from './schema/shape.ts';

/**
 * A copy of `document` with the value at `path`: text where the schema has a string, else JSON if it parses, else
 * text. Objects and arrays on the way are made where they are missing.
 * @throws Failure `usage` if the path leads through something that has no members.
 */
export function assign(
  document: JsonObject,
  path: readonly string[],
  text: string,
  schema: Schema,
): JsonObject {
  return replace(document, path, valueFor(text, schemaAt(schema, document, path)), schema);
}

/** A copy of `document` with `value` at `path`, as {@link assign} makes it. */
export function replace(
  document: JsonObject,
  path: readonly string[],
  value: JsonValue,
  schema: Schema,
): JsonObject {
  const changed = replaceIn(document, path, value, path, (at) => schemaAt(schema, document, at));
  return isObject(changed) ? changed : document;
}

function replaceIn(
  owner: JsonValue | undefined,
  path: readonly string[],
  value: JsonValue,
  whole: readonly string[],
  schemaOf: (path: readonly string[]) => Described | undefined,
): JsonValue {
  const [step, ...below] = path;
  if (step === undefined) return value;
  const at = whole.slice(0, whole.length - path.length);
  const container = owner ?? (schemaOf(at)?.shape.kind === 'array' ? [] : {});
  if (Array.isArray(container)) {
    const index = step === '-' ? container.length : Number(step);
    if (!/^(\d+|-)$/.test(step) || index > container.length) throw noSuchPlace(whole, step, at);
    return container.toSpliced(index, 1, replaceIn(container[index], below, value, whole, schemaOf));
  }
  if (!isObject(container)) throw noSuchPlace(whole, step, at);
  const copy: JsonObject = { ...container };
  setMember(copy, step, replaceIn(member(container, step), below, value, whole, schemaOf));
  return copy;
}

function noSuchPlace(path: readonly string[], step: string, at: readonly string[]): Failure {
  return new Failure(
    'usage',
    `${path.join('.')} cannot be set: ${at.join('.') || 'it'} has no member ${JSON.stringify(step)}`,
  );
}

/** A copy of `document` without the member at `path`; the same document if there is none. */
export function remove(document: JsonObject, path: readonly string[]): JsonObject {
  const owner = valueAt(document, path.slice(0, -1));
  const last = path.at(-1);
  if (last === undefined || (!isObject(owner) && !Array.isArray(owner))) return document;
  const rest = Array.isArray(owner)
    ? owner.filter((_, index) => String(index) !== last)
    : Object.fromEntries(Object.entries(owner).filter(([key]) => key !== last));
  if (path.length === 1) return isObject(rest) ? rest : document;
  const changed = replaceIn(document, path.slice(0, -1), rest, path, () => undefined);
  return isObject(changed) ? changed : document;
}

/** What a schema says of the value at `path`; `undefined` where it says nothing. */
export function schemaAt(
  schema: Schema,
  document: JsonValue,
  path: readonly string[],
): Described | undefined {
  let here: Schema | undefined = schema;
  let value: JsonValue | undefined = document;
  for (const step of path) {
    here = here && schemaOfMember(here, value, step);
    value = value === undefined ? undefined : valueAt(value, [step]);
  }
  return here && describe(here);
}

function schemaOfMember(schema: Schema, value: JsonValue | undefined, step: string): Schema | undefined {
  const { shape } = describe(schema);
  switch (shape.kind) {
    case 'object':
      return Object.hasOwn(shape.fields, step) ? shape.fields[step] : undefined;
    case 'array':
      return shape.item;
    case 'map':
      return shape.value;
    case 'union':
      return shape.options
        .map((option) => schemaOfMember(option, value, step))
        .find((found) => found !== undefined);
    case 'variants': {
      const picked = isObject(value) ? pickVariant(shape.variants, value) : undefined;
      return picked?.schema && schemaOfMember(picked.schema, value, step);
    }
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'literal':
    case 'unknown':
      return undefined;
  }
}

function valueFor(text: string, described: Described | undefined): JsonValue {
  if (described?.nullable && text === 'null') return null;
  if (described && isText(described)) return text;
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem)) throw error;
    if (error.kind === 'syntax' || error.kind === 'truncated') return text;
    throw new Failure('invalid', `${JSON.stringify(text)} cannot be set: ${error.message}`, {
      hint: 'put it in quotes to set it as text',
    });
  }
}

function isText({ shape }: Described): boolean {
  if (shape.kind === 'union')
    return shape.options.every((option) => isText(describe(option)) || isInteger(describe(option)));
  if (shape.kind === 'literal') return shape.values.every((value) => typeof value === 'string');
  return shape.kind === 'string';
}

/** An id may be text or a number; typed, it is text. */
function isInteger({ shape }: Described): boolean {
  return shape.kind === 'integer';
}
