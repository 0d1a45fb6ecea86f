import type { JsonObject } from '../../../core/json.ts';
import type { Shelf, Shelved } from '../../../serve/shelf.ts';
import { refusal } from './refusals.ts';

export interface Page {
  /** 1 to 100. */
  readonly limit: number;
  readonly startingAfter: string | undefined;
  readonly endingBefore: string | undefined;
  /** Whether a conversation can be seen at all; only such a one can be a cursor. */
  readonly visible: (record: JsonObject) => boolean;
  /** Whether one that can be seen is asked for. */
  readonly wanted: (record: JsonObject) => boolean;
}

/**
 * A page of conversations, newest first: those behind `startingAfter`, or those right before `endingBefore`. A cursor
 * is a place in the whole list, also if it is not among the conversations asked for.
 * @throws Refusal 400 for a cursor that is no conversation: the list is there, so it is not 404 (which is not declared
 * for it either)
 */
export async function pageOf(shelf: Shelf, page: Page): Promise<{ data: Shelved[]; more: boolean }> {
  const { limit, startingAfter, endingBefore } = page;
  await checkCursor(shelf, page, 'startingAfter');
  await checkCursor(shelf, page, 'endingBefore');
  const backwards = startingAfter === undefined && endingBefore !== undefined;
  const found: Shelved[] = [];
  let open = startingAfter === undefined;
  for await (const shelved of shelf.list({ sort: 'created', order: 'desc' })) {
    if (shelved.id === endingBefore) break;
    if (open && page.visible(shelved.record) && page.wanted(shelved.record)) found.push(shelved);
    if (backwards && found.length > limit + 1) found.shift();
    if (!backwards && found.length > limit) break;
    open ||= shelved.id === startingAfter;
  }
  const more = found.length > limit;
  return { data: backwards ? found.slice(-limit) : found.slice(0, limit), more };
}

async function checkCursor(shelf: Shelf, page: Page, name: 'startingAfter' | 'endingBefore'): Promise<void> {
  const id = page[name];
  if (id === undefined) return;
  const shelved = await shelf.find(id);
  if (shelved && page.visible(shelved.record)) return;
  throw refusal(400, `${name}: there is no conversation ${JSON.stringify(id)}`);
}
