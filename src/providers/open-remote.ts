import type { Context } from '../context.ts';
import { createClient } from '../http/client.ts';
import { accountOf } from './account.ts';
import type { Telling } from './open.ts';
import type { Place } from './place.ts';
import type { Provider } from './provider.ts';
import { openRemembered } from './remembered.ts';

type RemotePlace = Extract<Place, { kind: 'remote' }>;

/** Opens a system. Nothing is sent before it is used. */
export async function openRemote(context: Context, place: RemotePlace, telling: Telling): Promise<Provider> {
  const account = await accountOf(context, place);
  const open = await place.system.load();
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
    world: context.world,
    warn: telling.warn,
    lost: telling.lost,
  });
}
