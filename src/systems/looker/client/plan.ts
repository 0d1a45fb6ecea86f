import type { HttpRequest } from '../../../http/exchange.ts';
import { plannedAt } from '../../../providers/planned.ts';
import type { Plan } from '../../../providers/provider.ts';
import type { PlannedRequest, Seat } from '../../../providers/remote.ts';
import { locate } from './api.ts';
import { changeByItself } from './changes.ts';
import { makingOf, messagesToSend } from './document.ts';
import { changing, deleting, NEW_ID, saving } from './requests.ts';

/** The calls of each write, without the login and what is only read. Nothing is sent for it, and no key is read. */
export function openPlan(seat: Seat): Required<Plan> {
  const { account, warn } = seat;
  const planned = (request: HttpRequest): PlannedRequest =>
    plannedAt(account.address(), request, { authorization: 'token …' });
  return {
    async create(document) {
      const { conversation, messages } = makingOf(document, seat);
      return [conversation, ...(messages ? [saving(NEW_ID, messages)] : [])].map(planned);
    },
    async update(id, edit) {
      const body = await changeByItself(id, edit);
      if (!body) return [];
      if (Object.hasOwn(body, 'sources')) {
        warn(
          'sources are planned as if the conversation had none; what it has is read first and kept where nothing else is said',
        );
      }
      return [planned(changing(id, body))];
    },
    async append(id, messagesFor) {
      const messages = messagesToSend(await messagesFor(locate({ id }, id)));
      return messages.length === 0 ? [] : [planned(saving(id, messages))];
    },
    remove: async (id) => [planned(deleting(id))],
  };
}
