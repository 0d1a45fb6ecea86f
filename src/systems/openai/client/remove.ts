import { Failure } from '../../../core/errors.ts';
import { isObject, member } from '../../../core/json.ts';
import { once } from '../../../core/once.ts';
import type { RemoveOptions } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import type { Api } from './api.ts';
import { pagesOf } from './pages.ts';
import { deleting, deletingItem, isAddressable, listingItemIds } from './requests.ts';

type Remove = (id: string, options: RemoveOptions) => Promise<boolean>;

/**
 * Deletes a conversation, its items before it if that is asked for: OpenAI keeps them otherwise.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/delete
 */
export function openRemove(api: Api, seat: Seat): Remove {
  const { account, remembered, warn } = seat;
  const tellOfItems = once(() => warn(itemsStay(account.title)));
  return async (id, { dryRun, items }) => {
    if (!isAddressable(id)) return false;
    if (dryRun) return (await api.head(id)) !== undefined;
    const deleted = items === true ? await removeItems(api, seat, id) : 0;
    const found = await api.tell(deleting(id)).catch((error: unknown) => {
      throw halfDone(error, id, deleted);
    });
    // Who deletes it by its id has done with it, also where it has gone already.
    await remembered.forget(id);
    if (found && items !== true) tellOfItems();
    return found;
  };
}

export function itemsStay(title: string): string {
  return `${title} keeps the items of a conversation that is deleted; --items deletes them first`;
}

/** How many there were. The newest go first, so that what is left if it fails is a conversation still. */
async function removeItems(api: Api, { account, warn }: Seat, id: string): Promise<number> {
  const ids = await itemIds(api, { account, warn }, id);
  let deleted = 0;
  for (const item of ids.toReversed()) {
    try {
      if (await api.tell(deletingItem(id, item))) deleted += 1;
    } catch (error) {
      throw halfDone(error, id, deleted);
    }
  }
  return deleted;
}

/** None where there is no such conversation. */
async function itemIds(
  api: Api,
  { account, warn }: Pick<Seat, 'account' | 'warn'>,
  id: string,
): Promise<string[]> {
  const ids: string[] = [];
  const request = (after: string | undefined) => listingItemIds(id, after);
  try {
    for await (const page of pagesOf({ calls: api, title: account.title, request, warn })) {
      const found = page.map((item) => (isObject(item) ? member(item, 'id') : undefined));
      ids.push(...found.filter((each) => typeof each === 'string').filter(isAddressable));
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return [];
    throw error;
  }
  return ids;
}

function halfDone(error: unknown, id: string, deleted: number): unknown {
  if (!(error instanceof Failure) || deleted === 0) return error;
  const code = error.code === 'unavailable' ? 'outcome_unknown' : error.code;
  const what = deleted === 1 ? 'its last item is deleted' : `its last ${deleted} items are deleted`;
  return new Failure(code, error.message, {
    ...error.details,
    id,
    hint: `${id} is there still, and ${what}: delete it again to go on`,
  });
}
