import type { Context } from '../context.ts';
import { createClient } from '../http/client.ts';
import { accountOf } from './account.ts';
import type { Telling } from './open.ts';
import type { Place } from './place.ts';
import type { Provider } from './provider.ts';
import { openRemembered } from './remembered.ts';
import { openSkew } from './skew.ts';

type RemotePlace = Extract<Place, { kind: 'remote' }>;

/** Opens a system. Nothing is sent before it is used. */
export async function openRemote(context: Context, place: RemotePlace, telling: Telling): Promise<Provider> {
  const account = await accountOf(context, place);
  const open = await place.system.load();
  const skew = openSkew(context.now);
  return open({
    account,
    connect: async (options) =>
      createClient({
        ...options,
        title: account.title,
        address: account.address(),
        version: context.version,
        signal: context.signal,
        timeout: account.timeout,
        retries: account.retries,
        onExchange: telling.onExchange,
        onDate: skew.heard,
        chance: Math.random,
        now: Date.now,
      }),
    remembered: openRemembered({
      directory: context.dataDirectory,
      account,
      readText: context.files.readText,
      append: context.files.append,
      warn: telling.warn,
    }),
    ahead: skew.ahead,
    world: context.world,
    warn: telling.warn,
    lost: telling.lost,
  });
}
