import { Failure } from '../../../core/errors.ts';
import { once } from '../../../core/once.ts';
import type { Located, Provider, ShowOptions } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { locate, openApi } from './api.ts';
import { listConversations } from './list.ts';
import { openRemove } from './remove.ts';

/**
 * OpenAI's conversations.
 *
 * - There is no list of them: the ids that were made or seen here are remembered.
 * - Items have calls of their own, at most twenty are taken at once, and they stay when their conversation is deleted.
 * - Of a conversation only the metadata can be changed, and that as a whole.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations
 */
export function openOpenAI(seat: Seat): Provider {
  const { account, remembered } = seat;
  const api = openApi(seat);
  const show = async (id: string, { messages = true }: ShowOptions = {}): Promise<Located | undefined> => {
    const head = await api.head(id);
    if (!head) return undefined;
    const located = messages ? await api.complete(head, id).catch(absent) : locate(head, id);
    if (located) await remembered.add(id);
    return located;
  };
  // Reading needs no schema; what writing needs is loaded when something is written.
  const writes = once(async () => (await import('./writes.ts')).openWrites(api, seat));
  const plan = once(async () => (await import('./plan.ts')).openPlan(seat));
  return {
    name: account.name,
    title: account.title,
    format: account.system.format,
    cannot: account.system.cannot,
    takes: (format) => format === 'openai',
    show,
    list: (query) => listConversations({ api, seat }, query),
    create: async (document, options) => (await writes()).create(document, options),
    update: async (id, edit, options) => (await writes()).update(id, edit, options),
    append: async (id, messagesFor, options) => (await writes()).append(id, messagesFor, options),
    finish: async (id, document) => (await writes()).finish(id, document),
    keepsItems: true,
    remove: openRemove(api, seat),
    plan: {
      create: async (document) => (await plan()).create(document),
      update: async (id, edit) => (await plan()).update(id, edit),
      append: async (id, messagesFor) => (await plan()).append(id, messagesFor),
      remove: async (id, options) => (await plan()).remove(id, options),
    },
  };
}

/** It has gone since it was looked for. */
function absent(error: unknown): undefined {
  if (error instanceof Failure && error.code === 'not_found') return undefined;
  throw error;
}
