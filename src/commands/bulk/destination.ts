import { setMaxListeners } from 'node:events';
import type { Destination } from '../../bulk/destination.ts';
import { digestOfText } from '../../bulk/digest.ts';
import { openGate } from '../../bulk/gate.ts';
import type { Journal } from '../../bulk/journal.ts';
import { clockFor, paceOf } from '../../bulk/pace.ts';
import { openSettle } from '../../bulk/settle.ts';
import { openWidth, type Width } from '../../bulk/width.ts';
import type { Context } from '../../context.ts';
import type { Note } from '../../output/diagnostics.ts';
import type { Telling } from '../../providers/open.ts';
import type { Place } from '../../providers/place.ts';
import type { Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import type { Session } from '../session.ts';
import type { BulkOptions } from './options.ts';

/** A disk takes so many at once. */
const MOST_AT_ONCE = 16;
/** So many are sent to a system at first, which then allows more or fewer. */
const SENT_AT_FIRST = 4;
const TOO_MANY_REQUESTS = 429;

/** What runs when the program is told to stop has so many milliseconds to end well. */
const GRACE_MS = 10_000;

/** How many are made at once between these places: what was said, else what the systems among them allow. */
export function widthFor(places: readonly Place[], { jobs }: BulkOptions): Width {
  if (jobs !== undefined) return openWidth({ first: jobs });
  const isSent = places.some((place) => place.kind === 'remote');
  return openWidth({ first: isSent ? SENT_AT_FIRST : MOST_AT_ONCE, most: MOST_AT_ONCE });
}

/** The same, and the width hears of it where a system says that it was too much. */
export function tellingWidth(telling: Telling, width: Width): Telling {
  return {
    ...telling,
    onExchange(exchange) {
      telling.onExchange?.(exchange);
      if (exchange.status === TOO_MANY_REQUESTS) width.narrow();
    },
  };
}

/** The journal named, else the one in the data directory for this destination. */
export function journalPath({ dataDirectory }: Context, { journal }: BulkOptions, identity: string): string {
  return journal ?? `${dataDirectory}/journal/${digestOfText(identity).replaceAll('_', '-')}.ndjson`;
}

/** Where conversations are made. @throws Failure `unsupported` if none can be */
export function openDestination(
  session: Session,
  { provider, journal }: { readonly provider: Provider; readonly journal: Journal },
  { rate, again = false }: BulkOptions,
): Destination {
  if (!provider.create) throw unable(provider, 'create');
  const { now, signal, pass } = session.context;
  const clock = clockFor(signal, pass);
  const tell = (milliseconds: number): void => void session.note(noteOfWait(provider, milliseconds));
  return {
    provider,
    create: provider.create,
    journal,
    gate: openGate(),
    pace: paceOf(rate, clock),
    settle: openSettle({ clock, now, tell }),
    now,
    again,
  };
}

function noteOfWait({ title }: Provider, milliseconds: number): Note {
  const seconds = Math.ceil(milliseconds / 1000);
  const why = `what a run before this one sent to ${title} and heard nothing of may be made there even now`;
  return { name: 'waiting', text: `waiting ${seconds} s: ${why}`, fields: { seconds, reason: why } };
}

/** A context in which what was sent is not cut off as soon as the program is told to stop, but a while later. */
export function withGrace(context: Context): Context {
  const { signal } = context;
  const late = new AbortController();
  // As many listen as are at work at once, which is for the user to say.
  setMaxListeners(0, signal, late.signal);
  const begin = (): void => {
    setTimeout(() => late.abort(signal.reason), GRACE_MS).unref();
  };
  context.windDown(GRACE_MS + 1_000);
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  return { ...context, signal: late.signal };
}
