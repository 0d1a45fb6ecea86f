import { type Document, readModel } from '../../../core/document.ts';
import { equal, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { partsOf, typeOf } from '../../../core/parts.ts';
import { openaiFormat } from '../format.ts';

/**
 * Whether stored items are the first of those that are to be there. What OpenAI sets itself, or gives back in another
 * form, does not count: who speaks, what is said and what is called does.
 */
export function isBeginning(stored: readonly JsonValue[], wanted: readonly JsonValue[]): boolean {
  if (stored.length > wanted.length) return false;
  const record: JsonObject = {
    id: '',
    object: 'conversation',
    created_at: 0,
    metadata: {},
    items: [...stored],
  };
  const request: JsonObject = { items: wanted.slice(0, stored.length) };
  return equal(
    saidIn({ format: openaiFormat, kind: 'record', value: record }),
    saidIn({ format: openaiFormat, kind: 'request', value: request }),
  );
}

function saidIn(document: Document): JsonValue {
  const { messages } = readModel(document);
  return (messages ?? []).map((message) => [message.role ?? null, ...partsOf(message).map(saidBy)]);
}

/** The members of a part that come back as they were sent, as far as they are text. */
const told = ['text', 'name', 'arguments'] as const;

function saidBy(part: JsonObject): JsonValue {
  const texts = told.map((key) => member(part, key)).filter((value) => typeof value === 'string');
  return [typeOf(part), ...texts];
}
