import type { Context } from '../context.ts';
import { Failure } from '../core/errors.ts';
import { systemAddress } from '../http/address.ts';
import type { ConfiguredProvider } from '../settings.ts';
import { checkKey, type KeyFiles, readKey } from './key.ts';
import type { Place } from './place.ts';
import type { AccountSetting, RemoteSystem } from './remote.ts';
import { type Found, findSettings, type KnownSettings, type Sourced, type SourcesWorld } from './sources.ts';

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
  readonly known: KnownSettings;
  /** How to give it what it lacks, as a hint. */
  readonly advice: (setting: AccountSetting) => string;
  /** Milliseconds that an answer may take. */
  readonly timeout: number;
  readonly retries: number | undefined;
}

export interface AccountWorld extends KeyFiles, SourcesWorld {}

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

/** Puts an account together from what is set for it; where that may come from, {@link findSettings} says. */
export async function findAccount(
  system: RemoteSystem,
  name: string,
  configured: ConfiguredProvider | undefined,
  world: AccountWorld,
): Promise<Account> {
  const found = await findSettings(system, configured, world);
  const title = name === system.name ? system.title : `${system.title} (${name})`;
  const advice = (setting: AccountSetting): string =>
    adviceFor(setting, { name, system, isOwn: found.isOwn });
  const { known } = found;
  let key: Promise<string> | undefined;
  return {
    name,
    title,
    system,
    known,
    advice,
    timeout: (configured?.timeout ?? TIMEOUT_SECONDS) * 1000,
    retries: configured?.retries,
    address: () => addressOf({ title, system, advice }, found),
    setting: (setting) => known[setting]?.value,
    key: () => (key ??= keyOf({ title, advice }, found, world)),
  };
}

type Lacking = Pick<Account, 'title' | 'advice'>;

function addressOf(
  { title, system, advice }: Lacking & Pick<Account, 'system'>,
  { known: { url }, problem }: Found,
): URL {
  if (url) return systemAddress(system.trimAddress?.(url.value) ?? url.value, settingName(url, 'url'));
  throw problem ?? new Failure('usage', `${title} has no address`, { hint: advice('url') });
}

function settingName({ source }: Sourced, setting: AccountSetting): string {
  return source === 'the configuration' ? `the ${setting} in the configuration` : source;
}

async function keyOf(
  { title, advice }: Lacking,
  { known: { key }, keyInFile, problem }: Found,
  world: KeyFiles,
): Promise<string> {
  if (keyInFile !== undefined) return checkKey(keyInFile, title, key?.source ?? '');
  if (key) return readKey(key.value, title, world);
  throw problem ?? new Failure('not_authenticated', `there is no key for ${title}`, { hint: advice('key') });
}

/** A variable of the vendor's would not be looked at where the configuration counts alone. */
function adviceFor(
  setting: AccountSetting,
  { name, system, isOwn }: Pick<Account, 'name' | 'system'> & Pick<Found, 'isOwn'>,
): string {
  const [variable] = system.variables[setting] ?? [];
  if (!isOwn) {
    return `set ${variable ?? (setting === 'key' ? 'one' : 'it')}, or configure it with \`convo provider add\``;
  }
  const example = setting === 'key' ? `env:${variable ?? 'NAME'}` : '…';
  return `set it with \`convo config set providers.${name}.${setting} ${example}\``;
}
