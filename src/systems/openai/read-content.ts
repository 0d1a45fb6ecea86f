import { extensionsWith, placeExtension, withExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonArray, type JsonObject, member, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { type Path, readRows } from '../../core/mapping.ts';
import { contentRows, contentTypes, defaultContentType } from './rows.ts';

export interface Content {
  readonly parts: JsonObject[];
  /** Whether the parts say the phase of the item. */
  readonly hasPhase: boolean;
  /** How the content was written; `undefined` if the writer would do the same. */
  readonly form: string | undefined;
}

/** The channel that each documented phase of a message is. */
export const channels: Readonly<Record<string, string>> = { final_answer: 'final', commentary: 'commentary' };

/** The parts of a message. A string is one part of text; the phase is said of every text. */
export function readContent(item: JsonObject, kind: Kind, ledger: Ledger): Content {
  const content = member(item, 'content');
  const role = member(item, 'role');
  const parts = Array.isArray(content)
    ? content.map((_, index) => readPart(content, index, role, ledger))
    : [readString(item, ledger)];
  return {
    parts,
    hasPhase: readPhase(item, parts, ledger),
    form: formOf(Array.isArray(content), parts, kind),
  };
}

/**
 * A record has parts and a request a string, where the content is one plain text. A message without content is
 * OpenAI's own only.
 */
function formOf(isArray: boolean, parts: readonly JsonObject[], kind: Kind): string | undefined {
  if (parts.length === 0) return 'empty';
  if (kind === 'record') return isArray ? undefined : 'string';
  return isArray && parts.length === 1 ? 'parts' : undefined;
}

function readString(item: JsonObject, ledger: Ledger): JsonObject {
  const text = member(item, 'content');
  const part: JsonObject = { type: 'text', text: typeof text === 'string' ? text : '' };
  ledger.origin(part, 'text', item, 'content');
  ledger.origin(part, '$self', item, 'content');
  return part;
}

function readPhase(item: JsonObject, parts: readonly JsonObject[], ledger: Ledger): boolean {
  const phase = member(item, 'phase');
  const channel = typeof phase === 'string' && Object.hasOwn(channels, phase) ? channels[phase] : undefined;
  if (channel === undefined) return false;
  const texts = parts.filter((part) => part['type'] === 'text');
  for (const part of texts) {
    part['channel'] = channel;
    ledger.origin(part, 'channel', item, 'phase');
  }
  return texts.length > 0;
}

function readPart(list: JsonArray, index: number, role: unknown, ledger: Ledger): JsonObject {
  const native = list[index] ?? null;
  const type = isObject(native) ? member(native, 'type') : undefined;
  const kind = typeof type === 'string' ? type : '';
  const part = isObject(native) ? readKnown(native, kind, role, ledger) : undefined;
  if (part) {
    ledger.origin(part, '$self', list, index);
    return part;
  }
  const other: JsonObject = {
    type: 'other',
    format: 'openai',
    kind,
    value: native,
    ...withExtension('openai', {}, { place: 'content' }),
  };
  ledger.origin(other, '$self', list, index);
  ledger.origin(other, 'value', list, index);
  return other;
}

function readKnown(native: JsonObject, type: string, role: unknown, ledger: Ledger): JsonObject | undefined {
  const known = contentTypes.get(type);
  if (known === undefined) return undefined;
  const {
    model: part,
    rest: others,
    written,
  } = readRows(contentRows[known], native, ledger, {
    into: { type: known },
    taken: takenByType,
  });
  const isDefault = type === defaultContentType(known, typeof role === 'string' ? role : undefined);
  if (isDefault) ledger.implied(native, 'type');
  if (!ledger.keepsOwn) return part;
  const isExpected = isDefault && (type !== 'output_text' || hasLists(others));
  const kept = isExpected ? withoutEmptyLists(others, type) : others;
  const forms: JsonObject = isExpected ? written : { ...written, type };
  const extensions = extensionsWith('openai', kept, forms);
  if (extensions) part['extensions'] = extensions;
  placeExtension(part, 'openai', native, ledger);
  if (!isDefault) ledger.origin(forms, 'type', native, 'type');
  return part;
}

const takenByType: readonly Path[] = [['type']];

/** The lists that every stored `output_text` has. */
export const outputLists = ['annotations', 'logprobs'] as const;

/** Whether a member of an `output_text` is one of them. */
export function isOutputList(key: string): boolean {
  return key === 'annotations' || key === 'logprobs';
}

function hasLists(members: JsonObject): boolean {
  return outputLists.every((key) => Array.isArray(member(members, key)));
}

function withoutEmptyLists(members: JsonObject, type: string): JsonObject {
  if (type !== 'output_text') return members;
  const kept: JsonObject = {};
  for (const key in members) {
    const value = member(members, key) ?? null;
    if (!isOutputList(key) || !Array.isArray(value) || value.length > 0) setMember(kept, key, value);
  }
  return kept;
}
