import { carryMembers, extensionOf, formsOf, packedOf } from '../../core/extension.ts';
import { isObject, type JsonArray, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { writeRows } from '../../core/mapping.ts';
import { isPart } from '../../core/parts.ts';
import { outputLists } from './read-content.ts';
import { type ContentType, contentRows, contentTypes, defaultContentType } from './rows.ts';
import type { Slot } from './target.ts';

/** The content of a message: its parts, or a string where that says it all and the form asks for one. */
export function writeContent(parts: readonly JsonObject[], slot: Slot, ledger: Ledger): JsonValue {
  const { kind, isSanitised, message } = slot;
  const natives = parts.map((part) => writePart(part, slot, ledger));
  const form = isSanitised ? undefined : member(formsOf(message, 'openai'), 'content');
  const isString = form === 'string' || (form !== 'parts' && kind === 'request');
  const [only] = natives;
  const isPlain = isString && natives.length === 1 && isObject(only) && isPlainText(only, message.role);
  return isPlain ? (member(only, 'text') ?? '') : natives;
}

/** Whether a part says nothing but text, in the way that is usual for the role. */
function isPlainText(native: JsonObject, role: string | undefined): boolean {
  if (native['type'] !== defaultContentType('text', role)) return false;
  const others = Object.entries(native).filter(([key]) => key !== 'type' && key !== 'text');
  return others.every(([key, value]) => outputLists.some((list) => list === key) && isEmptyList(value));
}

function isEmptyList(value: JsonValue): value is JsonArray {
  return Array.isArray(value) && value.length === 0;
}

function writePart(part: JsonObject, slot: Slot, ledger: Ledger): JsonValue {
  if (isPart(part, 'other')) {
    for (const field of ['type', 'format', 'kind', 'value']) ledger.carried(part, field);
    const packed = packedOf(part, 'openai');
    if (packed) carryMembers(packed, ledger);
    return part.value;
  }
  const type = member(part, 'type');
  return isContentType(type) ? writeKnown(part, type, slot, ledger) : null;
}

function isContentType(type: unknown): type is ContentType {
  return typeof type === 'string' && Object.hasOwn(contentRows, type);
}

function writeKnown(part: JsonObject, kind: ContentType, slot: Slot, ledger: Ledger): JsonObject {
  const usual = defaultContentType(kind, slot.message.role);
  const remembered = rememberedType(part, kind);
  ledger.carried(part, 'type');
  // A text in the words of another role is put in the role's own, as OpenAI takes no other.
  const isForeign = slot.isSanitised && remembered !== undefined && remembered !== usual;
  const { rest, written } = isForeign ? { rest: {}, written: {} } : extensionOf(part, 'openai');
  const packed = packedOf(part, 'openai');
  if (packed && !isForeign) carryMembers(packed, ledger);
  const type = isForeign ? usual : (remembered ?? usual);
  const isComplete = remembered !== undefined && !isForeign;
  const native = writeRows(contentRows[kind], part, ledger, { into: { type, ...rest }, written });
  if (type === 'output_text' && !isComplete) addLists(native);
  return native;
}

function rememberedType(part: JsonObject, kind: ContentType): string | undefined {
  const type = member(formsOf(part, 'openai'), 'type');
  return typeof type === 'string' && contentTypes.get(type) === kind ? type : undefined;
}

/** A stored text of an assistant has both lists, if only empty ones. */
function addLists(native: JsonObject): void {
  for (const key of outputLists) if (member(native, key) === undefined) native[key] = [];
}
