import { convert } from '../../../core/convert.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { Loss } from '../../../core/ledger.ts';
import { openaiFormat } from '../format.ts';
import { itemTypeOf, setBySystem } from '../types.ts';

/** An item as it is sent, and the place of the one it comes from. */
export interface Sendable {
  readonly item: JsonValue;
  readonly source: number;
}

/**
 * Items in a form that every version of the API takes: those that were stored somewhere without what OpenAI sets
 * itself, the others as they are, with their type and plain text of assistants as a string.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/create-items
 */
export function sendableItems(items: readonly JsonValue[]): {
  readonly sendable: readonly Sendable[];
  readonly losses: readonly Loss[];
} {
  const losses: Loss[] = [];
  const sendable = items.flatMap((item, source): Sendable[] => {
    if (!isObject(item)) return [{ item, source }];
    if (!isStored(item)) return [{ item: inSafeForm(item), source }];
    const anew = madeAnew(item);
    for (const loss of anew.losses)
      losses.push({ ...loss, path: loss.path.replace(/^\/items\/0/, `/items/${source}`) });
    return anew.items.map((each) => ({ item: isObject(each) ? inSafeForm(each) : each, source }));
  });
  return { sendable, losses };
}

/** Whether an item has what only stored ones have: an id that OpenAI gave it, or its maker. */
function isStored(item: JsonObject): boolean {
  const assigned = setBySystem(itemTypeOf(item) ?? '').filter((key) => key !== 'status');
  return assigned.some((key) => (member(item, key) ?? null) !== null);
}

function madeAnew(item: JsonObject): { readonly items: JsonValue[]; readonly losses: readonly Loss[] } {
  const value = { object: 'conversation', items: [item] };
  const { output, losses } = convert(
    { format: openaiFormat, kind: 'record', value },
    openaiFormat,
    'request',
  );
  const items = member(output, 'items');
  return { items: Array.isArray(items) ? items : [], losses };
}

function inSafeForm(item: JsonObject): JsonObject {
  const type = itemTypeOf(item);
  const typed = type === undefined ? item : withType(item, type);
  if (type !== 'message' || member(item, 'role') !== 'assistant') return typed;
  const text = plainText(member(item, 'content'));
  return text === undefined ? typed : { ...typed, content: text };
}

function withType(item: JsonObject, type: string): JsonObject {
  if (member(item, 'type') === type) return item;
  return Object.hasOwn(item, 'type') ? { ...item, type } : { type, ...item };
}

/** The text of content that is nothing else. */
function plainText(content: JsonValue | undefined): string | undefined {
  const [only, ...others] = Array.isArray(content) ? content : [];
  if (!isObject(only) || others.length > 0 || member(only, 'type') !== 'output_text') return undefined;
  const isPlain = Object.entries(only).every(
    ([key, value]) => key === 'type' || key === 'text' || (Array.isArray(value) && value.length === 0),
  );
  const text = member(only, 'text');
  return isPlain && typeof text === 'string' ? text : undefined;
}
