import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { Shelf } from '../../../serve/shelf.ts';
import { itemTypeOf } from '../types.ts';
import { presentedItems } from './presented.ts';
import { invalid } from './refusals.ts';

/**
 * A body with the items that its references name, wherever they are. Looking for them takes reading conversations,
 * the newest first, until all are found; a body without references costs nothing.
 *
 * @throws Refusal that names the first reference to nothing.
 */
export async function withLinkedItems(body: JsonObject, shelf: Shelf): Promise<JsonObject> {
  const items = member(body, 'items');
  if (!Array.isArray(items)) return body;
  const wanted = new Set(items.flatMap((item) => referenceIn(item) ?? []));
  if (wanted.size === 0) return body;
  const found = await findItems(wanted, shelf);
  return { ...body, items: items.map((item, index) => linkedItem(item, index, found)) };
}

function referenceIn(item: JsonValue): string | undefined {
  if (!isObject(item) || itemTypeOf(item) !== 'item_reference') return undefined;
  const id = member(item, 'id');
  return typeof id === 'string' ? id : undefined;
}

async function findItems(wanted: ReadonlySet<string>, shelf: Shelf): Promise<Map<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  for await (const shelved of shelf.list({ sort: 'created', order: 'desc' })) {
    for (const { id, item } of presentedItems(shelved)) {
      if (wanted.has(id) && !found.has(id)) found.set(id, item);
    }
    if (found.size === wanted.size) break;
  }
  return found;
}

function linkedItem(item: JsonValue, index: number, found: ReadonlyMap<string, JsonObject>): JsonValue {
  const id = referenceIn(item);
  if (id === undefined) return item;
  const linked = found.get(id);
  if (!linked) throw invalid(`Item with id '${id}' not found.`, { param: `items[${index}].id` });
  return linked;
}
