import * as z from 'zod/mini';

/**
 * What the OpenAPI documents of Looker 4.0 (26.4 and 26.10) say of the answers: no member of a conversation is
 * required, few may be null, and both members of an error have to be there.
 *
 * @see https://github.com/looker-open-source/sdk-codegen/blob/main/spec/Looker.4.0.oas.json
 */

const text = () => z.optional(z.string());
const textOrNull = () => z.optional(z.nullable(z.string()));
const flag = () => z.optional(z.boolean());
const can = () => z.optional(z.record(z.string(), z.boolean()));
const sources = () => z.optional(z.array(z.looseObject({ model: text(), explore: text() })));

const message = z.looseObject({
  can: can(),
  id: text(),
  message: z.optional(z.record(z.string(), z.unknown())),
  type: text(),
  order: z.optional(z.int()),
});

const agent264 = {
  can: can(),
  id: text(),
  created_by_user_id: text(),
  created_by_name: textOrNull(),
  created_by_first_name: textOrNull(),
  created_by_last_name: textOrNull(),
  created_by_avatar_url: textOrNull(),
  name: text(),
  description: text(),
  category: textOrNull(),
  sources: sources(),
  has_inaccessible_source: flag(),
  context: z.optional(z.nullable(z.looseObject({ instructions: text() }))),
  deleted: flag(),
  created_at: text(),
  updated_at: text(),
  content_metadata_id: text(),
  code_interpreter: flag(),
  studio_agent_id: textOrNull(),
};

const goldenQuery = z.looseObject({
  id: z.optional(z.int()),
  questions: z.optional(z.array(z.string())),
  answer: text(),
  is_active: flag(),
});

const workflow = z.looseObject({
  primary_agent: textOrNull(),
  polling_frequency_cron: text(),
  destination: z.optional(z.looseObject({ type: text(), parameters: text() })),
});

const agents = {
  looker: z.looseObject({
    ...agent264,
    golden_queries: z.optional(z.nullable(z.array(goldenQuery))),
    golden_query_ids: z.optional(z.nullable(z.array(z.int()))),
    workflow_params: z.optional(z.nullable(workflow)),
  }),
  'looker-26.4': z.looseObject({
    ...agent264,
    golden_queries: z.optional(z.never()),
    golden_query_ids: z.optional(z.never()),
    workflow_params: z.optional(z.never()),
  }),
};

export type Mounted = keyof typeof agents;

/** A conversation as the version has it that is served there. */
export const conversationAt = (mounted: Mounted) =>
  z.looseObject({
    can: can(),
    id: text(),
    name: text(),
    category: textOrNull(),
    sources: sources(),
    user_id: text(),
    agent_id: textOrNull(),
    deleted: flag(),
    created_at: text(),
    updated_at: text(),
    messages: z.optional(z.nullable(z.array(message))),
    conversation_agent: z.optional(z.nullable(agents[mounted])),
    missing_agent: flag(),
    studio_conversation_id: textOrNull(),
  });

const accessToken = z.looseObject({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
  refresh_token: z.optional(z.nullable(z.string())),
});

const error = z.looseObject({
  message: z.nullable(z.string()),
  documentation_url: z.nullable(z.string()),
});

const validationError = z.looseObject({
  message: z.nullable(z.string()),
  documentation_url: z.nullable(z.string()),
  errors: z.array(
    z.looseObject({
      field: z.string(),
      code: z.enum(['missing_field', 'invalid']),
      message: z.string(),
      documentation_url: z.string(),
    }),
  ),
});

/** What an answer has to be, by its status and by what was asked. Nothing at all for a 204. */
export function shapeOf(
  mounted: Mounted,
  { method, path, status }: { method: string; path: string; status: number },
) {
  if (status === 204) return z.undefined();
  if (status === 422) return validationError;
  if (status !== 200) return error;
  const [, first, second, third, fourth] = path.split(/[/?]/);
  if (first === 'login') return accessToken;
  if (second === 'search') return z.array(conversationAt(mounted));
  if (third !== 'messages') return conversationAt(mounted);
  return method === 'POST' || fourth === undefined || path.includes('messages?') ? z.array(message) : message;
}
