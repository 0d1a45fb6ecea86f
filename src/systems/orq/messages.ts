import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import { field, id, object, openEnum, optional, type Schema, variants } from '../../core/schema/build.ts';
import { type Names, namesOf, type Spelling } from './spelling.ts';

/** The messages of a retrieved conversation. Only `role` and `parts` are needed to read one. */
export function messages(spelling: Spelling): Schema {
  const names = namesOf(spelling);
  return z.array(
    object({
      [names.id]: field(optional(id()), 'Id of the message: `msg_` and a ULID.'),
      [names.conversationId]: field(optional(id()), 'The conversation it belongs to.'),
      [names.createdAt]: field(
        optional(z.number()),
        'When it was written, in milliseconds since the Unix epoch.',
      ),
      [names.createdById]: field(
        optional(z.string()),
        'The user, or "system" for messages of the assistant.',
      ),
      role: field(openEnum('user', 'assistant'), 'Who speaks.'),
      parts: field(z.array(parts(names)()), 'What was said, piece by piece.'),
    }),
  );
}

const partsByNames = new Map<Names, () => Schema>();

function parts(names: Names): () => Schema {
  const known = partsByNames.get(names);
  if (known) return known;
  const built = once(() => part(names));
  partsByNames.set(names, built);
  return built;
}

function part(names: Names): Schema {
  return variants({
    discriminator: 'kind',
    table: {
      text: once(() => object({ kind: z.literal('text'), text: field(z.string(), 'The text.') })),
      error: once(() =>
        object({
          kind: z.literal('error'),
          error: field(z.string(), 'What went wrong.'),
          code: field(optional(z.number()), 'The error as a number.'),
        }),
      ),
      file: once(() =>
        object({ kind: z.literal('file'), file: field(file(names), 'The file.'), metadata: free() }),
      ),
      tool_result: once(() =>
        object({
          kind: z.literal('tool_result'),
          tool_call_id: field(z.string(), 'The call it answers.'),
          result: field(optional(z.json()), 'What the tool gave back.'),
          metadata: free(),
        }),
      ),
    },
  });
}

function free(): Schema {
  return field(optional(z.json()), 'Free metadata of the part.');
}

function file(names: Names): Schema {
  return object({
    bytes: field(optional(z.string()), 'The file in base64; either this or `uri`.'),
    uri: field(optional(z.string()), 'Address of the file.'),
    [names.mimeType]: field(optional(z.string()), 'Media type, such as application/pdf.'),
    name: field(optional(z.string()), 'File name.'),
  });
}
