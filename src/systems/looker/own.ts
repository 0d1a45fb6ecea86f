import { extensionOf, packedOf } from '../../core/extension.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';

/** A member that Looker alone knows. */
export interface OwnMember {
  readonly name: string;
  readonly value: JsonValue;
  /** The name it is packed under in the extension, which the ledger knows it by. */
  readonly packedName: string;
}

/** What Looker alone knows of a conversation or message. */
export interface Own {
  /** The extension as it stands in the model. */
  readonly packed: JsonObject;
  readonly members: readonly OwnMember[];
  /** How it wrote what the model says too. */
  readonly written: JsonObject;
}

/** `undefined` if the owner is not from Looker. */
export function ownOf(owner: { readonly extensions?: unknown }): Own | undefined {
  const packed = packedOf(owner, 'looker');
  if (!packed) return undefined;
  const { rest, written } = extensionOf(owner, 'looker');
  const members = Object.entries(rest).map(([name, value]) => {
    return { name, value, packedName: /^\$+written$/.test(name) ? `$${name}` : name };
  });
  return { packed, members, written };
}
