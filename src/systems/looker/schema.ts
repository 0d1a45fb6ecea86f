import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import { field, id, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { agent, can, nullableProperty, property, readOnly, sources } from './agent.ts';
import type { Version } from './version.ts';

/** A conversation as Looker returns it. Every property may be missing; few are documented to be null. */
export const record: Readonly<Record<Version, () => Schema>> = {
  '26.10': once(() => conversation('26.10')),
  '26.4': once(() => conversation('26.4')),
};

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/types/Conversation */
function conversation(version: Version): Schema {
  return object({
    can: can(),
    id: property(id(), 'Id of the conversation.', readOnly),
    name: property(z.string(), 'Name of the conversation.'),
    category: nullableProperty(z.string(), 'Category, such as dashboard or conversation.'),
    sources: property(sources(), 'What the conversation asks about.'),
    user_id: property(id(), 'The user whose conversation it is.', readOnly),
    agent_id: nullableProperty(id(), 'Id of the agent.'),
    deleted: property(z.boolean(), 'Whether it is deleted, softly.'),
    created_at: property(z.string(), 'When it was created.', readOnly),
    updated_at: property(z.string(), 'When it was last updated.', readOnly),
    messages: nullableProperty(z.array(message()), 'Its messages.', readOnly),
    conversation_agent: nullableProperty(agent(version), 'The agent of the conversation.', readOnly),
    missing_agent: property(z.boolean(), 'Whether its agent has been deleted.', readOnly),
    studio_conversation_id: nullableProperty(
      id(),
      'Id in Looker Studio, if it was migrated from there.',
      readOnly,
    ),
  });
}

const message = once(() =>
  object({
    can: can(),
    id: property(id(), 'Id of the message.', readOnly),
    message: nullableProperty(content(), contentDescription),
    type: property(openEnum('user', 'system'), 'Who speaks: the user, or the agent as `system`.'),
    order: property(z.int(), 'Place among the messages.', readOnly),
  }),
);

const contentDescription =
  'What is said, as a `userMessage` or a `systemMessage`; documented as a free object.';
const content = () => z.record(z.string(), z.unknown());

/**
 * What creates a conversation, with the messages to save in it.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/create_conversation
 */
export const request = once(() =>
  object({
    name: field(z.string(), 'Name of the conversation.'),
    category: field(nullish(z.string()), 'Category, such as dashboard or conversation.'),
    sources: field(optional(sources()), 'What the conversation asks about.'),
    agent_id: field(nullish(id()), 'Id of the agent.'),
    deleted: field(optional(z.boolean()), 'Whether it is deleted, softly.'),
    messages: field(optional(z.array(requestMessage())), 'Messages to save in it, oldest first.'),
  }),
);

const requestMessage = once(() =>
  object({
    type: field(openEnum('user', 'system'), 'Who speaks: the user, or the agent as `system`.'),
    message: field(content(), contentDescription),
  }),
);

const textOrNull = () => z.nullable(z.string());

const error = once(() =>
  object({
    message: field(textOrNull(), 'What went wrong.'),
    documentation_url: field(textOrNull(), 'Page about the error.'),
  }),
);

const validationError = once(() =>
  object({
    message: field(textOrNull(), 'What went wrong.'),
    errors: field(nullish(z.array(validationErrorDetail())), 'What is wrong with each field.'),
    documentation_url: field(textOrNull(), 'Page about the error.'),
  }),
);

const validationErrorDetail = once(() =>
  object({
    field: field(nullish(z.string()), 'The field.'),
    code: field(nullish(z.string()), 'What is wrong with it, as a code.'),
    message: field(nullish(z.string()), 'What is wrong with it, in words.'),
    documentation_url: field(textOrNull(), 'Page about the error.'),
  }),
);

export const errors = { '400': error, '404': error, '409': error, '422': validationError, '429': error };
