import type { Provider } from '../providers/provider.ts';
import type { Destination, Made, Task } from './destination.ts';
import { makeKept } from './make-kept.ts';
import { makeSent } from './make-sent.ts';

/**
 * Makes a conversation that no earlier run has surely made: one that a run broke off at is looked for first.
 * @throws Failure `outcome_unknown` if nobody can tell whether it was made, and whatever creating it throws
 */
export function makeOnce(destination: Destination, task: Task): Promise<Made> {
  const { keep } = destination.provider;
  return keep ? makeKept(destination, keep, task) : makeSent(destination, task);
}

/** Whether the id of a conversation is known before it is made there, as in a store of our own. */
export function choosesIds(provider: Provider): boolean {
  return provider.keep !== undefined;
}
