import type { Message } from '../../core/conversation.ts';
import { extensionOf, formsOf, packedOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { equal, isObject, type JsonObject, member } from '../../core/json.ts';
import { type Ledger, noLedger } from '../../core/ledger.ts';
import { without, writeRows } from '../../core/mapping.ts';
import { partsOf } from '../../core/parts.ts';
import { markForms, setByServer } from './forms.ts';
import { readMessage, roleOf, typeFor } from './message.ts';
import { type Own, ownOf } from './own.ts';
import { defaultPlaces, placeParts } from './places.ts';
import { messageRows } from './rows.ts';
import { readOnlyMessageMembers, writableMessageMembers } from './version.ts';

/**
 * A message read from Looker, as it was: in the form remembered, else in the API's. `undefined` if neither would
 * be read back as what the model says now, or if the message is not from Looker.
 */
export function restoreMessage(message: Message, kind: Kind, ledger: Ledger): JsonObject[] | undefined {
  const own = ownOf(message);
  if (!own) return undefined;
  for (const form of [rememberedForm(message), defaultForm(message)]) {
    const native = compose(message, kind, form);
    if (!native || !says(native, message)) continue;
    markCarried(message, own, native, kind, ledger);
    return [native];
  }
  return undefined;
}

interface Form {
  readonly base: readonly string[];
  readonly places: readonly string[];
  /** Null if the message is not typed. */
  readonly type: string | null | undefined;
}

function rememberedForm(message: Message): Form {
  const written = formsOf(message, 'looker');
  const { unwrapped, places, type } = written;
  const standard = defaultForm(message);
  const strings = Array.isArray(places)
    ? places.filter((place) => typeof place === 'string')
    : standard.places;
  const isTypeKnown = type === null || (typeof type === 'string' && roleOf(type) === message.role);
  return {
    base: unwrapped === true ? [] : standard.base,
    places: strings.length === standard.places.length ? strings : standard.places,
    type: isTypeKnown ? type : standard.type,
  };
}

function defaultForm(message: Message): Form {
  return {
    base: ['message'],
    places: defaultPlaces(message.role, partsOf(message)),
    type: message.role === undefined ? null : typeFor(message.role),
  };
}

function compose(message: Message, kind: Kind, { base, places, type }: Form): JsonObject | undefined {
  if (type === undefined || (kind === 'request' && (type === null || base.length === 0))) return undefined;
  const { rest, written } = extensionOf(message, 'looker');
  const isFromRequest = written['request'] === true;
  const isLeftOut = (name: string) =>
    isFromRequest
      ? kind === 'record' && readOnlyMessageMembers.has(name)
      : kind === 'request' && !writableMessageMembers.includes(name);
  const native = writeRows(messageRows(kind, base), message, noLedger, {
    into: without(
      rest,
      Object.keys(rest)
        .filter(isLeftOut)
        .map((name) => [name]),
    ),
    written,
  });
  if (type !== null) native['type'] = type;
  const filled = placeParts(native, base, partsOf(message), places);
  if (filled && kind === 'request' && !isObject(filled['message'])) filled['message'] = {};
  return filled;
}

/** Whether Looker's message would be read as what the model's message says. */
function says(native: JsonObject, message: Message): boolean {
  const again = readMessage(native, 'record', noLedger);
  const parts = partsOf(message);
  const partsAgain = partsOf(again);
  return (
    again.role === message.role &&
    parts.length === partsAgain.length &&
    parts.every((part, index) => equal(sayable(part), sayable(partsAgain[index] ?? {})))
  );
}

const fields = ['type', 'text', 'channel', 'code', 'format', 'kind', 'value'];

/** What Looker can say of a part. */
function sayable(part: JsonObject): JsonObject {
  const known: JsonObject = {};
  for (const field of fields) {
    const value = member(part, field);
    if (value !== undefined) known[field] = value;
  }
  const own = packedOf(part, 'looker');
  return own ? { ...known, own } : known;
}

function markCarried(message: Message, own: Own, native: JsonObject, kind: Kind, ledger: Ledger): void {
  for (const field of ['role', 'created_at']) ledger.carried(message, field);
  if (!message.parts) ledger.carried(message, 'text');
  if (kind === 'record') ledger.carried(message, 'id');
  else ledger.assigned(message, 'id');
  for (const part of partsOf(message)) {
    for (const field of fields) ledger.carried(part, field);
    const ownOfPart = packedOf(part, 'looker');
    if (ownOfPart) ledger.carried(ownOfPart, 'textType');
  }
  markForms(own.packed, own.written, kind, ledger);
  for (const { name, packedName } of own.members) {
    if (Object.hasOwn(native, name)) ledger.carried(own.packed, packedName);
    else if (setByServer.has(name)) ledger.assigned(own.packed, packedName);
    else
      ledger.refused(
        own.packed,
        packedName,
        'a request to Looker gives a message a type and a content alone',
      );
  }
}
