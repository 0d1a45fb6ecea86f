import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { byType, itemId, list, status } from './limits.ts';

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

/** An object of which nothing is documented, such as a JSON Schema. */
export const anyObject = () => z.record(z.string(), z.json());

/** The member of a tool that says who may call it: nobody, if the list is empty and `min` allows that. */
export const allowedCallers = (kind: Kind, min = 1): Schema =>
  field(nullish(list(kind, openEnum('direct', 'programmatic'), { min })), 'Who may call the tool.');
/** The member of a tool that says whether it is found by a search only. */
export const deferLoading = () =>
  field(optional(z.boolean()), 'Whether the tool is loaded only when a search finds it.');
