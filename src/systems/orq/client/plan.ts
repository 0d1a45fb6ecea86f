import type { JsonObject } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import { plannedAt } from '../../../providers/planned.ts';
import type { Plan } from '../../../providers/provider.ts';
import type { PlannedRequest, Seat } from '../../../providers/remote.ts';
import { notFound } from '../../../providers/unable.ts';
import { headersWith } from './api.ts';
import { changeBetween } from './changes.ts';
import { bodyOf } from './document.ts';
import { changing, creating, deleting, isAddressable } from './requests.ts';

/** The calls of each write, without what is only read. Nothing is sent for it, and no key is read. */
export function openPlan({ account, lost }: Seat): Required<Pick<Plan, 'create' | 'update' | 'remove'>> {
  const planned = (request: HttpRequest): PlannedRequest =>
    plannedAt(account.address(), request, headersWith('…'));
  const refuseNowhere = (id: string): void => {
    if (!isAddressable(id)) throw notFound(id, account.title);
  };
  return {
    create: async (document) => [planned(creating(bodyOf(document, { account, lost })))],
    async update(id, edit) {
      refuseNowhere(id);
      const blank: JsonObject = { _id: id, kind: 'conversation' };
      const body = changeBetween(blank, await edit({ id, format: 'orq', record: blank }));
      return body ? [planned(changing(id, body))] : [];
    },
    async remove(id) {
      refuseNowhere(id);
      return [planned(deleting(id))];
    },
  };
}
