import type { Issue } from '../core/errors.ts';
import { once } from '../core/once.ts';
import { type Caller, type Complaint, createCaller, type Explain } from '../http/call.ts';
import type { ClientOptions } from '../http/client.ts';
import type { Seat } from './remote.ts';

/**
 * Calls with the account's key among the headers. Nothing is sent, and no key is read, before the first of them; what
 * the system says of an error comes without the key.
 */
export function openKeyed(
  { account, connect }: Seat,
  headersFor: (key: string) => Readonly<Record<string, string>>,
  explain: Explain,
  options: Pick<ClientOptions, 'isBusy'> = {},
): Caller {
  const connected = once(async () => {
    const key = await account.key();
    const client = await connect({ ...options, headers: async () => headersFor(key) });
    return createCaller(account.title, client, (reply) => withoutKey(explain(reply), key));
  });
  return {
    ask: async (request) => (await connected()).ask(request),
    askAny: async (request) => (await connected()).askAny(request),
    find: async (request) => (await connected()).find(request),
    tell: async (request) => (await connected()).tell(request),
  };
}

/** Some systems repeat a key that they do not know. */
function withoutKey(complaint: Complaint, key: string): Complaint {
  const conceal = (text: string): string => text.replaceAll(key, '…');
  const { message, issues } = complaint;
  const concealed = issues?.map((issue): Issue => ({ path: issue.path, message: conceal(issue.message) }));
  return {
    ...complaint,
    ...(message !== undefined && { message: conceal(message) }),
    ...(concealed && { issues: concealed }),
  };
}
