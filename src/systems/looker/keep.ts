import type { Keeping, World } from '../../core/format.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import { without } from '../../core/mapping.ts';
import { orderOf } from './read.ts';
import { readOnlyMembers } from './version.ts';

/** What Looker does with a conversation; the documents leave the first `order` open, here it is 1. */

export const keeping: Keeping = {
  newId: (world) => world.hex(),
  create(request, world) {
    const time = timeOf(world);
    const list = member(request, 'messages');
    const messages = Array.isArray(list) ? list.filter((item) => isObject(item)) : [];
    return {
      ...without(
        request,
        [...readOnlyMembers].map((name) => [name]),
      ),
      id: world.hex(),
      deleted: member(request, 'deleted') ?? false,
      created_at: time,
      updated_at: time,
      messages: numbered(messages, 1, world),
    };
  },
  update: {
    changeable: () => writable.map((name) => `/${name}`),
    sent: (record) => Object.fromEntries(Object.entries(record).filter(([name]) => writable.includes(name))),
    touch: (record, world) => ({ ...record, updated_at: timeOf(world) }),
  },
  append(record, messages, world) {
    const list = member(record, 'messages');
    const present = Array.isArray(list) ? list : [];
    const highest = present.reduce<number>((most, message) => Math.max(most, orderOf(message) ?? 0), 0);
    return {
      ...record,
      updated_at: timeOf(world),
      messages: [...present, ...numbered(messages, highest + 1, world)],
    };
  },
  cannot: {},
};

function numbered(messages: readonly JsonObject[], first: number, world: World): JsonObject[] {
  return messages.map((message, index) => ({
    ...without(message, [['can']]),
    id: world.hex(),
    order: first + index,
  }));
}

function timeOf(world: World): string {
  return new Date(world.now()).toISOString();
}

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics/update_conversation */
const writable: readonly string[] = ['name', 'category', 'sources', 'agent_id', 'deleted'];
