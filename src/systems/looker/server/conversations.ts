import type { Handler } from 'hono';
import type { Format, World } from '../../../core/format.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Desk, ServeEnvironment } from '../../../serve/system.ts';
import { readConversationChange, readNewConversation } from './bodies.ts';
import { presentConversation } from './presented.ts';
import { answer, idsToDelete, selectionOf } from './queries.ts';
import { notFound } from './refusals.ts';
import { find, parseSearch } from './search.ts';

type Operation = 'create' | 'search' | 'get' | 'update' | 'remove';

/**
 * The operations on conversations.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics
 */
export function conversationHandlers({
  shelf,
  world,
}: Desk): Readonly<Record<Operation, Handler<ServeEnvironment>>> {
  return {
    async create(c) {
      const selection = selectionOf(c);
      const request = await readNewConversation(c);
      return answer(c, presentConversation(await shelf.create(request)), selection);
    },
    async search(c) {
      const selection = selectionOf(c);
      const found: JsonObject[] = [];
      for await (const each of find(shelf, parseSearch(c))) found.push(presentConversation(each));
      return answer(c, found, selection);
    },
    async get(c) {
      const selection = selectionOf(c);
      const conversation = await shelf.find(conversationId(c));
      if (!conversation) throw notFound(c);
      return answer(c, presentConversation(conversation), selection);
    },
    async update(c) {
      const selection = selectionOf(c);
      const changes = await readConversationChange(c);
      const changed = await shelf.change(conversationId(c), (record, format) =>
        touched({ ...record, ...changes }, format, world),
      );
      if (!changed) throw notFound(c);
      return answer(c, presentConversation(changed), selection);
    },
    async remove(c) {
      const ids = idsToDelete(c);
      for (const id of ids) if (!(await shelf.find(id))) throw notFound(c);
      for (const id of ids) await shelf.remove(id);
      return c.body(null, 204);
    },
  };
}

/** The conversation that the path names. */
export function conversationId(c: Parameters<Handler<ServeEnvironment>>[0]): string {
  return c.req.param('conversation_id') ?? '';
}

/** A changed record with its new time of change. */
export function touched(record: JsonObject, format: Format, world: World): JsonObject {
  return format.keeping.update?.touch(record, world) ?? record;
}
