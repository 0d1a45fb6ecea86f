import type { Context } from '../context.ts';
import { Failure } from '../core/errors.ts';
import type { Loss } from '../core/ledger.ts';
import { nearest } from '../core/nearest.ts';
import type { Exchange } from '../http/exchange.ts';
import type { ConfiguredProvider } from '../settings.ts';
import { openLocal } from './local.ts';
import type { Provider } from './provider.ts';
import type { RemoteSystem } from './remote.ts';
import { remoteSystems } from './systems.ts';

/** What a provider may tell of while it works. */
export interface Telling {
  /** One line on stderr. */
  readonly warn: (message: string) => void;
  /** What of a document is not sent, or not as it is. */
  readonly lost: (losses: readonly Loss[]) => void;
  /** Given if each exchange with a system is to be told of. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

/** A provider by its name, before it is opened. */
export type Place =
  | { readonly kind: 'local'; readonly name: string; readonly directory: string }
  | {
      readonly kind: 'remote';
      readonly name: string;
      readonly system: RemoteSystem;
      /** Absent if it works from the vendor's variables alone. */
      readonly configured?: ConfiguredProvider | undefined;
    };

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
  const providers = settings.providers ?? {};
  const configured = Object.hasOwn(providers, name) ? providers[name] : undefined;
  return placeOf(name, configured, context.dataDirectory) ?? unknownProvider(name, Object.keys(providers));
}

/** Undefined for a name that is neither configured nor a system's. */
export function placeOf(
  name: string,
  configured: ConfiguredProvider | undefined,
  dataDirectory: string,
): Place | undefined {
  if (configured?.system === 'local')
    return { kind: 'local', name, directory: configured.dir ?? dataDirectory };
  const systemName = configured?.system ?? name;
  const system = remoteSystems.find((each) => each.name === systemName);
  return system && { kind: 'remote', name, system, configured };
}

function unknownProvider(name: string, configured: readonly string[]): never {
  const known = [...new Set(['local', ...configured, ...remoteSystems.map((system) => system.name)])];
  const meant = nearest(name, known);
  throw new Failure('usage', `there is no provider ${JSON.stringify(name)}`, {
    hint:
      meant === undefined
        ? `the providers are ${known.join(', ')}; add one with \`convo provider add\``
        : `did you mean ${meant}?`,
  });
}
