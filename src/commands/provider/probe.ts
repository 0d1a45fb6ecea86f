import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { openPlace, type Telling } from '../../providers/open.ts';
import type { Place } from '../../providers/place.ts';
import type { Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';

/** How one harmless request to a provider went. */
export interface Probe {
  readonly milliseconds: number;
  /** Absent if it went well. */
  readonly failure?: Failure;
}

/** Nobody waits for a diagnosis as long as for an answer. */
const TIMEOUT_SECONDS = 20;

/** Asks for one conversation, or where that asks nobody, for one that cannot be there. Tries once. */
export async function probe(context: Context, place: Place, telling: Telling): Promise<Probe> {
  const started = context.now();
  const elapsed = (): number => Math.round(context.now() - started);
  try {
    // What a list would leave out is of no concern here.
    const provider = await openPlace(context, impatient(place), { ...telling, warn: () => undefined });
    await touch(provider, place);
    return { milliseconds: elapsed() };
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof Failure)) throw error;
    return { milliseconds: elapsed(), failure: error };
  }
}

async function touch(provider: Provider, place: Place): Promise<void> {
  const absentId = place.kind === 'remote' ? place.system.absentId : undefined;
  if (absentId !== undefined && provider.show) {
    await provider.show(absentId);
    return;
  }
  if (!provider.list) throw unable(provider, 'list');
  const rows = provider.list({ sort: 'created', order: 'desc', limit: 1, warn: () => undefined });
  for await (const _ of rows) return;
}

/** What is configured counts all the same. */
function impatient(place: Place): Place {
  if (place.kind === 'local') return place;
  const { configured, system } = place;
  return {
    ...place,
    configured: { system: system.name, timeout: TIMEOUT_SECONDS, retries: 0, ...configured },
  };
}
