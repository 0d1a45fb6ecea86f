import { Failure } from '../../../core/errors.ts';
import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { isStop, stopAfter } from '../../../http/stop.ts';
import type { Located, Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { notFound, otherMessages } from '../../../providers/unable.ts';
import { type Api, locate, withItems } from './api.ts';
import { batchesOf } from './batches.ts';
import { isBeginning } from './beginning.ts';
import { changeBetween } from './changes.ts';
import { addingBatch, type Batch, batchesFor, makingOf } from './document.ts';
import { changing } from './requests.ts';
import { type Progress, placedIn, unfinished } from './unfinished.ts';

type Writes = Required<Pick<Provider, 'create' | 'update' | 'append' | 'finish'>>;

/** The operations that have to know what OpenAI takes. */
export function openWrites(api: Api, seat: Seat): Writes {
  const { account, remembered } = seat;
  const present = async (id: string): Promise<JsonObject> => {
    const head = await api.head(id);
    if (!head) throw notFound(id, account.title);
    return head;
  };
  return {
    async create(document, { dryRun, onCreated }) {
      const { conversation, first, others } = makingOf(document, seat);
      if (dryRun) return locate({ ...conversation.body, ...itemsOf([first, ...others]) }, '');
      const head = await api.ask(conversation).catch((error: unknown) => {
        throw placedIn(error, first);
      });
      const id = member(head, 'id');
      if (typeof id !== 'string' || id === '') throw nameless(account.title);
      await onCreated?.(id);
      await remembered.add(id);
      if (first.length === 0) return locate(withItems(head, []), id);
      const done = first.length;
      await addAll(api, others, { id, account, made: true, done, total: done + count(others) });
      return lookAgain(api, seat, { head, id });
    },
    async update(id, edit, { dryRun }) {
      const current = await api.complete(await present(id), id);
      const edited = await edit(current);
      const body = changeBetween(current.record, edited);
      if (!body) return current;
      if (dryRun) return locate(edited, id);
      const items: JsonValue = member(current.record, 'items') ?? [];
      return locate(withItems(await api.ask(changing(id, body)), items), id);
    },
    async append(id, messagesFor, { dryRun }) {
      const head = await present(id);
      const batches = batchesFor([...(await messagesFor(locate(head, id)))], seat);
      if (dryRun || batches.length === 0) return api.complete(head, id);
      await addAll(api, batches, { id, account, made: false, done: 0, total: count(batches) });
      return lookAgain(api, seat, { head, id });
    },
    async finish(id, document) {
      const head = await api.head(id);
      if (!head) return undefined;
      await remembered.add(id);
      const { first, others } = makingOf(document, seat);
      const there = await api.complete(head, id);
      const [all, stored] = [[...first, ...others.flat()], listIn(there.record)];
      const wanted = all.map(({ item }) => item);
      if (!isBeginning(stored, wanted)) throw otherMessages(id, account);
      const batches = batchesAfter(all, stored.length);
      if (batches.length === 0) return there;
      await addAll(api, batches, { id, account, made: true, done: 0, total: count(batches) });
      return lookAgain(api, seat, { head, id });
    },
  };
}

/** Those behind the first so many, in calls of their own. */
function batchesAfter(all: Batch, done: number): readonly Batch[] {
  return batchesOf(all.slice(done)).batches;
}

function listIn(record: JsonObject): JsonValue[] {
  const items = member(record, 'items');
  return Array.isArray(items) ? items : [];
}

/** Each batch once the one before is there, as the order of the calls is that of the items. */
async function addAll(api: Api, batches: readonly Batch[], progress: Progress): Promise<void> {
  let { done } = progress;
  for (const batch of batches) {
    try {
      await api.ask(addingBatch(progress.id, batch));
    } catch (error) {
      throw unfinished(placedIn(error, batch), { ...progress, done });
    }
    done += batch.length;
  }
}

/** A write that was done is no failure because it cannot be looked at. */
async function lookAgain(
  api: Api,
  { account, warn }: Seat,
  { head, id }: { readonly head: JsonObject; readonly id: string },
): Promise<Located> {
  try {
    return await api.complete(head, id);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (isStop(error)) {
      throw stopAfter(error, id, {
        what: 'the items were written, and not read again',
        hint: `see them with \`convo show ${id} -p ${account.name}\``,
      });
    }
    warn(`the items were written and could not be read again: ${error.message}`);
    return locate(head, id);
  }
}

/** Nothing for nothing, as in what is sent. */
function itemsOf(batches: readonly Batch[]): JsonObject {
  const items = batches.flat().map(({ item }) => item);
  return items.length === 0 ? {} : { items };
}

function count(batches: readonly Batch[]): number {
  return batches.reduce((sum, { length }) => sum + length, 0);
}

function nameless(title: string): Failure {
  return new Failure('outcome_unknown', `${title} did not say the id of the conversation it made`, {
    hint: 'it has no list to look for it in; make it again only if a second one does no harm',
  });
}
