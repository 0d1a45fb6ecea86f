import type { Context } from '../../context.ts';
import { type Place, placeOf } from '../../providers/place.ts';
import { remoteSystems } from '../../providers/systems.ts';
import type { Settings } from '../../settings.ts';

/** Every place that `-p` takes: local, what is configured, and each system by its own name. */
export function allPlaces(settings: Settings, { dataDirectory }: Context): readonly Place[] {
  const configured = Object.entries(settings.providers ?? {}).filter(([name]) => name !== 'local');
  const taken = new Set(configured.map(([name]) => name));
  const systems = remoteSystems.filter(({ name }) => !taken.has(name));
  return [
    { kind: 'local', name: 'local', directory: dataDirectory },
    ...configured.flatMap(([name, provider]) => placeOf(name, provider, dataDirectory) ?? []),
    ...systems.map((system): Place => ({ kind: 'remote', name: system.name, system })),
  ];
}

/** The provider that is used where the command line names none, and what says so. */
export function chosenPlace(settings: Settings, { environment }: Context): { name: string; source: string } {
  const variable = environment['CONVO_PROVIDER'];
  if (variable) return { name: variable, source: 'CONVO_PROVIDER' };
  if (settings.provider !== undefined) return { name: settings.provider, source: 'the configuration' };
  return { name: 'local', source: 'the default' };
}
