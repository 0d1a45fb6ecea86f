import type { Context, Handler } from 'hono';
import type { JsonObject } from '../../../core/json.ts';
import type { Desk, ServeEnvironment } from '../../../serve/system.ts';
import { readMessageChange, readNewMessages } from './bodies.ts';
import { conversationId, touched } from './conversations.ts';
import { completeMessages, idOf, presentMessages } from './presented.ts';
import { answer, idsToDelete, selectionOf } from './queries.ts';
import { notFound } from './refusals.ts';

type Operation = 'create' | 'list' | 'get' | 'update' | 'remove';

/**
 * The operations on the messages of a conversation. One that is changed keeps the ids and places that its messages
 * were shown with, so that they do not shift.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics
 */
export function messageHandlers(desk: Desk): Readonly<Record<Operation, Handler<ServeEnvironment>>> {
  const { shelf, world } = desk;
  return {
    async create(c) {
      const selection = selectionOf(c);
      const messages = await readNewMessages(c);
      const changed = await shelf.change(conversationId(c), (record, { keeping }) => {
        const whole = { ...record, messages: completeMessages(record) };
        return keeping.append?.(whole, messages, world) ?? record;
      });
      if (!changed) throw notFound(c);
      const all = presentMessages(changed.record);
      return answer(c, all.slice(all.length - messages.length), selection);
    },
    async list(c) {
      const selection = selectionOf(c);
      return answer(c, await messagesOf(c, desk), selection);
    },
    async get(c) {
      const selection = selectionOf(c);
      const wanted = (await messagesOf(c, desk)).find(isNamed(c));
      if (!wanted) throw notFound(c);
      return answer(c, wanted, selection);
    },
    async update(c) {
      const selection = selectionOf(c);
      const changes = await readMessageChange(c);
      const isWanted = isNamed(c);
      const changed = await shelf.change(conversationId(c), (record, format) => {
        const messages = completeMessages(record);
        const place = messages.findIndex(isWanted);
        const present = messages[place];
        if (!present) throw notFound(c);
        return touched(
          { ...record, messages: messages.with(place, { ...present, ...changes }) },
          format,
          world,
        );
      });
      const message = changed && presentMessages(changed.record).find(isWanted);
      if (!message) throw notFound(c);
      return answer(c, message, selection);
    },
    async remove(c) {
      const ids = idsToDelete(c);
      const changed = await shelf.change(conversationId(c), (record, format) => {
        const messages = completeMessages(record);
        const present = new Set(messages.map(idOf));
        if (ids.some((id) => !present.has(id))) throw notFound(c);
        const kept = messages.filter((message) => !ids.includes(idOf(message) ?? ''));
        return touched({ ...record, messages: kept }, format, world);
      });
      if (!changed) throw notFound(c);
      return c.body(null, 204);
    },
  };
}

async function messagesOf(c: Context<ServeEnvironment>, { shelf }: Desk): Promise<JsonObject[]> {
  const conversation = await shelf.find(conversationId(c));
  if (!conversation) throw notFound(c);
  return presentMessages(conversation.record);
}

function isNamed(c: Context<ServeEnvironment>): (message: JsonObject) => boolean {
  const id = c.req.param('message_id');
  return (message) => idOf(message) === id;
}
