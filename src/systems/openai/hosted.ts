import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import {
  field,
  nullable,
  nullish,
  object,
  openEnum,
  optional,
  type Schema,
} from '../../core/schema/build.ts';
import { byType, itemId, status } from './limits.ts';

/** Calls of the tools that OpenAI runs itself. */
export function hostedTable(kind: Kind): Record<string, () => Schema> {
  const own = () => field(itemId(kind), 'Id of the item.');
  return {
    file_search_call: once(() =>
      object({
        type: z.literal('file_search_call'),
        id: own(),
        status: field(status('searching', 'failed'), 'How far the search got.'),
        queries: field(z.array(z.string()), 'What was looked for.'),
        results: field(nullish(z.array(fileSearchResult())), 'What was found.'),
      }),
    ),
    web_search_call: once(() =>
      object({
        type: z.literal('web_search_call'),
        id: own(),
        status: field(status('searching', 'failed'), 'How far the search got.'),
        action: field(webSearchAction(), 'What was done on the web.'),
        results: field(nullish(z.json()), 'What was found.'),
      }),
    ),
    code_interpreter_call: once(() =>
      object({
        type: z.literal('code_interpreter_call'),
        id: own(),
        status: field(status('interpreting', 'failed'), 'How far the code got.'),
        container_id: field(z.string(), 'Where the code ran.'),
        code: field(nullable(z.string()), 'The code.'),
        outputs: field(nullable(z.array(codeOutput())), 'What the code gave back.'),
      }),
    ),
    image_generation_call: once(() =>
      object({
        type: z.literal('image_generation_call'),
        id: own(),
        status: field(status('generating', 'failed'), 'How far the image got.'),
        result: field(nullable(z.string()), 'The image in base64.'),
        ...imageTraits(),
      }),
    ),
  };
}

function imageTraits(): Record<string, Schema> {
  return {
    action: field(nullish(openEnum('generate', 'edit', 'auto')), 'Whether an image was made or changed.'),
    background: field(nullish(openEnum('transparent', 'opaque', 'auto')), 'Background of the image.'),
    error: field(nullish(z.json()), 'What went wrong.'),
    output_format: field(nullish(openEnum('png', 'webp', 'jpeg')), 'File format of the image.'),
    quality: field(nullish(openEnum('low', 'medium', 'high', 'auto')), 'Quality of the image.'),
    revised_prompt: field(nullish(z.string()), 'The prompt that was used in the end.'),
    size: field(nullish(z.string()), 'Width and height.'),
    svg_usage: field(nullish(z.json()), 'What vector graphics were used for.'),
  };
}

const fileSearchResult = once(() =>
  object({
    file_id: field(optional(z.string()), 'Id of the file.'),
    text: field(optional(z.string()), 'The text found.'),
    filename: field(optional(z.string()), 'Name of the file.'),
    score: field(optional(z.number()), 'How well it fits, from 0 to 1.'),
    attributes: field(
      nullish(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
      'Key-value pairs of the file.',
    ),
  }),
);

const webSearchAction = once(() =>
  byType({
    search: once(() =>
      object({
        type: z.literal('search'),
        query: field(optional(z.string()), 'What was looked for.'),
        queries: field(optional(z.array(z.string())), 'What was looked for.'),
        sources: field(optional(z.array(source())), 'The pages used.'),
      }),
    ),
    open_page: once(() =>
      object({ type: z.literal('open_page'), url: field(nullish(z.string()), 'The page opened.') }),
    ),
    find_in_page: once(() =>
      object({
        type: z.literal('find_in_page'),
        url: field(z.string(), 'The page searched.'),
        pattern: field(z.string(), 'What was looked for in it.'),
      }),
    ),
  }),
);

const source = once(() =>
  byType({
    url: once(() => object({ type: z.literal('url'), url: field(z.string(), 'Address of the page.') })),
  }),
);

const codeOutput = once(() =>
  byType({
    logs: once(() => object({ type: z.literal('logs'), logs: field(z.string(), 'What the code printed.') })),
    image: once(() => object({ type: z.literal('image'), url: field(z.string(), 'Address of the image.') })),
  }),
);
