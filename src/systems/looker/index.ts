import type { Format, FormatInfo, FormatName } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { once } from '../../core/once.ts';

/**
 * Looker conversations (API 4.0, beta).
 *
 * - Every property may be missing from an answer, and the versions differ only in the agent.
 * - `message` is documented as a free object; what it holds is a message of Conversational Analytics.
 * - `system` is the agent, not a system prompt; an answer takes many messages: thoughts, queries, data, text.
 * - Creating a conversation and giving it messages are two calls; ids, times and `order` are the server's.
 */
export const looker2610: FormatInfo = {
  ...infoOf('looker@26.10', ['looker']),
  summary: 'Looker conversation as of API 4.0.26.10',
  documentation: `${documentationOf('methods')}/ConversationalAnalytics/create_conversation`,
  marks: (document) =>
    Object.hasOwn(document, 'name') ||
    (Object.hasOwn(document, 'id') && Object.keys(document).every((key) => documented.has(key))),
};

/** Never recognised by itself, as nothing in most documents tells it from the later version. */
export const looker264: FormatInfo = {
  ...infoOf('looker@26.4', []),
  summary: 'Looker conversation as of API 4.0.26.4: no golden queries, no workflows',
  documentation: `${documentationOf('types')}/Conversation`,
  marks: () => false,
};

const documented: ReadonlySet<string> = new Set([
  'can',
  'id',
  'name',
  'category',
  'sources',
  'user_id',
  'agent_id',
  'deleted',
  'created_at',
  'updated_at',
  'messages',
  'conversation_agent',
  'missing_agent',
  'studio_conversation_id',
]);

function infoOf(name: FormatName & `looker@${string}`, aliases: readonly string[]) {
  return {
    name,
    aliases,
    system: 'looker',
    title: 'Looker',
    messagesKey: 'messages',
    isRecord: (document: JsonObject) => Object.hasOwn(document, 'id'),
    load: once(async (): Promise<Format> => (await import('./format.ts')).lookerFormats[name]),
  } as const;
}

function documentationOf(section: 'methods' | 'types'): string {
  return `https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/${section}`;
}
