import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import { field, id, nullish, object, optional, type Schema, timeText } from '../../core/schema/build.ts';
import { session } from './session.ts';

/** A conversation as the list returns it, with its sessions where they were fetched. */
export const record = once(() =>
  object({
    timestamp: field(timeText(), 'When the conversation began.'),
    conversation_id: field(id(), 'Id of the conversation.'),
    agent_id: field(nullish(id()), 'Id of the agent the conversation was held with.'),
    agent_name: field(nullish(z.string()), 'Name of that agent.'),
    agent_type: field(nullish(z.string()), 'Type of that agent.'),
    prompt_id: field(nullish(id()), 'Id of the prompt that was used.'),
    prompt_name: field(nullish(z.string()), 'Name of the prompt that was used.'),
    prompt_version: field(nullish(z.string()), 'Version of the prompt that was used.'),
    llm_provider: field(nullish(z.string()), 'Provider of the language model.'),
    llm_model: field(nullish(z.string()), 'The language model.'),
    llm_version: field(nullish(z.string()), 'Version of the language model.'),
    llm_temperature: field(nullish(z.number()), 'Temperature of the language model.'),
    llm_seed: field(nullish(z.int()), 'Seed of the language model.'),
    is_legacy: field(nullish(z.boolean()), 'Whether it took place on the former Syllable system.'),
    sessions: field(
      nullish(z.array(session())),
      'Its sessions with their transcripts; absent if not fetched.',
    ),
  }),
);

const problem = once(() =>
  object({
    loc: field(z.array(z.union([z.string(), z.int()])), 'Where: keys and indexes.'),
    msg: field(z.string(), 'What is wrong.'),
    type: field(z.string(), 'Kind of problem.'),
  }),
);

/** Documented for 422 alone; other refusals have been seen with `detail` as text. */
export const errors: Readonly<Record<string, () => Schema>> = {
  '422': once(() =>
    object({
      detail: field(
        optional(z.union([z.array(problem()), z.string()])),
        'The problems one by one, or in words.',
      ),
    }),
  ),
};
