import { Failure } from '../core/errors.ts';
import { nearest } from '../core/nearest.ts';
import type { ConfiguredProvider } from '../settings.ts';
import type { RemoteSystem } from './remote.ts';
import { remoteSystems } from './systems.ts';

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

/** The place of a name that is configured, or a system's own. @throws Failure `usage` for any other name. */
export function placeNamed(
  name: string,
  providers: Readonly<Record<string, ConfiguredProvider>>,
  dataDirectory: string,
): Place {
  const configured = Object.hasOwn(providers, name) ? providers[name] : undefined;
  return placeOf(name, configured, dataDirectory) ?? unknownProvider(name, Object.keys(providers));
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
