import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { systemAddress } from '../../http/address.ts';
import type { Prompter } from '../../platform/prompter.ts';
import { type Account, accountOf } from '../../providers/account.ts';
import type { AccountSetting, RemoteSystem } from '../../providers/remote.ts';
import type { Sourced } from '../../providers/sources.ts';
import type { ConfiguredProvider } from '../../settings.ts';
import { flagOf, givenSettings } from './add-flags.ts';
import { findKey, type GivenKey } from './add-key.ts';
import { problemIn } from './asking.ts';
import type { AddOptions } from './index.ts';
import { addressText } from './overview.ts';

export interface NewAccount {
  /** Without the key. */
  readonly configured: ConfiguredProvider;
  /** Absent if there is none yet, or if the system's own variables give it. */
  readonly key: GivenKey | undefined;
  /** True if the system's own variables give a key, and it counts. */
  readonly hasOtherKey: boolean;
  /** What was taken from the system's own variables without a question. */
  readonly warning: string | undefined;
}

/**
 * Collects what an account takes from flags and answers. What the system's own variables have need not be given. They
 * no longer count for an account that has a key or an address of its own: what they say is then kept with it.
 * @throws Failure `usage` for a bad address, and for what is missing where nobody can be asked.
 */
export async function newAccount(
  context: Context,
  system: RemoteSystem,
  { options, ask }: { options: AddOptions; ask: (() => Promise<Prompter>) | undefined },
): Promise<NewAccount> {
  const given = givenSettings(options);
  const url = given.url === undefined ? undefined : checkAddress(system, given.url, '--url');
  const other = await accountByVariables(context, system);
  const missing = needed(system).filter((setting) => given[setting] === undefined);
  if (!ask) refuseMissing(other, missing);
  const answered = { url, ...(ask ? await answers(other, missing, ask) : {}) };
  const typed = await findKey(context, { given: given.key, ask, question: keyQuestion(other) });
  // An empty answer to the question that names the variable takes the key there for this address.
  const key = typed ?? (ask && answered.url !== undefined ? otherKey(other) : undefined);
  const isOwn = key !== undefined || answered.url !== undefined;
  const kept = isOwn ? otherSettings(other) : {};
  const { organization, project, entity, client_id = answered.client_id ?? kept.client_id } = given;
  const { generation, timeout, retries } = options;
  const isAsked = ask !== undefined && missing.includes('url');
  return {
    configured: {
      system: system.name,
      ...present({ url: answered.url ?? kept.url, client_id, organization, project, entity }),
      ...present({ generation }),
      ...present({ timeout, retries }),
    },
    key,
    hasOtherKey: !isOwn && other.known.key !== undefined,
    warning: isAsked || answered.url !== undefined || kept.url === undefined ? undefined : keptWarning(other),
  };
}

/** A file of the vendor's tools is for the folder it is in; what is configured is for all. */
function accountByVariables(context: Context, system: RemoteSystem): Promise<Account> {
  const files = { ...context.files, readText: async () => undefined };
  return accountOf({ ...context, files }, { kind: 'remote', name: system.name, system });
}

function otherKey({ known: { key } }: Account): GivenKey | undefined {
  return key && { place: key.value };
}

/** What goes with a key, as the variables have it. */
function otherSettings({ system, known }: Account): { readonly url?: string; readonly client_id?: string } {
  const { url, client_id } = known;
  return {
    ...(url && url.source !== 'the default' && { url: checkAddress(system, url.value, url.source) }),
    ...(client_id && { client_id: client_id.value }),
  };
}

function keptWarning({ known: { url } }: Account): string {
  return `its address is the one in ${url?.source ?? 'the variable'} from now on; --url gives another`;
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
    const check = (text: string) => (setting === 'url' ? checkAddress(system, text, 'the address') : text);
    const problem = (text: string) => (text.trim() === '' ? undefined : problemIn(() => check(text)));
    const text = (await (await ask()).text(question, { required: known === undefined, problem })).trim();
    if (text !== '') given[setting] = check(text);
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
