import { Failure } from '../../../core/errors.ts';
import { withTextsOf } from '../../../core/json/inexact.ts';
import { type JsonObject, member } from '../../../core/json.ts';
import type { Located, Provider } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { notFound } from '../../../providers/unable.ts';
import type { Api } from './api.ts';
import { changeBetween } from './changes.ts';
import { bodyOf } from './document.ts';
import { changing, creating, idIn } from './requests.ts';

type Writes = Required<Pick<Provider, 'create' | 'update'>>;

/** The operations that have to know what Orq.ai takes. */
export function openWrites(api: Api, { account, lost }: Seat): Writes {
  return {
    async create(document, { dryRun, onCreated }) {
      const body = bodyOf(document, { account, lost });
      if (dryRun) return locate(body, '');
      const record = await api.ask(creating(body));
      const id = idIn(record);
      if (id === undefined) throw nameless(account.title);
      await onCreated?.(id);
      return locate(record, id);
    },
    async update(id, edit, { dryRun }) {
      const current = await api.retrieve(id);
      if (!current) throw notFound(id, account.title);
      const edited = await edit(current);
      const body = changeBetween(current.record, edited);
      if (!body) return current;
      if (dryRun) return locate(edited, id);
      return locate(withMessagesOf(current.record, await api.ask(changing(id, body))), id);
    },
  };
}

function locate(record: JsonObject, id: string): Located {
  return { id, format: 'orq', record };
}

/** Only a conversation that is asked for comes with its messages, and an update changes none of them. */
function withMessagesOf(before: JsonObject, after: JsonObject): JsonObject {
  const messages = member(before, 'messages');
  if (messages === undefined || Object.hasOwn(after, 'messages')) return after;
  return withTextsOf({ ...after, messages }, after);
}

function nameless(title: string): Failure {
  return new Failure('outcome_unknown', `${title} did not say the id of the conversation it made`, {
    hint: 'look for it with `convo list` before making it again',
  });
}
