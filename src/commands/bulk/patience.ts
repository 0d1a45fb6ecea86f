import type { Outcome } from '../../bulk/outcome.ts';
import { Failure } from '../../core/errors.ts';

/** So many in a row that got no answer, and who is not there for them will not be for the others. */
const MOST_UNANSWERED = 20;

/** Tells of an outcome whether there is any use in going on: a failure once there is not. */
export function openPatience(done: string): (outcome: Outcome) => Failure | undefined {
  let unanswered = 0;
  return ({ error }) => {
    unanswered = error?.code === 'unavailable' ? unanswered + 1 : 0;
    if (error === null || unanswered < MOST_UNANSWERED) return undefined;
    const message = `${unanswered} conversations in a row could not be ${done}: ${error.message}`;
    return new Failure('unavailable', message, {
      hint: 'try again later: nothing that is done is done twice',
    });
  };
}
