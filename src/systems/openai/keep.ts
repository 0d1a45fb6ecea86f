import type { Keeping, World } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import { keptItem } from './keep-item.ts';

function create(request: JsonObject, world: World): JsonObject {
  const { metadata, items, ...others } = request;
  return {
    ...others,
    id: `conv_${world.ulid()}`,
    object: 'conversation',
    created_at: Math.floor(world.now() / 1000),
    metadata: metadata ?? {},
    items: keptItems(items, world),
  };
}

function append(record: JsonObject, messages: readonly JsonObject[], world: World): JsonObject {
  const items = member(record, 'items');
  return { ...record, items: [...(Array.isArray(items) ? items : []), ...keptItems([...messages], world)] };
}

function keptItems(items: JsonValue | undefined, world: World): JsonValue[] {
  if (!Array.isArray(items)) return [];
  return items.map((item) => (isObject(item) ? keptItem(item, world) : item));
}

/** OpenAI keeps no time of change, and changes nothing but the metadata. */
export const keeping: Keeping = {
  create,
  update: {
    changeable: () => ['/metadata'],
    sent: (record) => ({ metadata: record['metadata'] ?? null }),
    touch: (record) => record,
  },
  append,
  cannot: {},
};
