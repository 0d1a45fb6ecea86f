import { isObject, type JsonObject, type JsonValue, member, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { without } from '../../core/mapping.ts';

export interface Reasoning {
  readonly part: JsonObject;
  readonly taken: readonly string[];
  readonly forms: JsonObject;
}

/**
 * The texts of a reasoning item: first its summary, then its content. How many are the summary is remembered
 * where there is content. `undefined` if a piece of it is no text.
 */
export function readReasoning(item: JsonObject, ledger: Ledger): Reasoning | undefined {
  const summary = entriesOf(member(item, 'summary'));
  const given = member(item, 'content');
  const content = given === undefined ? [] : entriesOf(given);
  if (!summary || !content) return undefined;
  const entries = [...summary, ...content];
  const part: JsonObject = { type: 'reasoning', text: entries.map((entry) => member(entry, 'text') ?? '') };
  const forms: JsonObject = given === undefined ? {} : { summary: summary.length };
  const extras = entries.map((entry) => without(entry, [['text']]));
  const isPlain = extras.every((extra, index) => isTypeOnly(extra, typeAt(index, summary.length)));
  if (!isPlain) forms['entries'] = extras;
  for (const entry of entries) {
    ledger.origin(part, 'text', entry, 'text');
    if (isPlain) ledger.implied(entry, 'type');
    else
      for (const key of Object.keys(entry)) if (key !== 'text') ledger.origin(forms, 'entries', entry, key);
  }
  return { part, taken: given === undefined ? ['summary'] : ['summary', 'content'], forms };
}

function entriesOf(list: JsonValue | undefined): JsonObject[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const entries = list.filter(isObject).filter((entry) => typeof member(entry, 'text') === 'string');
  return entries.length === list.length ? entries : undefined;
}

function typeAt(index: number, summaryLength: number): string {
  return index < summaryLength ? 'summary_text' : 'reasoning_text';
}

function isTypeOnly(extra: JsonObject, type: string): boolean {
  return Object.keys(extra).length === 1 && member(extra, 'type') === type;
}

/** The summary, and the content where it was remembered, of a model's texts. */
export function writeReasoning(texts: readonly string[], forms: JsonObject): JsonObject {
  const count = member(forms, 'summary');
  const isSplit = typeof count === 'number' && count >= 0 && count <= texts.length;
  const summaryLength = isSplit ? count : texts.length;
  const remembered = member(forms, 'entries');
  const extras = Array.isArray(remembered) && remembered.length === texts.length ? remembered : [];
  const entries = texts.map((text, index): JsonObject => {
    const extra = extras[index];
    const entry: JsonObject = isObject(extra) ? { ...extra } : { type: typeAt(index, summaryLength) };
    setMember(entry, 'text', text);
    return entry;
  });
  return {
    summary: entries.slice(0, summaryLength),
    ...(isSplit && { content: entries.slice(summaryLength) }),
  };
}
