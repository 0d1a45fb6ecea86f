import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import {
  type Documentation,
  field,
  id,
  nullish,
  object,
  optional,
  type Schema,
} from '../../core/schema/build.ts';
import type { Version } from './version.ts';

export const readOnly: Documentation = { readOnly: true };

export const can = () =>
  property(z.record(z.string(), z.boolean()), 'What the caller may do with it.', readOnly);

export const sources = once(() =>
  z.array(
    object({
      model: property(z.string(), 'LookML model.'),
      explore: property(z.string(), 'Explore of the model.'),
    }),
  ),
);

/** A property that an answer may miss: in Looker that is every one. */
export function property(type: Schema, description: string, traits?: Documentation): Schema {
  return field(optional(type), description, traits);
}

/** One of the properties that are documented to be null at times. */
export function nullableProperty(type: Schema, description: string, traits?: Documentation): Schema {
  return field(nullish(type), description, traits);
}

/** The agent inside a conversation; the one thing that differs between the versions. */
export function agent(version: Version): Schema {
  const later = version === '26.10';
  return object({
    can: can(),
    id: property(id(), 'Id of the agent.', readOnly),
    created_by_user_id: property(id(), 'The user who created it.', later ? {} : readOnly),
    created_by_name: nullableProperty(z.string(), 'Name of that user.', readOnly),
    created_by_first_name: nullableProperty(z.string(), 'First name of that user.', readOnly),
    created_by_last_name: nullableProperty(z.string(), 'Last name of that user.', readOnly),
    created_by_avatar_url: nullableProperty(z.string(), 'Picture of that user.', readOnly),
    name: property(z.string(), 'Name of the agent.'),
    description: property(z.string(), 'What the agent is for.'),
    category: nullableProperty(z.string(), 'Category, such as dashboard or conversation.'),
    sources: property(sources(), 'What the agent answers from.'),
    has_inaccessible_source: property(
      z.boolean(),
      'Whether the caller cannot see one of the sources.',
      readOnly,
    ),
    ...(later && laterMembers()),
    context: nullableProperty(context(), 'What the agent is told.'),
    deleted: property(z.boolean(), 'Whether the agent is deleted, softly.'),
    created_at: property(z.string(), 'When the agent was created.', readOnly),
    updated_at: property(z.string(), 'When the agent was last updated.', readOnly),
    content_metadata_id: property(id(), 'Id of its content metadata.', readOnly),
    code_interpreter: property(z.boolean(), 'Whether the agent may run code.'),
    studio_agent_id: nullableProperty(id(), 'Id in Looker Studio, if it was migrated from there.', readOnly),
  });
}

const context = once(() =>
  object({ instructions: property(z.string(), "The agent's instructions, in plain words.") }),
);

const laterMembers = () => ({
  golden_queries: nullableProperty(z.array(goldenQuery()), 'Questions with their right answers.', readOnly),
  golden_query_ids: nullableProperty(z.array(id()), 'Ids of the golden queries.'),
  workflow_params: nullableProperty(
    workflowParams(),
    'When the agent runs by itself, and where the result goes.',
  ),
});

const goldenQuery = once(() =>
  object({
    can: can(),
    id: property(id(), 'Id of the golden query.', readOnly),
    query_id: nullableProperty(id(), 'The query that the answer leads to.', readOnly),
    questions: property(z.array(z.string()), 'Ways to ask the question.'),
    answer: property(z.string(), 'Explore URL that answers it.'),
    is_active: property(z.boolean(), 'Whether the agent uses it.'),
    created_by_user_id: nullableProperty(id(), 'The user who created it.', readOnly),
    last_updated_by_user_id: nullableProperty(id(), 'The user who last updated it.', readOnly),
    created_at: property(z.string(), 'When it was created.', readOnly),
    last_updated_at: nullableProperty(z.string(), 'When it was last updated.', readOnly),
  }),
);

const workflowParams = once(() =>
  object({
    primary_agent: nullableProperty(id(), 'Id of the primary agent above it.'),
    polling_frequency_cron: property(z.string(), 'When it runs, as a crontab line.'),
    destination: property(workflowDestination(), 'Where the result goes.'),
  }),
);

const workflowDestination = once(() =>
  object({
    type: property(z.string(), 'How it is delivered: email or action_hub.'),
    parameters: property(z.string(), 'To whom.'),
  }),
);
