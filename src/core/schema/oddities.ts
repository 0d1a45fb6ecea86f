import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../json.ts';
import { nearest } from '../nearest.ts';
import { accepts } from './accept.ts';
import { pickVariant, type Schema } from './build.ts';
import { type Described, describe, type Shape } from './shape.ts';

/** What is not documented but accepted all the same: members, words and variants that a vendor may have added. */
export interface Oddity {
  readonly path: JsonPath;
  readonly expected: string;
  readonly found: string;
  readonly message: string;
  readonly aboutKey?: boolean;
}

/** Everything in a value that its schema accepts without knowing it. Values of a wrong type are not looked into. */
export function oddities(schema: Schema, value: JsonValue): Oddity[] {
  const found: Oddity[] = [];
  visit(schema, value, [], found);
  return found;
}

function visit(schema: Schema, value: JsonValue, path: JsonPath, found: Oddity[]): void {
  const { shape, documentation }: Described = describe(schema);
  switch (shape.kind) {
    case 'string':
      if (typeof value === 'string') checkWord(documentation.known, value, path, found);
      return;
    case 'array':
      if (Array.isArray(value))
        value.forEach((item, index) => visit(shape.item, item, [...path, index], found));
      return;
    case 'map':
      if (!isObject(value)) return;
      for (const [key, item] of Object.entries(value)) visit(shape.value, item, [...path, key], found);
      return;
    case 'object':
      if (isObject(value)) checkMembers(shape.fields, value, path, found);
      return;
    case 'union': {
      const option =
        shape.options.find((each) => accepts(each, value)) ??
        shape.options.find((each) => isOfKind(describe(each).shape, value));
      if (option) visit(option, value, path, found);
      return;
    }
    case 'variants': {
      if (!isObject(value)) return;
      const picked = pickVariant(shape.variants, value);
      if (picked?.schema) visit(picked.schema, value, path, found);
      else if (picked) {
        const at = [...path, shape.variants.discriminator];
        checkWord(Object.keys(shape.variants.table), picked.name, at, found);
      }
      return;
    }
    case 'number':
    case 'integer':
    case 'boolean':
    case 'literal':
    case 'unknown':
  }
}

/** Whether a value is at least of the outermost type that a shape has. */
function isOfKind({ kind }: Shape, value: JsonValue): boolean {
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'object' || kind === 'map' || kind === 'variants') return isObject(value);
  return kind === 'unknown';
}

function checkWord(
  known: readonly string[] | undefined,
  word: string,
  path: JsonPath,
  found: Oddity[],
): void {
  if (!known || known.includes(word)) return;
  const meant = nearest(word, known);
  const shown = JSON.stringify(word.length > 60 ? `${word.slice(0, 60)}…` : word);
  found.push({
    path,
    expected:
      known.length > 8 ? 'a documented value' : known.map((each) => JSON.stringify(each)).join(' or '),
    found: `string ${shown}`,
    message: `${shown} is not documented${meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`}`,
  });
}

function checkMembers(
  fields: Readonly<Record<string, Schema>>,
  value: JsonObject,
  path: JsonPath,
  found: Oddity[],
): void {
  for (const [key, item] of Object.entries(value)) {
    const schema = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (schema) {
      visit(schema, item, [...path, key], found);
      continue;
    }
    const meant = nearest(
      key,
      Object.keys(fields).filter((name) => !Object.hasOwn(value, name)),
    );
    const shown = JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
    found.push({
      path: [...path, key],
      expected: 'a documented member',
      found: `member ${shown}`,
      message: `unknown member ${shown}${meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`}`,
      aboutKey: true,
    });
  }
}
