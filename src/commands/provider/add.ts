import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { once } from '../../core/once.ts';
import type { Prompter } from '../../platform/prompter.ts';
import { placeOf } from '../../providers/place.ts';
import { remoteSystems } from '../../providers/systems.ts';
import { type ConfiguredProvider, checkSettings, type Settings } from '../../settings.ts';
import { mayAsk, openSession } from '../session.ts';
import { newAccount } from './add-account.ts';
import { checkName, refuseForeignFlags, saidSystem } from './add-flags.ts';
import { type GivenKey, warningAbout } from './add-key.ts';
import { problemIn } from './asking.ts';
import { asJson, configuredAs } from './configuration.ts';
import { type AddOptions, type SystemName, systemNames } from './index.ts';
import { dropKey, keepKey, placeForKey } from './key-file.ts';
import { printPlace } from './show.ts';

type Ask = (() => Promise<Prompter>) | undefined;

/** Configures a provider and prints it as `provider show` does. Nothing is kept if anything is wrong. */
export async function addProvider(
  given: string | undefined,
  options: AddOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const ask: Ask = mayAsk(context, options.input) ? once(() => context.prompter()) : undefined;
  const file = await context.settings();
  const present = await file.read();
  const check = (name: string) => checkName(name, present, options);
  const name = given ?? (await askName(ask, check));
  check(name);
  const system = saidSystem(name, options) ?? (await askSystem(ask));
  refuseForeignFlags(system, options);
  const { configured, key, warnings = [] } = await collect(context, { name, system, options, ask });
  const changed: Settings = { ...present, providers: { ...present.providers, [name]: configured } };
  // Before the key is written: nothing is to be left behind by what fails.
  checkSettings(asJson(changed), file.path);
  if (key && 'secret' in key) await keepKey(context, await placeForKey(context, name), key.secret);
  await file.write(asJson(changed));
  await dropKey(context, configuredAs(present, name)?.key, changed);
  for (const warning of warnings) if (warning !== undefined) await session.warn(warning);
  const place = placeOf(name, configured, context.dataDirectory);
  if (place) await printPlace(session, place, changed);
}

interface Wanted {
  readonly name: string;
  readonly system: SystemName;
  readonly options: AddOptions;
  readonly ask: Ask;
}

interface Collected {
  readonly configured: ConfiguredProvider;
  readonly key?: GivenKey | undefined;
  readonly warnings?: readonly (string | undefined)[];
}

async function collect(context: Context, { name, system, options, ask }: Wanted): Promise<Collected> {
  const remote = remoteSystems.find((each) => each.name === system);
  if (!remote) return { configured: await localStore(options, ask) };
  const { configured, key, hasOtherKey, warning: kept } = await newAccount(context, remote, { options, ask });
  if (!key) {
    return {
      configured,
      warnings: [kept, hasOtherKey ? undefined : `there is no key for ${remote.title} yet`],
    };
  }
  if ('secret' in key) {
    return { configured: { ...configured, key: await placeForKey(context, name) }, key, warnings: [kept] };
  }
  const warnings = [kept, await warningAbout(key.place, context)];
  return { configured: { ...configured, key: key.place }, key, warnings };
}

/** A relative directory would be another one wherever the program runs. */
async function localStore({ dir }: AddOptions, ask: Ask): Promise<ConfiguredProvider> {
  const question = 'Directory for its conversations (empty: the usual one):';
  const given = dir ?? (ask && (await (await ask()).text(question)));
  return { system: 'local', ...(given !== undefined && given !== '' && { dir: resolve(given) }) };
}

async function askName(ask: Ask, check: (name: string) => void): Promise<string> {
  if (!ask) throw new Failure('usage', 'provider add needs a name');
  const problem = (text: string) => problemIn(() => check(text.trim()));
  return (await (await ask()).text('Name for the provider:', { required: true, problem })).trim();
}

async function askSystem(ask: Ask): Promise<SystemName> {
  if (ask) return (await ask()).choose('Which system?', systemNames);
  throw new Failure('usage', 'provider add needs --system', { hint: `choose ${systemNames.join(', ')}` });
}
