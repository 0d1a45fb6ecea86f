import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaOf } from '../../src/core/convert.ts';
import type { Kind } from '../../src/core/format.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { isValid } from '../../src/core/schema/problems.ts';
import { kindOf } from '../../src/formats/index.ts';
import type { Loaded } from './sources.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** The vendors' own examples of a format's documents of one kind, by file; see the ORIGIN.md beside them. */
export function examplesOf({ info, format }: Loaded, kind: Kind): Readonly<Record<string, JsonObject>> {
  const examples: Record<string, JsonObject> = {};
  for (const file of filesOf(info.system)) {
    const value: unknown = JSON.parse(readFileSync(join(fixtures, info.system, file), 'utf8'));
    const isOne =
      isObject(value) && kindOf(info, format, value) === kind && isValid(schemaOf(format, kind), value);
    if (isOne) examples[file] = value;
  }
  return examples;
}

function filesOf(system: string): string[] {
  return readdirSync(fixtures).includes(system)
    ? readdirSync(join(fixtures, system)).filter((file) => file.endsWith('.json'))
    : [];
}
