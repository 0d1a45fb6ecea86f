import type { Document } from '../core/document.ts';
import type { Located, Provider } from '../providers/provider.ts';
import type { Gate } from './gate.ts';
import type { Begun, Done, Journal } from './journal.ts';
import type { Pace } from './pace.ts';
import type { Settle } from './settle.ts';

/** A conversation to be made once, and the source record it is made of. */
export interface Task {
  readonly key: string;
  readonly digest: string;
  /** What the journal is to remember of the source besides. */
  readonly source?: Pick<Done, 'updated' | 'messages' | 'said' | 'members'>;
  /** Valid, and as the destination takes it. */
  readonly document: Document;
  /** Give a record a new id instead of its own. */
  readonly newId: boolean;
  /** Told of the id of what surely is there, whole or not; of null when it turns out to have gone. */
  readonly made: (id: string | null) => void;
}

export interface Made {
  readonly id: string;
  /**
   * `skipped` if the very same conversation was there already; `changed` if it was made of what its source was at the
   * time, and the source is another one now.
   */
  readonly status: 'created' | 'skipped' | 'changed';
}

/** Where conversations are made, and what it takes to make each once. */
export interface Destination {
  readonly provider: Provider;
  readonly create: NonNullable<Provider['create']>;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly pace: Pace;
  readonly settle: Settle;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Make those anew of which nobody can tell whether they were made. */
  readonly again: boolean;
}

/** The line of the journal for what was made. */
export function doneOf({ digest, source }: Task, { id }: Pick<Located, 'id'>): Omit<Done, 'state'> {
  return { digest, id, ...source };
}

/** The line of the journal for what is about to be made, or to go on being made. */
export function begunOf(
  destination: Pick<Destination, 'now'>,
  { digest, source }: Task,
  known: Pick<Begun, 'id' | 'trace'>,
): Omit<Begun, 'state'> {
  return {
    digest,
    ...(known.id !== undefined && { id: known.id }),
    at: new Date(destination.now()).toISOString(),
    ...(known.trace && { trace: known.trace }),
    ...(source?.members && { members: source.members }),
  };
}

/** Writes down that what another run began is there, and what its source was when it did. */
export function adopt({ journal }: Destination, task: Task, begun: Begun, id: string): Made {
  const { digest, members } = begun;
  if (digest !== task.digest) {
    journal.done(task.key, { digest, id, ...(members && { members }) });
    return { id, status: 'changed' };
  }
  journal.done(task.key, doneOf(task, { id }));
  return { id, status: 'created' };
}
