import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import { field, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { byType } from './limits.ts';

const comparisons = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'nin'] as const;

/** Which files a search looks at: one comparison, or several put together. */
export const filter: () => Schema = once(() =>
  byType({
    ...Object.fromEntries(comparisons.map((type) => [type, once(() => comparison(type))] as const)),
    and: once(() => compound('and')),
    or: once(() => compound('or')),
  }),
);

function comparison(type: string): Schema {
  return object({
    type: z.literal(type),
    key: field(z.string(), 'The attribute.'),
    value: field(
      z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
      'What it is compared with.',
    ),
  });
}

function compound(type: string): Schema {
  return object({ type: z.literal(type), filters: field(z.array(filter()), 'What is put together.') });
}

/** How what a file search finds is ranked. */
export const rankingOptions = once(() =>
  object({
    ranker: field(optional(openEnum('auto', 'default-2024-11-15')), 'What ranks.'),
    score_threshold: field(optional(z.number()), 'Least score, from 0 to 1.'),
    hybrid_search: field(
      optional(
        object({
          embedding_weight: field(z.number(), 'Weight of the meaning.'),
          text_weight: field(z.number(), 'Weight of the words.'),
        }),
      ),
      'How meaning and words are weighed.',
    ),
  }),
);
