import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { bounded, byType, longText, maxFileData, maxImageUrl } from './limits.ts';

const url = () => z.string();

/** What `content` of a message may hold, sent or stored. */
export function contentPart(kind: Kind): Schema {
  return byType({ ...inputTable(kind), ...outputTable(kind) });
}

/** What a tool may give back: the parts that can be sent. */
export function toolOutputPart(kind: Kind): Schema {
  return byType(inputTable(kind));
}

const cacheBreakpoint = once(() =>
  object({
    mode: field(openEnum('explicit'), 'How the breakpoint is set.'),
    ttl: field(optional(openEnum('30m', '12h')), 'How long the cache lives.'),
  }),
);
const cache = () => field(nullish(cacheBreakpoint()), 'Where a cached prompt may end.');
const imageDetail = () =>
  field(
    nullish(openEnum('low', 'high', 'auto', 'original')),
    'How closely a model looks at it; `auto` if left out.',
  );

function inputTable(kind: Kind): Record<string, () => Schema> {
  return {
    input_text: once(() =>
      object({
        type: z.literal('input_text'),
        text: field(longText(kind), 'The text.'),
        prompt_cache_breakpoint: cache(),
      }),
    ),
    input_image: once(() => image('input_image', kind)),
    input_file: once(() =>
      object({
        type: z.literal('input_file'),
        file_id: field(nullish(z.string()), 'Id of an uploaded file.'),
        filename: field(nullish(z.string()), 'File name.'),
        file_data: field(nullish(bounded(kind, maxFileData)), 'The file itself, as a data URL or in base64.'),
        file_url: field(nullish(url()), 'Address of the file.'),
        detail: field(nullish(openEnum('auto', 'low', 'high')), 'How closely a model looks at its pages.'),
        prompt_cache_breakpoint: cache(),
      }),
    ),
  };
}

function image(type: 'input_image' | 'computer_screenshot', kind: Kind): Schema {
  return object({
    type: z.literal(type),
    image_url: field(nullish(bounded(kind, maxImageUrl)), 'Address of the image, or a data URL.'),
    file_id: field(nullish(z.string()), 'Id of an uploaded image.'),
    detail: imageDetail(),
    prompt_cache_breakpoint: cache(),
  });
}

function outputTable(kind: Kind): Record<string, () => Schema> {
  return {
    output_text: once(() =>
      object({
        type: z.literal('output_text'),
        text: field(longText(kind), 'The text.'),
        annotations: field(optional(z.array(annotation())), 'Sources and files that the text points to.'),
        logprobs: field(optional(z.array(logprob())), 'Log probabilities of its tokens.'),
      }),
    ),
    refusal: once(() =>
      object({ type: z.literal('refusal'), refusal: field(longText(kind), 'The refusal in words.') }),
    ),
    text: once(() => plainText('text', kind)),
    summary_text: once(() => plainText('summary_text', kind)),
    reasoning_text: once(() => plainText('reasoning_text', kind)),
    computer_screenshot: once(() => image('computer_screenshot', kind)),
  };
}

function plainText(type: 'text' | 'summary_text' | 'reasoning_text', kind: Kind): Schema {
  return object({ type: z.literal(type), text: field(longText(kind), 'The text.') });
}

/** The summary of a reasoning. */
export function summaryText(kind: Kind): Schema {
  return byType({ summary_text: once(() => plainText('summary_text', kind)) });
}

/** A paragraph of reasoning. */
export function reasoningText(kind: Kind): Schema {
  return byType({ reasoning_text: once(() => plainText('reasoning_text', kind)) });
}

const start = () => field(z.int(), 'Index of its first character.');
const end = () => field(z.int(), 'Index after its last character.');
const fileId = () => field(z.string(), 'Id of the file.');
const filename = () => field(z.string(), 'Name of the file.');

const annotation = once(() =>
  byType({
    file_citation: once(() =>
      object({
        type: z.literal('file_citation'),
        file_id: fileId(),
        index: field(z.int(), 'Index of the file in the list of files.'),
        filename: filename(),
      }),
    ),
    url_citation: once(() =>
      object({
        type: z.literal('url_citation'),
        url: field(url(), 'Address of the source.'),
        start_index: start(),
        end_index: end(),
        title: field(z.string(), 'Title of the source.'),
      }),
    ),
    container_file_citation: once(() =>
      object({
        type: z.literal('container_file_citation'),
        container_id: field(z.string(), 'Id of the container.'),
        file_id: fileId(),
        start_index: start(),
        end_index: end(),
        filename: filename(),
      }),
    ),
    file_path: once(() =>
      object({
        type: z.literal('file_path'),
        file_id: fileId(),
        index: field(z.int(), 'Index of the file in the list of files.'),
      }),
    ),
  }),
);

const token = () => ({
  token: field(z.string(), 'The token.'),
  logprob: field(z.number(), 'Its log probability.'),
  bytes: field(optional(z.array(z.int())), 'Its bytes in UTF-8.'),
});

const logprob = once(() =>
  object({
    ...token(),
    top_logprobs: field(optional(z.array(object(token()))), 'The likeliest tokens at this place.'),
  }),
);
