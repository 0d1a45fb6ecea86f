import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { systemAddress } from '../../http/address.ts';
import type { Prompter } from '../../platform/prompter.ts';
import { type Account, accountOf, type Sourced } from '../../providers/account.ts';
import type { AccountSetting, RemoteSystem } from '../../providers/remote.ts';
import type { ConfiguredProvider } from '../../settings.ts';
import { flagOf, givenSettings } from './add-flags.ts';
import { findKey, type GivenKey } from './add-key.ts';
import type { AddOptions } from './index.ts';
import { addressText } from './overview.ts';

export interface NewAccount {
  /** Without the key. */
  readonly configured: ConfiguredProvider;
  /** Absent if there is none yet, or if the system's own variables give it. */
  readonly key: GivenKey | undefined;
  /** True if the system's own variables or file give a key. */
  readonly hasOtherKey: boolean;
}

/**
 * Collects what an account takes from flags and answers. What the system's own variables or file have need not be given.
 * @throws Failure `usage` for a bad address, and for what is missing where nobody can be asked.
 */
export async function newAccount(
  context: Context,
  system: RemoteSystem,
  { options, ask }: { options: AddOptions; ask: (() => Promise<Prompter>) | undefined },
): Promise<NewAccount> {
  const given = givenSettings(options);
  const url = given.url === undefined ? undefined : checkAddress(system, given.url, '--url');
  const other = await accountOf(context, { kind: 'remote', name: system.name, system });
  const missing = needed(system).filter((setting) => given[setting] === undefined);
  if (!ask) refuseMissing(other, missing);
  const answered = ask ? await answers(other, missing, ask) : {};
  const key = await findKey(context, { given: given.key, ask, question: keyQuestion(other) });
  const { organization, project, entity, client_id = answered.client_id } = given;
  const { generation, timeout, retries } = options;
  return {
    configured: {
      system: system.name,
      ...present({ url: url ?? answered.url, client_id, organization, project, entity }),
      ...present({ generation }),
      ...present({ timeout, retries }),
    },
    key,
    hasOtherKey: other.known.key !== undefined,
  };
}

/** The members that are set. */
function present<Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const set: Record<string, Value> = {};
  for (const [name, value] of Object.entries(members)) if (value !== undefined) set[name] = value;
  return set;
}

type Asked = Exclude<AccountSetting, 'key'>;

/** What nothing works without. */
function needed({ address, settings }: RemoteSystem): Asked[] {
  const own = (['client_id', 'organization', 'project', 'entity', 'generation'] as const).filter(
    (setting) => settings[setting] === 'required',
  );
  return address === undefined ? ['url', ...own] : own;
}

const questions: Readonly<Partial<Record<Asked, string>>> = { url: 'Address', client_id: 'Client id' };

async function answers(
  { system, known: others }: Account,
  missing: readonly Asked[],
  ask: () => Promise<Prompter>,
): Promise<Partial<Record<Asked, string>>> {
  const given: Partial<Record<Asked, string>> = {};
  for (const setting of missing) {
    const known = others[setting];
    const question = `${questions[setting] ?? setting} for ${system.title}${orElse(known)}:`;
    const text = (await (await ask()).text(question, { required: known === undefined })).trim();
    if (text !== '') given[setting] = setting === 'url' ? checkAddress(system, text, 'the address') : text;
  }
  return given;
}

function keyQuestion({ system, known }: Account): string {
  const what = system.settings.client_id === undefined ? 'Key' : 'Client secret';
  return `${what} for ${system.title}${orElse(known.key)}:`;
}

/** Says in a question what counts if the answer is empty. */
function orElse(known: Sourced | undefined): string {
  return known ? ` (empty: as ${known.source} says)` : '';
}

function refuseMissing({ system, known }: Account, missing: readonly Asked[]): void {
  const flags = missing.filter((setting) => known[setting] === undefined).map(flagOf);
  if (flags.length > 0) throw new Failure('usage', `${system.title} needs ${flags.join(' and ')}`);
}

function checkAddress(system: RemoteSystem, text: string, name: string): string {
  const trimmed = text.trim();
  return addressText(systemAddress(system.trimAddress?.(trimmed) ?? trimmed, name));
}
