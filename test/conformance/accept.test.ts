import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { schemaOf } from '../../src/core/convert.ts';
import { isObject, type JsonObject, type JsonPath, type JsonValue, member } from '../../src/core/json.ts';
import { accepts } from '../../src/core/schema/accept.ts';
import type { Schema } from '../../src/core/schema/build.ts';
import { arbitraryOf } from '../support/arbitrary.ts';
import { jsonValue } from '../support/leaves.ts';
import { replaceAt } from '../support/replace.ts';
import { documents, kindsOf, loadAll } from './sources.ts';

const runs = Number(process.env['CONVO_LAW_RUNS'] ?? 25) * 4;

const all = await loadAll();

function agree(schema: Schema, value: JsonValue): void {
  expect(accepts(schema, value)).toBe(schema.safeParse(value).success);
}

/** Every path of a document that leads to a value. */
function pathsOf(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (Array.isArray(value)) return [path, ...value.flatMap((item, index) => pathsOf(item, [...path, index]))];
  if (!isObject(value)) return [path];
  return [path, ...Object.keys(value).flatMap((key) => pathsOf(member(value, key) ?? null, [...path, key]))];
}

/** Values that are right in one place and wrong in the next. */
const replacement = fc.oneof(
  jsonValue,
  fc.constantFrom<JsonValue>(null, true, 1, 1.5, -1, 2 ** 53, 1e300, '', 'x'.repeat(600), [], {}, [null]),
  fc.constantFrom<JsonValue>({ type: 'text' }, { type: 1 }, { kind: 'text' }, '2024-02-30', 'conversation'),
);

/** The document with one value replaced, or without one member. */
function changed(document: JsonObject, at: number, value: JsonValue | undefined): JsonObject {
  const paths = pathsOf(document);
  const path = paths[at % paths.length] ?? [];
  if (value !== undefined) return replaceAt(document, path, () => value) ?? document;
  const owner = path.slice(0, -1);
  return (
    replaceAt(document, owner, (inner) => {
      if (!isObject(inner)) return inner;
      return Object.fromEntries(Object.entries(inner).filter(([key]) => key !== path.at(-1)));
    }) ?? document
  );
}

it('the quick check says what the schema library says of a schema that contains itself', () => {
  const tree: Schema = z.looseObject({
    name: z.string(),
    get child() {
      return z.optional(tree);
    },
    later: z.optional(z.lazy(() => tree)),
  });
  const values: JsonValue[] = [
    { name: 'a' },
    { name: 'a', child: { name: 'b', later: { name: 'c' } } },
    { name: 'a', child: { later: { name: 'c' } } },
    { name: 'a', later: { name: 'b', child: {} } },
    { name: 'a', later: null },
  ];
  for (const value of values) agree(tree, value);
});

describe('the quick check says what the schema library says', () => {
  for (const loaded of all) {
    for (const kind of kindsOf(loaded)) {
      const schema = schemaOf(loaded.format, kind);

      it(`of every ${loaded.format.name} ${kind}, whole or with a value changed`, () => {
        const change = fc.tuple(fc.nat(), fc.option(replacement, { nil: undefined }));
        fc.assert(
          fc.property(
            documents(loaded, kind, all),
            fc.array(change, { minLength: 8, maxLength: 8 }),
            (document, changes) => {
              agree(schema, document);
              for (const [at, value] of changes) agree(schema, changed(document, at, value));
            },
          ),
          { numRuns: runs },
        );
      });

      it(`of any JSON as ${loaded.format.name} ${kind}`, () => {
        fc.assert(
          fc.property(replacement, (value) => agree(schema, value)),
          { numRuns: runs },
        );
      });
    }

    for (const [status, error] of Object.entries(loaded.format.errors ?? {})) {
      it(`of the error body ${status} of ${loaded.format.name}`, () => {
        fc.assert(
          fc.property(fc.oneof(arbitraryOf(error()), jsonValue), (value) => agree(error(), value)),
          { numRuns: runs },
        );
      });
    }
  }
});
