import { Failure } from '../../../core/errors.ts';
import { once } from '../../../core/once.ts';
import type { Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { openApi } from './api.ts';
import { deleting, isAddressable } from './requests.ts';
import { search } from './search.ts';

/**
 * Looker's conversations (API 4.0, beta; tag ConversationalAnalytics).
 *
 * - Who has the key is logged in for a token, which is what requests carry.
 * - A conversation and its messages are made in two calls, and may have to be read in two.
 * - A search finds the user's own conversations, a page at a time; there is no other list.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ConversationalAnalytics
 */
export function openLooker(seat: Seat): Provider {
  const { account } = seat;
  const api = openApi(seat);
  // Reading needs no schema; what writing needs is loaded when something is written.
  const writes = once(async () => (await import('./writes.ts')).openWrites(api, seat));
  const plan = once(async () => (await import('./plan.ts')).openPlan(seat));
  return {
    name: account.name,
    title: account.title,
    format: account.system.format,
    cannot: account.system.cannot,
    takes: (format) => format === 'looker@26.10' || format === 'looker@26.4',
    show: api.find,
    list: (query) => search(api, account.title, query),
    create: async (document, options) => (await writes()).create(document, options),
    update: async (id, edit, options) => (await writes()).update(id, edit, options),
    append: async (id, messagesFor, options) => (await writes()).append(id, messagesFor, options),
    finish: async (id, document) => (await writes()).finish(id, document),
    trace: async (document) => (await import('./find-created.ts')).traceOf(document),
    findCreated: async (trace, since) =>
      (await import('./find-created.ts')).findCreated(api, seat, { trace, since }),
    async remove(id) {
      refuseList(id);
      return isAddressable(id) && api.tell(deleting(id));
    },
    plan: {
      create: async (document) => (await plan()).create(document),
      update: async (id, edit) => (await plan()).update(id, edit),
      append: async (id, messagesFor) => (await plan()).append(id, messagesFor),
      async remove(id, options) {
        refuseList(id);
        return (await plan()).remove(id, options);
      },
    },
  };
}

/** Looker deletes by a list of ids; of one with a comma it would delete others. */
function refuseList(id: string): void {
  if (!id.includes(',')) return;
  throw new Failure('unsupported', `${JSON.stringify(id)} has a comma, which Looker takes for several ids`, {
    hint: 'delete them one by one',
  });
}
