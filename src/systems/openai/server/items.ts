import type { Handler } from 'hono';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { readJson } from '../../../serve/body.ts';
import type { Desk, ServeEnvironment } from '../../../serve/system.ts';
import { conversationOf, conversationResource, found } from './conversations.ts';
import { refuseDuplicates } from './duplicates.ts';
import { type Include, includeOf, shownItem } from './include.ts';
import { checkedBody } from './input.ts';
import { withLinkedItems } from './links.ts';
import { pageOf, pageQueryOf } from './page.ts';
import { itemsOf, type PresentedItem, presentedItems } from './presented.ts';
import { itemNotFound } from './refusals.ts';

type Operation = Handler<ServeEnvironment>;

/** The operations on the items of a conversation. */
export function itemOperations({ shelf, world }: Desk) {
  const create: Operation = async (c) => {
    const id = conversationOf(c);
    const include = includeOf(c);
    const body = checkedBody({ members: ['items'], required: 'items' }, await readJson(c));
    const request = await withLinkedItems(body, shelf);
    let before = 0;
    const changed = await shelf.change(id, (record, { keeping }) => {
      before = itemsOf(record).length;
      refuseDuplicates(request, new Set(presentedItems({ id, record }).map((each) => each.id)));
      return keeping.append?.(record, objectsIn(request), world) ?? record;
    });
    const created = presentedItems(found(changed, id)).filter(({ position }) => position >= before);
    return c.json(itemList(created, { hasMore: false, include }));
  };
  const list: Operation = async (c) => {
    const id = conversationOf(c);
    const include = includeOf(c);
    const query = pageQueryOf(c);
    const { items, hasMore } = pageOf(presentedItems(found(await shelf.find(id), id)), query);
    return c.json(itemList(items, { hasMore, include }));
  };
  const get: Operation = async (c) => {
    const id = conversationOf(c);
    const include = includeOf(c);
    const items = presentedItems(found(await shelf.find(id), id));
    return c.json(shownItem(itemIn(items, c.req.param('item') ?? '').item, include));
  };
  const remove: Operation = async (c) => {
    const id = conversationOf(c);
    const changed = await shelf.change(id, (record) =>
      withoutItem(record, presentedItems({ id, record }), c.req.param('item') ?? ''),
    );
    return c.json(conversationResource(found(changed, id)));
  };
  return { create, list, get, remove };
}

function objectsIn(request: JsonObject): JsonObject[] {
  return itemsOf(request).filter((item) => isObject(item));
}

interface ListTraits {
  readonly hasMore: boolean;
  readonly include: Include;
}

/** The ids are empty where the list is: the document has text there and nothing else. */
function itemList(items: readonly PresentedItem[], { hasMore, include }: ListTraits): JsonObject {
  return {
    object: 'list',
    data: items.map(({ item }) => shownItem(item, include)),
    first_id: items[0]?.id ?? '',
    last_id: items.at(-1)?.id ?? '',
    has_more: hasMore,
  };
}

function itemIn(items: readonly PresentedItem[], id: string): PresentedItem {
  const item = items.find((each) => each.id === id);
  if (!item) throw itemNotFound(id);
  return item;
}

/** The others keep the ids they were shown with, though these may come from places that they leave now. */
function withoutItem(record: JsonObject, items: readonly PresentedItem[], id: string): JsonObject {
  const { position: gone } = itemIn(items, id);
  const ids = new Map(items.map((each) => [each.position, each.id]));
  const kept = itemsOf(record).flatMap((item, position) => {
    if (position === gone) return [];
    const shown = ids.get(position);
    return [isObject(item) && shown !== undefined ? { ...item, id: shown } : item];
  });
  return { ...record, items: kept };
}
