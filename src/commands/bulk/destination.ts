import type { Destination } from '../../bulk/destination.ts';
import { digestOfText } from '../../bulk/digest.ts';
import { openGate } from '../../bulk/gate.ts';
import type { Journal } from '../../bulk/journal.ts';
import { choosesIds } from '../../bulk/make.ts';
import { clockFor, paceOf } from '../../bulk/pace.ts';
import type { Context } from '../../context.ts';
import type { Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import type { BulkOptions } from './options.ts';

/** A disk takes more at once than a system likes. */
const KEPT_AT_ONCE = 16;
const SENT_AT_ONCE = 4;

/** What runs when the program is told to stop has so many milliseconds to end well. */
const GRACE_MS = 10_000;

export function concurrencyFor(provider: Provider, { jobs }: BulkOptions): number {
  return jobs ?? (choosesIds(provider) ? KEPT_AT_ONCE : SENT_AT_ONCE);
}

/** The journal named, else the one in the data directory for this destination. */
export function journalPath({ dataDirectory }: Context, { journal }: BulkOptions, identity: string): string {
  return journal ?? `${dataDirectory}/journal/${digestOfText(identity).replaceAll('_', '-')}.ndjson`;
}

/** Where conversations are made. @throws Failure `unsupported` if none can be */
export function openDestination(
  context: Context,
  { provider, journal }: { readonly provider: Provider; readonly journal: Journal },
  { rate, again = false }: BulkOptions,
): Destination {
  if (!provider.create) throw unable(provider, 'create');
  const clock = clockFor(context.signal);
  return {
    provider,
    create: provider.create,
    journal,
    gate: openGate(),
    pace: paceOf(rate, clock),
    clock,
    now: context.now,
    again,
  };
}

/** A context in which what was sent is not cut off as soon as the program is told to stop, but a while later. */
export function withGrace(context: Context): Context {
  const { signal } = context;
  const late = new AbortController();
  const begin = (): void => {
    setTimeout(() => late.abort(signal.reason), GRACE_MS).unref();
  };
  context.windDown(GRACE_MS + 1_000);
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return { ...context, signal: late.signal };
}
