import type { Document } from './document.ts';
import type { Format, Kind } from './format.ts';
import { refuseInexact } from './json/inexact.ts';
import { type JsonObject, member, setMember } from './json.ts';
import { createLedger, type Ledger, type Loss, noLedger } from './ledger.ts';
import { once } from './once.ts';
import type { Schema } from './schema/build.ts';
import { pickVariant } from './schema/build.ts';
import { describe } from './schema/shape.ts';

export interface Conversion {
  /** What the target can carry; required members may be missing, as nothing is made up. */
  readonly output: JsonObject;
  readonly losses: readonly Loss[];
  /** The id the source has; null if it has none, or if nothing was converted. */
  readonly id: string | null;
}

/** Turns a valid document into another format or kind; what is to be the same already comes back as it is. */
export function convert(source: Document, format: Format, kind: Kind): Conversion {
  if (source.format.name === format.name && source.kind === kind) {
    return { output: source.value, losses: [], id: null };
  }
  refuseInexact(source.value, 'converted');
  const ledger = ledgerFor(source, format, kind);
  try {
    const model = source.format.read(source.value, source.kind, ledger);
    const output = inOrder(schemaOf(format, kind), format.write(model, kind, ledger));
    const losses = ledger.losses(source.value, `${format.title} has no place for it`);
    return { output, losses, id: model.id ?? null };
  } finally {
    ledger.clear();
  }
}

/**
 * The model can carry everything. What only the source's format knows goes to the model and to formats of the same
 * system; what is in the model already, to any.
 */
function ledgerFor({ format: { system } }: Document, format: Format, kind: Kind): Ledger {
  if (format.system === 'convo') return kind === 'record' ? noLedger : homeLedger();
  return system === 'convo' || system === format.system ? homeLedger() : foreignLedger();
}

// Documents are converted one at a time, so that one ledger does for all of a kind.
const homeLedger = once(() => createLedger());
const foreignLedger = once(() => createLedger({ keepsOwn: false }));

/** The schema of a format for this kind. @throws Error if the format has no request; ask `format.request` first. */
export function schemaOf(format: Format, kind: Kind): Schema {
  const build = kind === 'record' ? format.record : format.request;
  if (!build) throw new Error(`${format.name} has no request`);
  return build();
}

/** The same members, the documented ones first and in their documented order; the very same object if they are. */
export function inOrder(schema: Schema, value: JsonObject): JsonObject {
  const { shape } = describe(schema);
  if (shape.kind === 'variants') {
    const picked = pickVariant(shape.variants, value);
    return picked?.schema ? inOrder(picked.schema, value) : value;
  }
  if (shape.kind !== 'object' || isInOrder(value, shape.names)) return value;
  const ordered: JsonObject = {};
  const take = (name: string): void => {
    const item = member(value, name);
    if (item !== undefined) setMember(ordered, name, item);
  };
  for (const name of shape.names.keys()) take(name);
  for (const name of Object.keys(value)) if (!shape.names.has(name)) take(name);
  return ordered;
}

function isInOrder(value: JsonObject, names: ReadonlyMap<string, number>): boolean {
  let last = 0;
  for (const name in value) {
    const place = names.get(name) ?? names.size;
    if (place < last) return false;
    last = place;
  }
  return true;
}
