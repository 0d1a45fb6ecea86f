import type { Document } from '../core/document.ts';
import type { Located, Provider } from '../providers/provider.ts';
import type { Gate } from './gate.ts';
import type { Done, Journal } from './journal.ts';
import type { Clock, Pace } from './pace.ts';

/** A conversation to be made once, and the source record it is made of. */
export interface Task {
  readonly key: string;
  readonly digest: string;
  /** What the journal is to remember of the source besides. */
  readonly source?: Pick<Done, 'updated' | 'messages' | 'said'>;
  /** Valid, and as the destination takes it. */
  readonly document: Document;
  /** Give a record a new id instead of its own. */
  readonly newId: boolean;
}

export interface Made {
  readonly id: string;
  /** `skipped` if the very same conversation was there already. */
  readonly status: 'created' | 'skipped';
}

/** Where conversations are made, and what it takes to make each once. */
export interface Destination {
  readonly provider: Provider;
  readonly create: NonNullable<Provider['create']>;
  readonly journal: Journal;
  readonly gate: Gate;
  readonly pace: Pace;
  readonly clock: Clock;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Make those anew of which nobody can tell whether they were made. */
  readonly again: boolean;
}

/** The line of the journal for what was made. */
export function doneOf({ digest, source }: Task, { id }: Pick<Located, 'id'>): Omit<Done, 'state'> {
  return { digest, id, ...source };
}
