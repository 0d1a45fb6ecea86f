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

/** Reads a document without accounting for losses. */
export function readModel({ format, kind, value }: Document): Conversation {
  return format.read(value, kind, noLedger);
}
