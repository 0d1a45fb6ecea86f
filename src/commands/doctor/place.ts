import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { type Account, accountOf } from '../../providers/account.ts';
import { placeName } from '../../providers/key.ts';
import type { Telling } from '../../providers/open.ts';
import type { Place } from '../../providers/place.ts';
import type { Settings } from '../../settings.ts';
import { type Overview, overviewOf } from '../provider/overview.ts';
import { probe } from '../provider/probe.ts';
import type { StoreReport } from './store.ts';

export type State = 'works' | 'fails' | 'not_tried' | 'not_configured';

/** How a provider is. */
export interface PlaceReport {
  readonly overview: Overview;
  readonly state: State;
  /** Undefined where there is no key. */
  readonly keyReadable?: boolean | undefined;
  /** How long it took to answer, well or not; undefined if it was not asked. */
  readonly milliseconds?: number | undefined;
  readonly store?: StoreReport | undefined;
  readonly problem?: Failure | undefined;
}

/** A local store as a provider. */
export function storePlace(overview: Overview, store: StoreReport): PlaceReport {
  return { overview, store, state: store.problem ? 'fails' : 'works', problem: store.problem };
}

/**
 * A system as a provider, as far as it can be told without asking it: its settings, and whether its key can be read,
 * for which a command of the configuration is run.
 */
export async function examineAccount(
  context: Context,
  place: Extract<Place, { kind: 'remote' }>,
  settings: Settings,
): Promise<PlaceReport> {
  const overview = await overviewOf(context, place, settings);
  const account = await accountOf(context, place);
  const isSet = Object.values(account.known).some(({ source }) => source !== 'the default');
  if (!overview.configured && !isSet) return { overview, state: 'not_configured' };
  const keyProblem = await failureOf(account.key());
  const problem = overview.problem ?? missingSetting(account) ?? keyProblem;
  return {
    overview,
    state: problem ? 'fails' : 'not_tried',
    ...(overview.key && { keyReadable: keyProblem === undefined }),
    problem,
  };
}

/** The same, once the system was asked, if there was anything to ask it with. */
export async function tryAccount(
  context: Context,
  { place, report, telling }: { place: Place; report: PlaceReport; telling: Telling },
): Promise<PlaceReport> {
  if (report.state !== 'not_tried') return report;
  const { milliseconds, failure } = await probe(context, place, telling);
  const problem = failure && withHintAt(report.overview, failure);
  return { ...report, state: failure ? 'fails' : 'works', milliseconds, problem };
}

/** Nobody who reads this is to be sent to it: what other hints say it shows is said here. */
function withHintAt({ location, key, others }: Overview, failure: Failure): Failure {
  const { code, message, details } = failure;
  if (details.hint?.includes('`convo doctor`') !== true) return failure;
  const isKey = code === 'not_authenticated' || code === 'not_allowed';
  const clientId = others.client_id && ` and the client id by ${others.client_id.source}`;
  const address = location ? `${location.value} (${location.source})` : 'the address';
  const hint = isKey && key ? `check ${placeName(key.value)}${clientId ?? ''}` : `check ${address}`;
  return new Failure(code, message, { ...details, hint });
}

async function failureOf(work: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function missingSetting({ title, system, known, advice }: Account): Failure | undefined {
  const names = ['client_id', 'organization', 'project', 'entity', 'generation'] as const;
  const missing = names.find((name) => system.settings[name] === 'required' && known[name] === undefined);
  if (missing === undefined) return undefined;
  return new Failure('usage', `${title} has no ${missing.replaceAll('_', ' ')}`, { hint: advice(missing) });
}
