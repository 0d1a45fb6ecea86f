import { Failure } from '../../core/errors.ts';
import type { AccountSetting, RemoteSystem } from '../../providers/remote.ts';
import { remoteSystems } from '../../providers/systems.ts';
import { isProviderName, type Settings } from '../../settings.ts';
import { type AddOptions, type SystemName, systemNames } from './index.ts';

/** The flag of a setting: `--client-id`. */
export function flagOf(setting: string): string {
  return `--${setting.replaceAll('_', '-')}`;
}

export type GivenSettings = Readonly<Partial<Record<AccountSetting, string | undefined>>>;

/** What was given of each setting. @throws Failure `usage` for empty text. */
export function givenSettings(options: AddOptions): GivenSettings {
  const { url, key, clientId, organization, project, entity, generation } = options;
  const given = { url, key, client_id: clientId, organization, project, entity, generation };
  for (const [setting, value] of Object.entries(given)) {
    if (value?.trim() === '') throw new Failure('usage', `${flagOf(setting)} is empty`);
  }
  return given;
}

/** @throws Failure `usage` for what is no name, `conflict` for one that is taken. */
export function checkName(name: string, settings: Settings, { force = false }: { force?: boolean }): void {
  if (name === 'local') {
    throw new Failure('conflict', 'the provider local is always there and cannot be configured', {
      hint: 'use another name, or CONVO_DATA_DIR to move the store',
    });
  }
  if (!isProviderName(name)) {
    throw new Failure('usage', `${JSON.stringify(name)} is no name for a provider`, {
      hint: 'use letters, digits, - and _, and begin with a letter or a digit',
    });
  }
  // Their keys lie in files by that name, which some file systems would take for one.
  const taken = Object.keys(settings.providers ?? {}).find(
    (each) => each.toLowerCase() === name.toLowerCase(),
  );
  if (taken === undefined || (force && taken === name)) return;
  throw new Failure('conflict', `there is a provider ${taken} already`, {
    hint: taken === name ? 'replace it with --force, or use another name' : 'use another name',
  });
}

/** The system that a name or `--system` says; undefined if neither does. @throws Failure `usage` if they differ. */
export function saidSystem(name: string, { system }: AddOptions): SystemName | undefined {
  const own = systemNames.find((each) => each === name);
  if (own !== undefined && system !== undefined && own !== system) {
    throw new Failure('usage', `a provider called ${name} cannot be one for ${system}`, {
      hint: 'use another name',
    });
  }
  return system ?? own;
}

/** @throws Failure `usage` for a flag that means nothing to the system. */
export function refuseForeignFlags(system: SystemName, options: AddOptions): void {
  const { dir, timeout, retries } = options;
  const remote = remoteSystems.find(({ name }) => name === system);
  const known = new Set<string>(remote ? settingsOf(remote) : ['dir']);
  for (const [setting, value] of Object.entries({ ...givenSettings(options), dir, timeout, retries })) {
    if (value === undefined || known.has(setting)) continue;
    const takes = [...known].map(flagOf).join(', ');
    throw new Failure('usage', `${flagOf(setting)} means nothing to ${remote?.title ?? 'a local store'}`, {
      hint: `it takes ${takes}`,
    });
  }
}

function settingsOf({ settings }: RemoteSystem): string[] {
  return ['url', 'key', ...Object.keys(settings), 'timeout', 'retries'];
}
