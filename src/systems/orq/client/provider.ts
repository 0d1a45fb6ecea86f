import { member } from '../../../core/json.ts';
import { once } from '../../../core/once.ts';
import type { Located, Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { openApi } from './api.ts';
import { withDefaults } from './defaults.ts';
import { listConversations } from './list.ts';
import { deleting, isAddressable } from './requests.ts';

/**
 * Orq.ai's conversations, up to 4.1 and from 4.2 on.
 *
 * - A new conversation belongs to an entity (4.1) or to a project (4.2). What is sent says which of the two is meant,
 *   unless a version is configured.
 * - Messages come from 4.2 on, and only with a conversation that is asked for by its id.
 * - A list has the conversations of one entity or, from 4.2 on, those that have none.
 *
 * @see https://docs.orq.ai/docs/conversations/overview
 */
export function openOrq(seat: Seat): Provider {
  const { account, warn } = seat;
  const api = openApi(seat);
  const tellOfMessages = once(() => warn(`${account.title} gives no messages, as is usual up to 4.1`));
  const show = async (id: string): Promise<Located | undefined> => {
    const located = await api.retrieve(id);
    if (located && member(located.record, 'messages') === undefined) tellOfMessages();
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
    takes: (format) => format === 'orq',
    withDefaults: (document) => withDefaults(document, account),
    show,
    list: (query) => listConversations({ api, account, show }, query),
    create: async (document, options) => (await writes()).create(document, options),
    update: async (id, edit, options) => (await writes()).update(id, edit, options),
    trace: async (document) => (await import('./find-created.ts')).traceOf(document, account),
    findCreated: async (trace, since) =>
      (await import('./find-created.ts')).findCreated(api, seat, { trace, since }),
    async remove(id, { dryRun }) {
      if (dryRun) return (await api.retrieve(id)) !== undefined;
      return isAddressable(id) && api.tell(deleting(id));
    },
    plan: {
      create: async (document) => (await plan()).create(document),
      update: async (id, edit) => (await plan()).update(id, edit),
      remove: async (id, options) => (await plan()).remove(id, options),
    },
  };
}
