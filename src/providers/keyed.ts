import { once } from '../core/once.ts';
import { type Caller, createCaller, type Explain } from '../http/call.ts';
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
    const client = await connect({
      ...options,
      headers: async () => headersFor(key),
      secrets: () => [key],
    });
    return createCaller(account.title, client, explain);
  });
  return {
    ask: async (request) => (await connected()).ask(request),
    askAny: async (request) => (await connected()).askAny(request),
    find: async (request) => (await connected()).find(request),
    tell: async (request) => (await connected()).tell(request),
  };
}
