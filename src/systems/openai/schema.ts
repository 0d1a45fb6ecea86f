import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import {
  condition,
  documentation,
  field,
  id,
  limitedText,
  nullable,
  nullish,
  object,
  type Schema,
} from '../../core/schema/build.ts';
import { itemSchema } from './items.ts';

/** A conversation as OpenAI returns it, with its items as a list of them gives them, oldest first. */
export const record = once(() =>
  object({
    id: field(id(), 'Id of the conversation: `conv_` and more.', { readOnly: true }),
    object: field(z.literal('conversation'), 'Says that this is a conversation.', { readOnly: true }),
    created_at: field(z.int(), 'When it was created, in seconds since the Unix epoch.', { readOnly: true }),
    metadata: field(z.json(), 'Free key-value pairs; `title` is taken for the title.'),
    items: items('record'),
  }),
);

/** What creates a conversation. More items than one call takes are sent in several. */
export const request = once(() =>
  object({
    metadata: field(nullish(metadata()), 'Free key-value pairs; `title` is taken for the title.'),
    items: items('request'),
  }),
);

function items(kind: Kind): Schema {
  return field(nullish(z.array(itemSchema(kind))), 'What was said and done, oldest first.');
}

/** Limits of a request's metadata. */
export const metadataLimits = { pairs: 16, keyCharacters: 64, valueCharacters: 512 } as const;

/** @see https://platform.openai.com/docs/api-reference/conversations/create#conversations-create-metadata */
function metadata(): Schema {
  const { pairs, keyCharacters, valueCharacters } = metadataLimits;
  const type = z.record(z.string(), limitedText(valueCharacters)).check(
    condition((value, report) => {
      const keys = Object.keys(value);
      if (keys.length > pairs) {
        report({ code: 'too_big', origin: 'map', maximum: pairs, inclusive: true, input: value });
      }
      for (const key of keys.filter((each) => Array.from(each).length > keyCharacters)) {
        report({
          code: 'too_big',
          origin: 'key',
          maximum: keyCharacters,
          inclusive: true,
          path: [key],
          input: key,
        });
      }
    }),
  );
  documentation.add(type, { maxPairs: pairs });
  return type;
}

const errorResponse = once(() =>
  object({
    error: field(
      object({
        message: field(z.string(), 'What went wrong.'),
        type: field(z.string(), 'Kind of error.'),
        param: field(nullable(z.string()), 'The parameter at fault.'),
        code: field(nullable(z.string()), 'The error as a word.'),
      }),
      'The error.',
    ),
  }),
);

export const errors = {
  '400': errorResponse,
  '401': errorResponse,
  '403': errorResponse,
  '404': errorResponse,
  '429': errorResponse,
  '500': errorResponse,
};
