import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { whole } from './limits.ts';
import { mcpTool } from './tool-mcp.ts';
import { filter, rankingOptions } from './tool-search.ts';

/** Tools that OpenAI carries out, or has others carry out. */
export function hostedToolTable(kind: Kind): Record<string, () => Schema> {
  return {
    file_search: once(fileSearch),
    web_search: once(() => webSearch('web_search')),
    web_search_2025_08_26: once(() => webSearch('web_search_2025_08_26')),
    web_search_preview: once(() => webSearchPreview('web_search_preview')),
    web_search_preview_2025_03_11: once(() => webSearchPreview('web_search_preview_2025_03_11')),
    mcp: once(() => mcpTool(kind)),
    image_generation: once(() => imageGeneration(kind)),
    computer_use_preview: once(() =>
      object({
        type: z.literal('computer_use_preview'),
        environment: field(openEnum('windows', 'mac', 'linux', 'ubuntu', 'browser'), 'What is controlled.'),
        display_width: field(z.int(), 'Width of the display, in pixels.'),
        display_height: field(z.int(), 'Height of the display, in pixels.'),
      }),
    ),
  };
}

function fileSearch(): Schema {
  return object({
    type: z.literal('file_search'),
    vector_store_ids: field(z.array(z.string()), 'Ids of the vector stores that are searched.'),
    max_num_results: field(optional(z.int()), 'Most results.'),
    ranking_options: field(optional(rankingOptions()), 'How results are ranked.'),
    filters: field(nullish(filter()), 'Which files count.'),
  });
}

function webSearch(type: 'web_search' | 'web_search_2025_08_26'): Schema {
  return object({
    type: z.literal(type),
    external_web_access: field(optional(z.boolean()), 'Whether the live web is reached.'),
    filters: field(nullish(domains()), 'Which sites count.'),
    user_location: field(
      nullish(
        object({ type: field(optional(openEnum('approximate')), 'How exact the place is.'), ...location() }),
      ),
      'About where the user is.',
    ),
    search_context_size: contextSize(),
  });
}

const domains = once(() =>
  object({ allowed_domains: field(nullish(z.array(z.string())), 'The sites, with those below them.') }),
);

function webSearchPreview(type: 'web_search_preview' | 'web_search_preview_2025_03_11'): Schema {
  return object({
    type: z.literal(type),
    user_location: field(
      nullish(object({ type: field(openEnum('approximate'), 'How exact the place is.'), ...location() })),
      'About where the user is.',
    ),
    search_context_size: contextSize(),
    search_content_types: field(optional(z.array(openEnum('text', 'image'))), 'What is looked for.'),
  });
}

const location = () => ({
  country: field(nullish(z.string()), 'Country, as two letters.'),
  region: field(nullish(z.string()), 'Region.'),
  city: field(nullish(z.string()), 'City.'),
  timezone: field(nullish(z.string()), 'Time zone, by its IANA name.'),
});

const contextSize = () =>
  field(optional(openEnum('low', 'medium', 'high')), 'How much of the context results may take.');

function imageGeneration(kind: Kind): Schema {
  return object({
    type: z.literal('image_generation'),
    model: field(optional(openEnum(...imageModels)), 'The model that draws.'),
    quality: field(optional(openEnum('low', 'medium', 'high', 'auto')), 'Quality of the image.'),
    size: field(
      optional(openEnum('1024x1024', '1024x1536', '1536x1024', 'auto')),
      'Width and height, in pixels.',
    ),
    output_format: field(optional(openEnum('png', 'webp', 'jpeg')), 'Format of the image.'),
    output_compression: field(optional(whole(kind, 0, 100)), 'Compression, in percent.'),
    moderation: field(optional(openEnum('auto', 'low')), 'How strict moderation is.'),
    background: field(optional(openEnum('transparent', 'opaque', 'auto')), 'Background of the image.'),
    input_fidelity: field(nullish(openEnum('high', 'low')), 'How close it keeps to the images given.'),
    input_image_mask: field(optional(imageMask()), 'Where to paint.'),
    partial_images: field(optional(whole(kind, 0, 3)), 'How many unfinished images are streamed.'),
    action: field(optional(openEnum('generate', 'edit', 'auto')), 'Whether to draw anew or to edit.'),
  });
}

const imageModels = [
  'gpt-image-1',
  'gpt-image-1-mini',
  'gpt-image-1.5',
  'gpt-image-2',
  'gpt-image-2-2026-04-21',
] as const;

const imageMask = once(() =>
  object({
    image_url: field(optional(z.string()), 'The mask as a data URL.'),
    file_id: field(optional(z.string()), 'Id of the file that is the mask.'),
  }),
);
