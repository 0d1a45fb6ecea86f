import type { FormatInfo } from '../../core/format.ts';
import { type JsonObject, member } from '../../core/json.ts';
import { once } from '../../core/once.ts';

/**
 * Orq.ai conversations.
 *
 * - The document names the members as the Python client does (`id`, `entity_id`, `display_name`); on the wire they
 *   are `_id`, `entityId`, `displayName`. Both are read, and a record keeps the spelling it came in.
 * - Up to 4.1 a conversation names its entity at the top; from 4.2 on only its metadata does.
 * - Messages come only with a retrieved conversation, and only running an agent writes them.
 *
 * @see https://docs.orq.ai/reference/conversations
 */
export const orq: FormatInfo = {
  name: 'orq',
  aliases: [],
  system: 'orq',
  title: 'Orq.ai',
  summary: 'Orq.ai conversation: the documented spelling and the wire of 4.1 and 4.2+',
  documentation: 'https://docs.orq.ai/docs/conversations/overview',
  messagesKey: 'messages',
  marks: (document) => {
    if (member(document, 'displayName') !== undefined) return true;
    return has(document, 'kind') && (has(document, 'entity_id', 'entityId') || has(document, 'display_name'));
  },
  isRecord: (document) => has(document, 'id', '_id', 'kind', 'created_at', 'createdAt'),
  load: once(async () => (await import('./format.ts')).orqFormat),
};

function has(document: JsonObject, ...names: readonly string[]): boolean {
  return names.some((name) => Object.hasOwn(document, name));
}
