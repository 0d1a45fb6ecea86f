import type { Outcome, Status } from '../../bulk/outcome.ts';
import { Failure } from '../../core/errors.ts';
import type { Note } from '../../output/diagnostics.ts';

/** Counts what became of many conversations. */
export interface Tally {
  readonly add: (outcome: Outcome) => void;
  readonly count: (status: Status) => number;
  readonly total: () => number;
  /** One line for people, an object for programs. */
  readonly summary: (journal: string) => Note;
  /** What the run ends with; undefined if all is well. */
  readonly failure: () => Failure | undefined;
}

const order: readonly Status[] = ['created', 'updated', 'skipped', 'changed', 'failed', 'unknown'];

/** `done` words what was to be: `created`, `copied`. */
export function openTally(done: string): Tally {
  const counts = new Map<Status, number>();
  let first: Failure | undefined;
  const count = (status: Status): number => counts.get(status) ?? 0;
  const total = (): number => [...counts.values()].reduce((sum, each) => sum + each, 0);
  return {
    count,
    total,
    add({ status, error }) {
      counts.set(status, count(status) + 1);
      if (status === 'failed') first ??= error ?? undefined;
    },
    summary(journal) {
      const present = order.filter((status) => count(status) > 0);
      const words = present.map((status) => `${count(status)} ${status}`).join(', ');
      const skipped = count('skipped') > 0 ? `; what is skipped was made before, as ${journal} says` : '';
      const fields = Object.fromEntries(order.map((status) => [status, count(status)]));
      return { name: 'summary', text: `${words}${skipped}`, fields };
    },
    failure() {
      const [failed, unknown] = [count('failed'), count('unknown')];
      const of = `of ${total()} conversation${total() === 1 ? '' : 's'}`;
      if (failed > 0) {
        const more = unknown > 0 ? `, and of ${unknown} nobody can tell whether they were` : '';
        const code = failed === total() && first ? first.code : 'partial';
        return new Failure(code, `${failed} ${of} could not be ${done}${more}`);
      }
      if (unknown === 0) return undefined;
      return new Failure('outcome_unknown', `nobody can tell whether ${unknown} ${of} were ${done}`);
    },
  };
}
