import { isBare, isObject, type JsonObject, type JsonValue, member, setMember } from './json.ts';
import type { Ledger } from './ledger.ts';

/**
 * What one format knows beyond the model: its other members under their own names, and under `$written`
 * how it spelled what the model says too. A member whose own name is `$written` gets another `$` in front.
 */
export interface Extension {
  readonly rest: JsonObject;
  readonly written: JsonObject;
}

const written = '$written';

/** The JSON of an extension; `undefined` if there is nothing to keep. */
export function packExtension({ rest, written: forms }: Extension): JsonObject | undefined {
  const hasForms = !isBare(forms);
  if (isBare(rest)) return hasForms ? { [written]: forms } : undefined;
  const packed: JsonObject = {};
  for (const key in rest) setMember(packed, packedKey(key), member(rest, key) ?? null);
  if (hasForms) packed[written] = forms;
  return packed;
}

/** The inverse of {@link packExtension}; anything that is no object reads as an empty extension. */
export function unpackExtension(packed: JsonValue | undefined): Extension {
  if (!isObject(packed)) return nothing;
  const rest: JsonObject = {};
  for (const key in packed) {
    if (key !== written) setMember(rest, isEscapable(key) ? key.slice(1) : key, member(packed, key) ?? null);
  }
  return { rest, written: formsIn(packed) };
}

/** Most owners come from another system and have none; nobody may write to it. */
const nothing: Extension = { rest: Object.freeze({}), written: Object.freeze({}) };

function formsIn(packed: JsonObject): JsonObject {
  const forms = member(packed, written);
  return isObject(forms) ? forms : nothing.written;
}

/** The name that a member has in a packed extension. */
export function packedKey(key: string): string {
  return isEscapable(key) ? `$${key}` : key;
}

function isEscapable(key: string): boolean {
  return key.startsWith('$') && /^\$+written$/.test(key);
}

/** The extension that `owner` (a conversation, message or part) has for a format; empty if none. */
export function extensionOf(owner: { readonly extensions?: unknown }, system: string): Extension {
  return unpackExtension(packedOf(owner, system));
}

/** How a system spelled what the model says: `extensionOf(…).written` for those who ask for nothing else. */
export function formsOf(owner: { readonly extensions?: unknown }, system: string): JsonObject {
  const packed = packedOf(owner, system);
  return packed ? formsIn(packed) : nothing.written;
}

/** `{extensions: {system: …}}` to spread into an owner, or nothing. */
export function withExtension(
  system: string,
  rest: JsonObject,
  forms: JsonObject = {},
): { extensions?: JsonObject } {
  const extensions = extensionsWith(system, rest, forms);
  return extensions === undefined ? {} : { extensions };
}

/** The `extensions` of an owner; `undefined` if there is nothing to keep. */
export function extensionsWith(system: string, rest: JsonObject, forms: JsonObject): JsonObject | undefined {
  const packed = packExtension({ rest, written: forms });
  return packed && { [system]: packed };
}

/** Readers: tells the ledger that the members of `owner`'s extension stand in `native`, level by level. */
export function placeExtension(
  owner: { readonly extensions?: unknown },
  system: string,
  native: JsonObject,
  ledger: Ledger,
): void {
  const packed = packedOf(owner, system);
  if (!packed) return;
  mirror(packed, native, ledger);
  for (const key in packed) {
    if (key !== written && isEscapable(key)) ledger.origin(packed, key, native, key.slice(1));
  }
}

function mirror(copy: JsonObject, native: JsonObject, ledger: Ledger): void {
  ledger.mirrors(copy, native);
  for (const key in copy) {
    const value = member(copy, key);
    if (!isObject(value) || key === written) continue;
    const original = member(native, key);
    if (isObject(original) && value !== original) mirror(value, original, ledger);
  }
}

/** Writers: tells the ledger that `owner`'s extension of this system is in the output, whole. */
export function carryExtension(
  owner: { readonly extensions?: unknown },
  system: string,
  ledger: Ledger,
): void {
  if (!isObject(owner.extensions)) return;
  ledger.carried(owner.extensions, system);
  const packed = packedOf(owner, system);
  if (packed) carryMembers(packed, ledger);
}

/** Marks every member carried, going into objects: one of them may stand for a part of its original only. */
export function carryMembers(object: JsonObject, ledger: Ledger): void {
  for (const key in object) {
    const value = member(object, key);
    if (isObject(value)) carryMembers(value, ledger);
    else ledger.carried(object, key);
  }
}

/** The extension of a system as it stands in the model; `undefined` if there is none. */
export function packedOf(owner: { readonly extensions?: unknown }, system: string): JsonObject | undefined {
  const packed = isObject(owner.extensions) ? member(owner.extensions, system) : undefined;
  return isObject(packed) ? packed : undefined;
}
