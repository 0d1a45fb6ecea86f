import type { World } from '../../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { derivedHex } from '../../../serve/derived.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import { keptItem } from '../keep-item.ts';
import { itemTypeOf } from '../types.ts';
import { completeItem } from './complete-item.ts';

/** An item as it is returned: complete, and with an id that no other of its conversation has. */
export interface PresentedItem {
  readonly id: string;
  readonly item: JsonObject;
  /** Where it is among the items of the record. */
  readonly position: number;
}

/** Types that are sent and never returned. */
const neverReturned: ReadonlySet<string> = new Set(['item_reference', 'compaction_trigger']);

/** Records are never changed in place. */
const presented = new WeakMap<JsonObject, readonly PresentedItem[]>();

/**
 * The items of a conversation, oldest first. Those of other systems' conversations, or of records that were kept in
 * the form they were sent in, get what they lack, and the same each time.
 */
export function presentedItems({ id, record }: Pick<Shelved, 'id' | 'record'>): readonly PresentedItem[] {
  const known = presented.get(record);
  if (known) return known;
  const items = presentAll(id, itemsOf(record));
  presented.set(record, items);
  return items;
}

/** The items as the record has them; none if it says nothing of them. */
export function itemsOf(record: JsonObject): readonly JsonValue[] {
  const items = member(record, 'items');
  return Array.isArray(items) ? items : [];
}

function presentAll(conversation: string, items: readonly JsonValue[]): PresentedItem[] {
  const given = new Set(items.flatMap((item) => idIn(item) ?? []));
  const taken = new Set<string>();
  return items.flatMap((item, position) => {
    if (!isObject(item) || neverReturned.has(itemTypeOf(item) ?? '')) return [];
    const own = idIn(item);
    const complete =
      own !== undefined && !taken.has(own)
        ? { id: own, item: completeItem(keptItem({ ...item, id: own }, nowhere)) }
        : firstFree(item, `${conversation}/${position}`, (id) => !given.has(id) && !taken.has(id));
    taken.add(complete.id);
    return [{ ...complete, position }];
  });
}

/** An id may be a number in a record; on the wire it is text. */
function idIn(item: JsonValue): string | undefined {
  const id = isObject(item) ? member(item, 'id') : undefined;
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

/** For items that need nothing of it. */
const nowhere = worldAt('');

function worldAt(place: string): World {
  const digits = derivedHex(place, 32);
  return { now: () => 0, ulid: () => digits, hex: () => digits };
}

/** The item with an id that is made from its place, so that it is the same when it is asked for again. */
function firstFree(
  item: JsonObject,
  place: string,
  isFree: (id: string) => boolean,
): Pick<PresentedItem, 'id' | 'item'> {
  for (let attempt = 0; ; attempt += 1) {
    const world = worldAt(`${place}/${attempt}`);
    const kept = keptItem({ ...item, id: null }, world);
    const id = idIn(kept) ?? `item_${world.hex()}`;
    if (isFree(id)) return { id, item: completeItem({ ...kept, id }) };
  }
}
