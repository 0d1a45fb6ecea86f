import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { MOST_RETRIES } from '../../http/retry.ts';
import { type Account, accountOf, TIMEOUT_SECONDS } from '../../providers/account.ts';
import type { Place } from '../../providers/place.ts';
import type { KnownSettings, Sourced } from '../../providers/sources.ts';
import type { ConfiguredProvider, Settings } from '../../settings.ts';
import { type Capability, capabilitiesJson, capabilitiesOf } from './capabilities.ts';
import { configuredAs } from './configuration.ts';
import { chosenPlace } from './places.ts';

/** All that is known of a provider without asking it. A key is only its place here. */
export interface Overview {
  readonly name: string;
  readonly system: string;
  /** In prose: `OpenAI (work)`. */
  readonly title: string;
  /** Whether it is used where nothing else is named. */
  readonly chosen: boolean;
  readonly configured: boolean;
  /** Where it is: the address of a system, the directory of a local store. Absent if there is none that can be used. */
  readonly location?: Sourced | undefined;
  /** Its key's place: `env:NAME`. */
  readonly key?: Sourced | undefined;
  /** Why the address cannot be used. */
  readonly problem?: Failure | undefined;
  /** What else is set. */
  readonly others: KnownSettings;
  /** The versions of its API that are spoken; none for a local store. */
  readonly versions: readonly string[];
  /** Absent for a local store, which nobody waits for. */
  readonly patience?: Patience;
  readonly capabilities: readonly Capability[];
}

/** A number and where it came from; a timeout is in seconds. */
export interface Amount {
  readonly value: number;
  readonly source: string;
}

export interface Patience {
  readonly timeout: Amount;
  readonly retries: Amount;
}

/** Reads no key, sends nothing. */
export async function overviewOf(context: Context, place: Place, settings: Settings): Promise<Overview> {
  const { name } = place;
  const configured = configuredAs(settings, name);
  const common = {
    name,
    chosen: chosenPlace(settings, context).name === name,
    configured: configured !== undefined,
  };
  if (place.kind === 'local') {
    return {
      ...common,
      system: 'local',
      title: name === 'local' ? 'the local store' : `the local store ${name}`,
      location: { value: place.directory, source: directorySource(context, configured) },
      others: {},
      versions: [],
      capabilities: capabilitiesOf(undefined),
    };
  }
  const account = await accountOf(context, place);
  const { url: _, key, ...others } = account.known;
  return {
    ...common,
    system: place.system.name,
    title: account.title,
    ...locate(account),
    key,
    others,
    versions: others.generation ? [others.generation.value] : place.system.versions,
    patience: patienceOf(configured),
    capabilities: capabilitiesOf(place.system),
  };
}

/** The address in its plain form, so that nothing is shown that somebody hid in it. */
export function addressText(address: URL): string {
  return address.href.replace(/\/$/, '');
}

/** The overview as JSON: of every provider the same members. */
export function overviewJson(overview: Overview): JsonObject {
  const { name, system, chosen, configured, location, key, problem, capabilities } = overview;
  const local = system === 'local';
  return {
    name,
    system,
    default: chosen,
    configured,
    address: local ? null : (location?.value ?? null),
    directory: local ? (location?.value ?? null) : null,
    key: key ? { place: key.value, source: key.source } : null,
    problem: problem?.message ?? null,
    operations: capabilitiesJson(capabilities),
  };
}

/** Every setting with where it comes from, as JSON: by the names they are configured under. */
export function settingsJson({ system, location, key, others, patience }: Overview): JsonObject {
  const where = system === 'local' ? { dir: location } : { url: location };
  const settings = Object.entries({ ...where, key, ...others, ...patience }).flatMap(([name, sourced]) =>
    sourced ? [[name, { value: sourced.value, source: sourced.source }] as const] : [],
  );
  return Object.fromEntries(settings);
}

function locate(account: Account): Pick<Overview, 'location' | 'problem'> {
  try {
    const value = addressText(account.address());
    return { location: { value, source: account.known.url?.source ?? 'the default' } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { problem: error };
  }
}

function directorySource({ environment }: Context, configured: ConfiguredProvider | undefined): string {
  if (configured?.dir !== undefined) return 'the configuration';
  return environment['CONVO_DATA_DIR'] ? 'CONVO_DATA_DIR' : 'the default';
}

function patienceOf({ timeout, retries }: Partial<ConfiguredProvider> = {}): Patience {
  return { timeout: orDefault(timeout, TIMEOUT_SECONDS), retries: orDefault(retries, MOST_RETRIES) };
}

function orDefault(value: number | undefined, fallback: number): Amount {
  return { value: value ?? fallback, source: value === undefined ? 'the default' : 'the configuration' };
}
