import type { FormatInfo } from '../../core/format.ts';
import { type JsonObject, member } from '../../core/json.ts';
import { once } from '../../core/once.ts';

/**
 * OpenAI conversations.
 *
 * - A conversation has no title of its own; `metadata.title` is taken for one.
 * - Items carry no time: their order is the only chronology.
 * - An item has one form when it is sent and another when it is returned. Both are read, and a record may hold
 *   either; a request made from a record leaves out what the system sets itself.
 * - Item types are added without notice. Those that the model has no part for are kept whole.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/create
 */
export const openai: FormatInfo = {
  name: 'openai',
  aliases: [],
  system: 'openai',
  title: 'OpenAI',
  summary: 'OpenAI conversation with its items',
  documentation: 'https://platform.openai.com/docs/api-reference/conversations/create',
  messagesKey: 'items',
  marks: (document) => member(document, 'object') === 'conversation' || isBareRequest(document),
  isRecord: (document) => ['id', 'object', 'created_at'].some((key) => Object.hasOwn(document, key)),
  load: once(async () => (await import('./format.ts')).openaiFormat),
};

/** A request bears no mark of its own but that it has nothing else; `{}` could be any system's. */
function isBareRequest(document: JsonObject): boolean {
  const keys = Object.keys(document);
  return keys.length > 0 && keys.every((key) => key === 'metadata' || key === 'items');
}
