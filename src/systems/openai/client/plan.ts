import { isObject, type JsonObject, member } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import { plannedAt } from '../../../providers/planned.ts';
import type { Plan } from '../../../providers/provider.ts';
import type { PlannedRequest, Seat } from '../../../providers/remote.ts';
import { notFound } from '../../../providers/unable.ts';
import { headersWith, locate } from './api.ts';
import { changeBetween, metadataOf } from './changes.ts';
import { addingBatch, batchesFor, makingOf } from './document.ts';
import { itemsStay } from './remove.ts';
import { changing, deleting, deletingItem, EACH_ITEM, isAddressable, NEW_ID } from './requests.ts';

/** The calls of each write, without what is only read. Nothing is sent for it, and no key is read. */
export function openPlan(seat: Seat): Required<Plan> {
  const { account, warn } = seat;
  const planned = (request: HttpRequest): PlannedRequest =>
    plannedAt(account.address(), request, headersWith(account, '…'));
  const refuseNowhere = (id: string): void => {
    if (!isAddressable(id)) throw notFound(id, account.title);
  };
  return {
    async create(document) {
      const { conversation, others } = makingOf(document, seat);
      return [conversation, ...others.map((batch) => addingBatch(NEW_ID, batch))].map(planned);
    },
    async update(id, edit) {
      refuseNowhere(id);
      const blank: JsonObject = { id, object: 'conversation', metadata: {} };
      const edited = await edit(locate(blank, id));
      const body = changeBetween(blank, edited) ?? metadataOf(edited);
      if (isObject(member(body, 'metadata'))) {
        warn('a dry run reads nothing: the metadata that is there is kept where nothing else is said');
      }
      return [planned(changing(id, body))];
    },
    async append(id, messagesFor) {
      refuseNowhere(id);
      const messages = await messagesFor(locate({ id, object: 'conversation' }, id));
      return batchesFor([...messages], seat).map((batch) => planned(addingBatch(id, batch)));
    },
    async remove(id, { items }) {
      refuseNowhere(id);
      if (items !== true) {
        warn(itemsStay(account.title));
        return [planned(deleting(id))];
      }
      warn(`a dry run reads nothing: ${EACH_ITEM} stands for each item of ${id}`);
      return [deletingItem(id, EACH_ITEM), deleting(id)].map(planned);
    },
  };
}
