import type { Failure } from '../core/errors.ts';
import type { Loss } from '../core/ledger.ts';

/**
 * - `created`, `updated`: it is there as it was asked for;
 * - `skipped`: an earlier run made it;
 * - `changed`: an earlier run made it, and its source has changed since; it was left alone;
 * - `failed`: it was not made, or not whole;
 * - `unknown`: nobody can tell whether it was made.
 */
export type Status = 'created' | 'updated' | 'skipped' | 'changed' | 'failed' | 'unknown';

/** Where a conversation comes from: a place in a file, or an id at a provider. */
export interface Source {
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  readonly provider: string | null;
  readonly id: string | null;
}

/** What became of one conversation. */
export interface Outcome {
  readonly source: Source;
  /** Of what was made; null if nothing was, or if that is not known. */
  readonly id: string | null;
  readonly status: Status;
  readonly losses: readonly Loss[];
  readonly error: Failure | null;
}
