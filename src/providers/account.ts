import type { Context } from '../context.ts';
import { Failure } from '../core/errors.ts';
import { systemAddress } from '../http/address.ts';
import type { Environment } from '../platform/streams.ts';
import type { ConfiguredProvider } from '../settings.ts';
import { type KeyFiles, readKey } from './key.ts';
import type { Place } from './place.ts';
import type { AccountSetting, RemoteSystem } from './remote.ts';

/** A value and where it came from, in words: `OPENAI_BASE_URL`, `the configuration`. */
export interface Sourced {
  readonly value: string;
  readonly source: string;
}

/** Whose conversations, at which address. */
export interface Account {
  /** The name it is configured under, or the system's own. */
  readonly name: string;
  /** In sentences: `OpenAI`, or with the name if that is another one: `OpenAI (work)`. */
  readonly title: string;
  readonly system: RemoteSystem;
  /** @throws Failure `usage` if there is none, or none that a key may be sent to. */
  readonly address: () => URL;
  /** A setting other than the key. */
  readonly setting: (name: AccountSetting) => string | undefined;
  /** Read when it is first needed. @throws Failure `not_authenticated` if there is none or it cannot be read. */
  readonly key: () => Promise<string>;
  /** Everything that is set, but what the key is: its value is where it is read from. */
  readonly known: Readonly<Partial<Record<AccountSetting, Sourced>>>;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  readonly retries: number | undefined;
}

export interface AccountWorld extends KeyFiles {
  readonly environment: Environment;
  /** The text of a file, undefined if there is none. */
  readonly readText: (path: string) => Promise<string | undefined>;
}

/** How long an answer may take where nothing is configured. */
export const TIMEOUT_SECONDS = 120;

/** Whose conversations a place has. Reads no key, and loads nothing that talks to a system. */
export function accountOf(
  context: Context,
  { name, system, configured }: Extract<Place, { kind: 'remote' }>,
): Promise<Account> {
  const { environment, files, runCommand } = context;
  const { readText, readSecret } = files;
  return findAccount(system, name, configured, { environment, readText, readSecret, runCommand });
}

/**
 * Puts an account together. What is configured under its name counts first, as it belongs together; then the vendor's
 * variables, then the file of the vendor's tools, then what the system has by itself.
 */
export async function findAccount(
  system: RemoteSystem,
  name: string,
  configured: ConfiguredProvider | undefined,
  world: AccountWorld,
): Promise<Account> {
  const { settings: file, key: keyInFile } = await settingsInFile(system, world);
  const known: Partial<Record<AccountSetting, Sourced>> = {};
  for (const setting of settingNames) {
    const found = configuredValue(configured, setting) ?? variable(system, setting, world) ?? file[setting];
    if (found) known[setting] = found;
  }
  if (system.address !== undefined) known.url ??= { value: system.address, source: 'the default' };
  const title = name === system.name ? system.title : `${system.title} (${name})`;
  let key: Promise<string> | undefined;
  return {
    name,
    title,
    system,
    known,
    timeout: (configured?.timeout ?? TIMEOUT_SECONDS) * 1000,
    retries: configured?.retries,
    address: () => addressOf(system, title, known.url),
    setting: (setting) => known[setting]?.value,
    key: () => (key ??= keyOf(system, title, known.key, { ...world, keyInFile })),
  };
}

const settingNames: readonly AccountSetting[] = [
  'url',
  'key',
  'client_id',
  'organization',
  'project',
  'entity',
  'generation',
];

function configuredValue(
  configured: ConfiguredProvider | undefined,
  setting: AccountSetting,
): Sourced | undefined {
  const value = configured?.[setting];
  return value === undefined ? undefined : { value, source: 'the configuration' };
}

/** An empty variable is one that is not set. */
function variable(
  system: RemoteSystem,
  setting: AccountSetting,
  { environment }: AccountWorld,
): Sourced | undefined {
  const name = system.variables[setting]?.find((each) => (environment[each] ?? '').trim() !== '');
  if (name === undefined) return undefined;
  const value = setting === 'key' ? `env:${name}` : (environment[name] ?? '').trim();
  return { value, source: name };
}

interface FileSettings {
  readonly settings: Partial<Record<AccountSetting, Sourced>>;
  /** Apart from the rest, which may be shown. */
  readonly key?: string | undefined;
}

async function settingsInFile({ file }: RemoteSystem, { readText }: AccountWorld): Promise<FileSettings> {
  const text = file && (await readText(file.path));
  if (!file || text === undefined) return { settings: {} };
  const found: Partial<Record<AccountSetting, Sourced>> = {};
  const values = file.read(text);
  for (const setting of settingNames) {
    const value = values[setting];
    if (value === undefined || value === '') continue;
    found[setting] = { value: setting === 'key' ? `file:${file.path}` : value, source: file.path };
  }
  return { settings: found, key: values.key };
}

function addressOf(system: RemoteSystem, title: string, url: Sourced | undefined): URL {
  if (url) return systemAddress(system.trimAddress?.(url.value) ?? url.value, settingName(url, 'url'));
  const [name] = system.variables.url ?? [];
  throw new Failure('usage', `${title} has no address`, {
    hint: `set ${name ?? 'it'}, or configure it with \`convo provider add\``,
  });
}

function settingName({ source }: Sourced, setting: AccountSetting): string {
  return source === 'the configuration' ? `the ${setting} in the configuration` : source;
}

async function keyOf(
  system: RemoteSystem,
  title: string,
  key: Sourced | undefined,
  world: AccountWorld & { readonly keyInFile: string | undefined },
): Promise<string> {
  const [name] = system.variables.key ?? [];
  if (!key) {
    throw new Failure('not_authenticated', `there is no key for ${title}`, {
      hint: `set ${name ?? 'one'}, or configure it with \`convo provider add\``,
    });
  }
  if (world.keyInFile !== undefined && key.source === system.file?.path) return world.keyInFile;
  return readKey(key.value, title, world);
}
