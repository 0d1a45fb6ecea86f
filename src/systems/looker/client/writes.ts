import { Failure } from '../../../core/errors.ts';
import { type JsonArray, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { isStop, stopAfter } from '../../../http/stop.ts';
import type { Located, Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { notFound, otherMessages } from '../../../providers/unable.ts';
import { type Api, idIn, locate } from './api.ts';
import { changeBetween } from './changes.ts';
import { missingPart } from './complaint.ts';
import { type Making, makingOf, messagesToSend } from './document.ts';
import { changing, saving } from './requests.ts';
import { isBeginning, messagesOf } from './stored.ts';

type Writes = Required<Pick<Provider, 'create' | 'update' | 'append' | 'finish'>>;

/** The operations that have to know what Looker takes. */
export function openWrites(api: Api, seat: Seat): Writes {
  const { account, warn } = seat;
  const present = async (id: string): Promise<Located> => {
    const located = await api.find(id);
    if (!located) throw notFound(id, account.title);
    return located;
  };
  /** A write that was done is no failure because it cannot be looked at: what was answered to it has to do. */
  const lookAgain = async (look: () => Promise<Located>, answered: Located): Promise<Located> => {
    try {
      return await look();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (isStop(error)) {
        throw stopAfter(error, answered.id, {
          what: 'it was written, and not read again',
          hint: `see it with \`convo show ${answered.id} -p ${account.name}\``,
        });
      }
      warn(`what was written could not be read again, and is shown as it was answered: ${error.message}`);
      return answered;
    }
  };
  return {
    async create(document, { onCreated }) {
      const making = makingOf(document, seat);
      const record = await make(api, making);
      const id = idIn(record);
      if (id === undefined) throw nameless(account.title);
      await onCreated?.(id);
      if (!making.messages) return lookAgain(() => api.complete(record, id), locate(record, id));
      const saved = await api.askAny(saving(id, making.messages)).catch((error: unknown) => {
        throw unfinished(error, id, seat);
      });
      return lookAgain(() => present(id), locate({ ...record, messages: listIn(saved) }, id));
    },
    async update(id, edit) {
      const current = await present(id);
      const body = changeBetween(current.record, await edit(current));
      if (!body) return current;
      const record = await api.ask(changing(id, body));
      const { messages = [] } = current.record;
      return lookAgain(() => api.complete(record, id), locate({ ...record, messages }, id));
    },
    async append(id, messagesFor) {
      const current = await present(id);
      const messages = messagesToSend(await messagesFor(current));
      if (messages.length === 0) return current;
      const saved = await api.askAny(saving(id, messages));
      const all = [...listIn(member(current.record, 'messages')), ...listIn(saved)];
      return lookAgain(() => present(id), locate({ ...current.record, messages: all }, id));
    },
    async finish(id, document) {
      const there = await api.find(id);
      if (!there) return undefined;
      const messages = messagesOf(there.record);
      const wanted = makingOf(document, seat).messages ?? [];
      if (!isBeginning(messages, wanted)) throw otherMessages(id, account);
      const missing = wanted.slice(messages.length);
      if (missing.length === 0) return there;
      const saved = await api.askAny(saving(id, missing)).catch((error: unknown) => {
        throw unfinished(error, id, seat);
      });
      const answered = locate({ ...there.record, messages: [...messages, ...listIn(saved)] }, id);
      return lookAgain(async () => (await api.find(id)) ?? answered, answered);
    },
  };
}

async function make(api: Api, { conversation }: Making): Promise<JsonObject> {
  // With an agent or sources it may also be one of these that is not there.
  const { body } = conversation;
  const isPlain = Object.keys(body ?? {}).every((name) => name !== 'agent_id' && name !== 'sources');
  return api
    .ask(conversation)
    .catch((error: unknown) => missingPart(error, isPlain ? 'unsupported' : 'not_found'));
}

function listIn(value: JsonValue | undefined): JsonArray {
  return Array.isArray(value) ? value : [];
}

function nameless(title: string): Failure {
  return new Failure('outcome_unknown', `${title} did not say the id of the conversation it made`, {
    hint: 'look for it with `convo list` before making it again',
  });
}

/** The conversation is there, its messages are not, or not surely. */
function unfinished(error: unknown, id: string, { account }: Seat): unknown {
  if (!(error instanceof Failure)) return error;
  const name = ` -p ${account.name}`;
  const isUnknown = error.code === 'outcome_unknown' || isStop(error);
  const look = isUnknown ? `look with \`convo show ${id}${name}\` whether they are there; else ` : '';
  const state = isUnknown ? 'perhaps without its messages' : 'without its messages';
  const what = `the conversation was created, ${state}`;
  const hint = `${look}add them with \`convo append ${id}${name} <file>\`, or remove it with \`convo delete ${id}${name}\``;
  if (isStop(error)) return stopAfter(error, id, { what, hint });
  // That nothing was changed would not be true.
  const code = error.code === 'unavailable' ? 'outcome_unknown' : error.code;
  return new Failure(code, `${what}: ${error.message}`, { ...error.details, id, hint });
}
