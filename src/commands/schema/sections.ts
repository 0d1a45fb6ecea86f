import type { Schema, Variants } from '../../core/schema/build.ts';
import { type Described, describe, type Shape } from '../../core/schema/shape.ts';
import { isAnyJson, typeWords } from './type-words.ts';

/** A field as a table shows it. */
export interface FieldRow {
  /** Dotted, from the section's place on: `agent.id`, `content[].text`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** The fields of an object, or of one of the shapes it may take. */
export interface Section {
  /** Where in the document: `items[] (message)`; empty for the document itself. */
  readonly place: string;
  readonly rows: readonly FieldRow[];
}

interface Pending {
  readonly place: string;
  readonly schema: Schema;
}

/** Every field of a schema: those of nested objects below their owner, those of each variant in a section of its own. */
export function sectionsOf(schema: Schema, place = ''): Section[] {
  const seen = new Set<Variants>();
  const pending: Pending[] = [{ place, schema }];
  const sections: Section[] = [];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { place: here, schema: root } = next;
    const found: Pending[] = [];
    const walk: Walk = { place: here, rows: [], variants: found, seen, owners: [] };
    visit(walk, describe(root).shape, '');
    if (walk.rows.length > 0) sections.push({ place: here, rows: walk.rows });
    // What is nested follows what it is nested in.
    pending.unshift(...found);
  }
  return sections;
}

interface Walk {
  readonly place: string;
  readonly rows: FieldRow[];
  readonly variants: Pending[];
  readonly seen: Set<Variants>;
  /** The shapes around the present one, so that a shape within itself ends. */
  readonly owners: readonly Shape[];
}

function visit(walk: Walk, shape: Shape, name: string): void {
  if (isAnyJson(shape) || walk.owners.includes(shape)) return;
  const within: Walk = { ...walk, owners: [...walk.owners, shape] };
  if (shape.kind === 'array') visit(within, describe(shape.item).shape, `${name}[]`);
  else if (shape.kind === 'map') visit(within, describe(shape.value).shape, `${name}.*`);
  else if (shape.kind === 'union')
    for (const option of shape.options) visit(within, describe(option).shape, name);
  else if (shape.kind === 'variants') noteVariants(walk, shape.variants, name);
  else if (shape.kind === 'object') {
    for (const [key, field] of Object.entries(shape.fields)) {
      const described = describe(field);
      const fieldName = name === '' ? key : `${name}.${key}`;
      walk.rows.push(fieldRow(fieldName, described));
      visit(within, described.shape, fieldName);
    }
  }
}

function fieldRow(name: string, described: Described): FieldRow {
  const { description = '', readOnly } = described.documentation;
  const meaning = readOnly === true ? `${description} Read-only.` : description;
  return { name, type: typeWords(described), required: !described.optional, meaning: meaning.trim() };
}

function noteVariants({ place, variants: found, seen }: Walk, variants: Variants, name: string): void {
  if (seen.has(variants)) return;
  seen.add(variants);
  const at = [place, name].filter((part) => part !== '').join(' ');
  for (const [word, schema] of Object.entries(variants.table)) {
    found.push({ place: `${at} (${word})`.trim(), schema: schema() });
  }
}
