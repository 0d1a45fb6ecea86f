import type { Keeping, World } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue } from '../../core/json.ts';

export const keeping: Keeping = {
  create(request, world) {
    const now = new Date(world.now()).toISOString();
    const { convo: _convo, id: _id, messages, ...others } = request;
    return {
      convo: 1,
      id: `conv_${world.ulid()}`,
      created_at: now,
      updated_at: now,
      ...others,
      ...(Array.isArray(messages)
        ? { messages: keepMessages(messages, world) }
        : messages === null && { messages }),
    };
  },
  update: { changeable: () => [''], touch },
  append(record, messages, world) {
    const present = Array.isArray(record['messages']) ? record['messages'] : [];
    return touch({ ...record, messages: [...present, ...keepMessages(messages, world)] }, world);
  },
  cannot: {},
};

function keepMessages(messages: readonly JsonValue[], world: World): JsonValue[] {
  const now = new Date(world.now()).toISOString();
  return messages.map((message) =>
    isObject(message) ? { id: `msg_${world.ulid()}`, created_at: now, ...message } : message,
  );
}

function touch(record: JsonObject, world: World): JsonObject {
  return { ...record, updated_at: new Date(world.now()).toISOString() };
}
