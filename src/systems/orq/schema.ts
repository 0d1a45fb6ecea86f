import * as z from 'zod/mini';
import { valueAt } from '../../core/json.ts';
import { once } from '../../core/once.ts';
import {
  condition,
  documentation,
  field,
  id,
  limitedText,
  nullish,
  object,
  optional,
  type Schema,
  variants,
} from '../../core/schema/build.ts';
import { messages } from './messages.ts';
import { namesOf, type Spelling, spellingOf } from './spelling.ts';

const spellings: readonly Spelling[] = ['documented', '4.1', '4.2'];

/** A record of 4.2 or later under the documented names: it has a project, and an entity only if it has one. */
const standalone = 'documented, in a project';

/** A conversation as Orq.ai returns it, in any spelling. */
export const record = once(() =>
  variants({
    discriminator: 'kind',
    table: {
      ...Object.fromEntries(spellings.map((spelling) => [spelling, once(() => spelled(spelling))])),
      [standalone]: once(() => spelled('documented', true)),
    },
    choose: (document) => {
      const spelling = spellingOf(document);
      return spelling === 'documented' && Object.hasOwn(document, 'project_id') ? standalone : spelling;
    },
  }),
);

/** @see https://github.com/orq-ai/orq-python/blob/main/docs/models/createconversationresponsebody.md */
function spelled(spelling: Spelling, inProject = false): Schema {
  const names = namesOf(spelling);
  const entity = field(z.string(), 'The agent, deployment or other entity the conversation belongs to.');
  return object({
    [names.id]: field(optional(id()), 'Id of the conversation: `conv_` and a ULID.', { readOnly: true }),
    ...(spelling !== '4.2' && { [names.entityId]: inProject ? optional(entity) : entity }),
    ...(inProject && { project_id: field(z.string(), 'The project it was created in.') }),
    kind: field(z.literal('conversation'), 'Says that this is a conversation.'),
    [names.displayName]: field(
      z.string(),
      'Name of the conversation, made up by a model or set by the user.',
    ),
    [names.createdAt]: milliseconds('When the conversation was created'),
    [names.updatedAt]: milliseconds('When the conversation was last updated'),
    [names.createdById]: field(optional(z.string()), 'User or agent that created it.', { readOnly: true }),
    [names.updatedById]: field(optional(z.string()), 'User or agent that last updated it.', {
      readOnly: true,
    }),
    metadata: field(optional(metadata(names)), 'What the conversation runs on.'),
    messages: field(nullish(messages(spelling)), 'Oldest first; only a retrieved conversation has them.'),
  });
}

function milliseconds(what: string): Schema {
  return field(z.number(), `${what}, in milliseconds since the Unix epoch.`);
}

function metadata(names: { readonly generatingTitle: string; readonly entityId: string }): Schema {
  return object({
    [names.generatingTitle]: field(optional(z.boolean()), 'Whether a title is being made up.'),
    [names.entityId]: field(nullish(z.string()), 'The entity it belongs to; null if it stands alone.'),
    model: field(nullish(z.string()), 'The language model, as `provider/model`; null if the entity decides.'),
  });
}

/** What creates a conversation: 4.1 needs the entity, 4.2 and later the project. */
export const request = once(() => {
  const type = object({
    displayName: field(optional(limitedText(100)), 'Name of the conversation; "Untitled" if it is left out.'),
    projectId: field(optional(z.string()), 'The project to create it in (4.2 and later).'),
    metadata: field(
      optional(metadata(namesOf('4.2'))),
      'The entity (required up to 4.1) and, from 4.2 on, the language model.',
    ),
  }).check(
    condition((value, report) => {
      const named = either.some((path) => typeof valueAt(value, path) === 'string');
      if (!named) report({ code: 'custom', params: { missing: either }, input: value });
    }),
  );
  documentation.add(type, { either });
  return type;
});

const either = [['metadata', 'entityId'], ['projectId']] as const;

/** The one error body that the specification of conversations declares. */
const message = once(() => object({ message: field(z.string(), 'What went wrong.') }));

export const errors = { '400': message, '404': message };
