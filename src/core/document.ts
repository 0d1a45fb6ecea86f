import type { Conversation } from './conversation.ts';
import type { Format, Kind } from './format.ts';
import type { JsonObject } from './json.ts';
import { noLedger } from './ledger.ts';

/** A document of a known format. */
export interface Document {
  readonly format: Format;
  readonly kind: Kind;
  readonly value: JsonObject;
}

/** Documents are never changed, so each needs reading only once. */
const models = new WeakMap<JsonObject, { readonly document: Document; readonly model: Conversation }>();

/** Reads a document without accounting for losses. */
export function readModel(document: Document): Conversation {
  const { format, kind, value } = document;
  const known = models.get(value);
  if (known && known.document.format === format && known.document.kind === kind) return known.model;
  const model = format.read(value, kind, noLedger);
  models.set(value, { document, model });
  return model;
}
