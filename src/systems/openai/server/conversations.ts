import type { Context, Handler } from 'hono';
import { type JsonObject, member } from '../../../core/json.ts';
import { readJson } from '../../../serve/body.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import type { Desk, ServeEnvironment } from '../../../serve/system.ts';
import { refuseDuplicates } from './duplicates.ts';
import { checkedBody } from './input.ts';
import { withLinkedItems } from './links.ts';
import { conversationNotFound } from './refusals.ts';

type Operation = Handler<ServeEnvironment>;

/** The operations on a conversation itself. */
export function conversationOperations({ shelf, world }: Desk) {
  const create: Operation = async (c) => {
    const body = checkedBody({ members: ['metadata', 'items'] }, await readJson(c));
    const request = await withLinkedItems(body, shelf);
    refuseDuplicates(request, new Set());
    return c.json(conversationResource(await shelf.create(request)));
  };
  const get: Operation = async (c) => {
    const id = conversationOf(c);
    return c.json(conversationResource(found(await shelf.find(id), id)));
  };
  const update: Operation = async (c) => {
    const id = conversationOf(c);
    const body = checkedBody({ members: ['metadata'], required: 'metadata' }, await readJson(c));
    const changed = await shelf.change(id, (record, { keeping }) => {
      const edited = { ...record, metadata: body['metadata'] ?? {} };
      return keeping.update?.touch(edited, world) ?? edited;
    });
    return c.json(conversationResource(found(changed, id)));
  };
  const remove: Operation = async (c) => {
    const id = conversationOf(c);
    if (!(await shelf.remove(id))) throw conversationNotFound(id);
    return c.json({ id, object: 'conversation.deleted', deleted: true });
  };
  return { create, get, update, remove };
}

/** The conversation that the path names. */
export function conversationOf(c: Context): string {
  return c.req.param('conversation') ?? '';
}

/** @throws Refusal if there is none. */
export function found(shelved: Shelved | undefined, id: string): Shelved {
  if (!shelved) throw conversationNotFound(id);
  return shelved;
}

/** A conversation without its items, which have operations of their own. */
export function conversationResource({ id, record }: Shelved): JsonObject {
  const { items: _items, ...others } = record;
  return { ...others, id, metadata: member(record, 'metadata') ?? {} };
}
