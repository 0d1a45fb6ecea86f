import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, optional } from '../../core/schema/build.ts';
import { byType, itemId, status } from './limits.ts';

/** The id of an item where it may be left out. */
export const anyId = (kind: Kind) => field(nullish(itemId(kind)), 'Id of the item.');
/** The id of an item that has one in either form. */
export const ownId = (kind: Kind) => field(itemId(kind), 'Id of the item.');
/** The status of an item where it may be left out; some items have more words for it. */
export const anyStatus = (...more: readonly string[]) =>
  field(nullish(status(...more)), 'How far the item got.');

const callers = once(() =>
  byType({
    direct: once(() => object({ type: z.literal('direct') })),
    program: once(() =>
      object({ type: z.literal('program'), caller_id: field(z.string(), 'Id of the calling program.') }),
    ),
  }),
);

/** The member that says what called a tool. */
export const caller = () => field(nullish(callers()), 'What called the tool.');
/** The member that says who made a stored item. */
export const createdBy = () =>
  field(optional(z.string()), 'Who made the item; only in what OpenAI returns.', { readOnly: true });
