import { Failure } from '../../../core/errors.ts';
import { withTextsOf } from '../../../core/json/inexact.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { once } from '../../../core/once.ts';
import { type Caller, createCaller } from '../../../http/call.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import type { Located } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explain } from './complaint.ts';
import { isAddressable, reading, readingMessages } from './requests.ts';
import { openSession } from './session.ts';

/** Looker as the provider talks to it. Nothing is sent, and no key is read, before it is asked for something. */
export interface Api extends Pick<Caller, 'ask' | 'askAny' | 'tell'> {
  /** The array of objects that is answered. @throws Failure `unavailable` if something else is */
  readonly askList: (request: HttpRequest) => Promise<JsonObject[]>;
  /** The whole conversation; undefined if it is not there. */
  readonly find: (id: string) => Promise<Located | undefined>;
  /** A conversation as the system answered it, with its messages fetched if it lacks them. */
  readonly complete: (record: JsonObject, id: string) => Promise<Located>;
}

export function openApi(seat: Seat): Api {
  const { title } = seat.account;
  const connected = once(async () => {
    return createCaller(title, await openSession(seat), explain);
  });
  const askList = async (request: HttpRequest): Promise<JsonObject[]> => {
    const list = await (await connected()).askAny(request);
    if (Array.isArray(list) && list.every((each) => isObject(each))) return list;
    throw new Failure('unavailable', `${title} answered with something that is no list`);
  };
  const complete = async (record: JsonObject, id: string): Promise<Located> => {
    if (Array.isArray(member(record, 'messages'))) return locate(record, id);
    const messages = await askList(readingMessages(id));
    return locate(withTextsOf({ ...record, messages }, record), id);
  };
  return {
    ask: async (request) => (await connected()).ask(request),
    askAny: async (request) => (await connected()).askAny(request),
    tell: async (request) => (await connected()).tell(request),
    askList,
    complete,
    async find(id) {
      if (!isAddressable(id)) return undefined;
      const record = await (await connected()).find(reading(id));
      return record && complete(record, id).catch(ifGone);
    },
  };
}

/** What Looker answered, as the record of a conversation. Which version it has does not show in most. */
export function locate(record: JsonObject, id: string): Located {
  return { id: idIn(record) ?? id, format: 'looker@26.10', record };
}

/** Documented as text; some answers have numbers. */
export function idIn(record: JsonObject): string | undefined {
  const id: JsonValue | undefined = member(record, 'id');
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** Deleted between the two calls. */
function ifGone(error: unknown): undefined {
  if (error instanceof Failure && error.code === 'not_found') return undefined;
  throw error;
}
