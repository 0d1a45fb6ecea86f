import type { Kind } from '../../core/format.ts';

/** The versions of the API that are documented; they differ only in the agent. */
export type Version = '26.10' | '26.4';

/** Which of the documents is read or written. */
export interface Edition {
  readonly kind: Kind;
  readonly version: Version;
}

/** Members of an agent that 26.10 added. */
export const laterAgentMembers: readonly string[] = ['golden_queries', 'golden_query_ids', 'workflow_params'];

/** The members of a request; the API takes no others. */
export const writableMembers: readonly string[] = [
  'name',
  'category',
  'sources',
  'agent_id',
  'deleted',
  'messages',
];

/** The members of a record that a request has no say in. */
export const readOnlyMembers: ReadonlySet<string> = new Set([
  'can',
  'id',
  'user_id',
  'created_at',
  'updated_at',
  'conversation_agent',
  'missing_agent',
  'studio_conversation_id',
]);

/** The members of a message that a request has no say in. */
export const readOnlyMessageMembers: ReadonlySet<string> = new Set(['can', 'id', 'order']);

/** The members of a message in a request. */
export const writableMessageMembers: readonly string[] = ['type', 'message'];
