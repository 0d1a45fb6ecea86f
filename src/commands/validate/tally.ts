import type { Finding } from './finding.ts';

/** What a run has counted so far. */
export interface Tally {
  conversations: number;
  /** Conversations with an error or a warning. */
  affected: number;
  errors: number;
  warnings: number;
}

export function startTally(): Tally {
  return { conversations: 0, affected: 0, errors: 0, warnings: 0 };
}

/** Counts one more conversation with what was found in it. */
export function count(tally: Tally, findings: readonly Finding[]): void {
  tally.conversations += 1;
  if (findings.length === 0) return;
  tally.affected += 1;
  countMore(tally, findings);
}

/** Counts what else was found in a conversation of which something was counted. */
export function countMore(tally: Tally, findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  tally.errors += errors;
  tally.warnings += findings.length - errors;
}

/** Adds what was counted elsewhere. */
export function merge(tally: Tally, more: Readonly<Tally>): void {
  tally.conversations += more.conversations;
  tally.affected += more.affected;
  tally.errors += more.errors;
  tally.warnings += more.warnings;
}

/** `2 errors and 1 warning in 1 of 3 conversations`, or that all are valid. */
export function summary({ conversations, affected, errors, warnings }: Tally): string {
  if (affected === 0)
    return `${plural(conversations, 'conversation')} ${conversations === 1 ? 'is' : 'are'} valid`;
  const counts = [
    ...(errors > 0 ? [plural(errors, 'error')] : []),
    ...(warnings > 0 ? [plural(warnings, 'warning')] : []),
  ];
  const where = conversations === 1 ? '1 conversation' : `${affected} of ${conversations} conversations`;
  return `${counts.join(' and ')} in ${where}`;
}

function plural(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
