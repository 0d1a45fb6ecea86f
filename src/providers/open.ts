import type { Context } from '../context.ts';
import type { Loss } from '../core/ledger.ts';
import type { Exchange } from '../http/exchange.ts';
import { openLocal } from './local.ts';
import type { Place } from './place.ts';
import type { Provider } from './provider.ts';

/** What a provider may tell of while it works. */
export interface Telling {
  /** One line on stderr. */
  readonly warn: (message: string) => void;
  /** What of a document is not sent, or not as it is. */
  readonly lost: (losses: readonly Loss[]) => void;
  /** Given if each exchange with a system is to be told of. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

/**
 * The provider that the command line, else `CONVO_PROVIDER`, else the configuration names; else the local store.
 * Nothing is sent anywhere, and no key is read, before the provider is used.
 * @throws Failure `usage` if there is none of that name.
 */
export async function openProvider(
  context: Context,
  named: string | undefined,
  telling: Telling,
): Promise<Provider> {
  return openPlace(context, await findPlace(context, named), telling);
}

/** Opens a place that was found. Nothing is sent anywhere, and no key is read, before the provider is used. */
export async function openPlace(context: Context, place: Place, telling: Telling): Promise<Provider> {
  if (place.kind === 'local') {
    return openLocal({ ...place, host: await context.storeHost(), world: context.world });
  }
  const { openRemote } = await import('./open-remote.ts');
  return openRemote(context, place, telling);
}

/** The place that {@link openProvider} would open. @throws Failure `usage` if there is none of that name. */
export async function findPlace(context: Context, named: string | undefined): Promise<Place> {
  const said = named ?? (context.environment['CONVO_PROVIDER'] || undefined);
  const local = { kind: 'local', name: 'local', directory: context.dataDirectory } as const;
  if (said === 'local') return local;
  const settings = await (await context.settings()).read();
  const name = said ?? settings.provider ?? 'local';
  if (name === 'local') return local;
  const { placeNamed } = await import('./place.ts');
  return placeNamed(name, settings.providers ?? {}, context.dataDirectory);
}
