import type { Context } from 'hono';
import type { PresentedItem } from './presented.ts';
import { invalid, invalidValue, itemNotFound } from './refusals.ts';

export interface PageQuery {
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** The item before the page; absent: the page is the first. */
  readonly after?: string;
}

/** @see https://platform.openai.com/docs/api-reference/conversations/list-items */
const limits = { least: 1, most: 100, usual: 20 } as const;

/** @throws Refusal of a value that is not documented. */
export function pageQueryOf(c: Context): PageQuery {
  const order = c.req.query('order') ?? 'desc';
  if (order !== 'asc' && order !== 'desc') throw invalidValue('order', order, ['asc', 'desc']);
  const after = c.req.query('after') ?? '';
  return { limit: limitOf(c.req.query('limit')), order, ...(after !== '' && { after }) };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return limits.usual;
  if (!/^-?\d+$/.test(text)) {
    throw invalid("Invalid type for 'limit': expected an integer, but got a string instead.", {
      param: 'limit',
      code: 'invalid_type',
    });
  }
  const limit = Number(text);
  if (limit < limits.least) throw limitRefused('below minimum', `>= ${limits.least}`, text);
  if (limit > limits.most) throw limitRefused('above maximum', `<= ${limits.most}`, text);
  return limit;
}

function limitRefused(side: 'below minimum' | 'above maximum', expected: string, text: string) {
  return invalid(
    `Invalid 'limit': integer ${side} value. Expected a value ${expected}, but got ${text} instead.`,
    {
      param: 'limit',
      code: side === 'below minimum' ? 'integer_below_min_value' : 'integer_above_max_value',
    },
  );
}

/** A page of items that are given oldest first. @throws Refusal if there is no item to begin after. */
export function pageOf(
  oldestFirst: readonly PresentedItem[],
  { limit, order, after }: PageQuery,
): { readonly items: readonly PresentedItem[]; readonly hasMore: boolean } {
  const items = order === 'asc' ? oldestFirst : oldestFirst.toReversed();
  const start = after === undefined ? 0 : items.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw itemNotFound(after);
  return { items: items.slice(start, start + limit), hasMore: start + limit < items.length };
}
