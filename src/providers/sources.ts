import { Failure } from '../core/errors.ts';
import type { Environment } from '../platform/streams.ts';
import type { ConfiguredProvider } from '../settings.ts';
import type { AccountSetting, RemoteSystem } from './remote.ts';

/** A value and where it came from, in words: `OPENAI_BASE_URL`, `the configuration`. */
export interface Sourced {
  readonly value: string;
  readonly source: string;
}

export type KnownSettings = Readonly<Partial<Record<AccountSetting, Sourced>>>;

/** What is set for an account. A key is only the place it is at. */
export interface Found {
  readonly known: KnownSettings;
  /** Whether the configuration counts alone: what the vendor's variables say is for another account. */
  readonly isOwn: boolean;
  /** The key itself, where it is in the file of the vendor's tools; apart from the rest, which may be shown. */
  readonly keyInFile?: string | undefined;
  /** Why the file of the vendor's tools cannot be read. */
  readonly problem?: Failure | undefined;
}

/** What the sources are read from. */
export interface SourcesWorld {
  readonly environment: Environment;
  /** The text of a file, undefined if there is none. @throws Failure if there is one that cannot be read. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** Every setting an account is made of. */
export const settingNames = [
  'url',
  'key',
  'client_id',
  'organization',
  'project',
  'entity',
  'generation',
] as const satisfies readonly AccountSetting[];

/**
 * Finds what is set. A key goes to the address it was given with, and nowhere else: so address and key are both from
 * the configuration if it has either, else both from the vendor's variables, else from the file of the vendor's tools
 * if that has everything. What the system has by itself comes last.
 */
export async function findSettings(
  system: RemoteSystem,
  configured: ConfiguredProvider | undefined,
  world: SourcesWorld,
): Promise<Found> {
  const own = collect((name) => sourced(configured?.[name], 'the configuration'));
  if (own.url || own.key) return { known: withDefault(system, own), isOwn: true };
  const variables = collect((name) => variable(system, name, world.environment));
  const hasFile = system.file !== undefined && !variables.url && !variables.key && !own.client_id;
  const { known: file, ...rest } = hasFile ? await settingsInFile(system, world) : {};
  return { known: withDefault(system, { ...(file ?? variables), ...own }), isOwn: false, ...rest };
}

function collect(find: (name: AccountSetting) => Sourced | undefined): KnownSettings {
  const known: Partial<Record<AccountSetting, Sourced>> = {};
  for (const name of settingNames) {
    const found = find(name);
    if (found) known[name] = found;
  }
  return known;
}

function sourced(value: string | undefined, source: string): Sourced | undefined {
  return value === undefined ? undefined : { value, source };
}

function withDefault({ address }: RemoteSystem, known: KnownSettings): KnownSettings {
  if (address === undefined || known.url) return known;
  return { ...known, url: { value: address, source: 'the default' } };
}

/** An empty variable is one that is not set. */
function variable(
  system: RemoteSystem,
  setting: AccountSetting,
  environment: Environment,
): Sourced | undefined {
  const name = system.variables[setting]?.find((each) => (environment[each] ?? '').trim() !== '');
  if (name === undefined) return undefined;
  const value = setting === 'key' ? `env:${name}` : (environment[name] ?? '').trim();
  return { value, source: name };
}

/** Nothing of a file that lacks something: whoever wrote it may want the rest to come from elsewhere. */
async function settingsInFile(
  { file, settings }: RemoteSystem,
  { readText }: SourcesWorld,
): Promise<Partial<Pick<Found, 'known' | 'keyInFile' | 'problem'>>> {
  if (!file) return {};
  try {
    const values = file.read((await readText(file.path)) ?? '');
    const known = collect((name) =>
      sourced(name === 'key' && values.key ? `file:${file.path}` : values[name] || undefined, file.path),
    );
    const required = settingNames.filter((name) => isBasic(name) || settings[name] === 'required');
    return required.every((name) => known[name]) ? { known, keyInFile: values.key } : {};
  } catch (error) {
    if (error instanceof Failure) return { problem: error };
    throw error;
  }
}

function isBasic(name: AccountSetting): name is 'url' | 'key' {
  return name === 'url' || name === 'key';
}
