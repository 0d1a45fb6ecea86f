import { Failure } from '../core/errors.ts';
import type { Outcome } from './outcome.ts';

export interface RunOptions<Job, Result extends Pick<Outcome, 'error'>> {
  readonly jobs: AsyncIterable<Job>;
  /** Does one job. What it throws that is no outcome ends the run: {@link isFinal}, and what is no Failure. */
  readonly work: (job: Job) => Promise<Result>;
  /** Told of each outcome as it comes, one at a time. */
  readonly tell: (outcome: Result) => Promise<void>;
  /** How many jobs are done at once. */
  readonly concurrency: number;
  /** Begin nothing more once a job failed, or nobody can tell whether it did. */
  readonly failFast: boolean;
  /** Aborted when nothing more is to be begun; what runs is waited for. */
  readonly signal: AbortSignal;
}

/**
 * Does jobs, several at once, as they come; the next is asked for when one is done. Resolves when nothing runs any
 * more: true if every job was done.
 * @throws what ended the run too early: a failure of the jobs themselves, of `work` or of `tell`
 */
export async function runAll<Job, Result extends Pick<Outcome, 'error'>>(
  options: RunOptions<Job, Result>,
): Promise<boolean> {
  const iterator = options.jobs[Symbol.asyncIterator]();
  const state: State = { stopped: false, trouble: undefined, telling: Promise.resolve() };
  const stop = (): void => void (state.stopped = true);
  if (options.signal.aborted) stop();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const worker = () => workOff(iterator, options, state);
    await Promise.all(Array.from({ length: options.concurrency }, worker));
  } finally {
    options.signal.removeEventListener('abort', stop);
  }
  if (state.trouble !== undefined) throw state.trouble.reason;
  if (!state.stopped) return true;
  await iterator.return?.();
  return false;
}

interface State {
  stopped: boolean;
  trouble: { readonly reason: unknown } | undefined;
  telling: Promise<void>;
}

async function workOff<Job, Result extends Pick<Outcome, 'error'>>(
  iterator: AsyncIterator<Job>,
  { work, tell, failFast }: RunOptions<Job, Result>,
  state: State,
): Promise<void> {
  try {
    while (!state.stopped) {
      const next = await iterator.next();
      if (next.done === true || state.stopped) return;
      const outcome = await work(next.value);
      if (failFast && outcome.error !== null) state.stopped = true;
      const told = state.telling.then(() => tell(outcome));
      state.telling = told.catch(() => undefined);
      await told;
    }
  } catch (error) {
    state.trouble ??= { reason: error };
    state.stopped = true;
  }
}

/** Whether going on would only repeat a failure: a wrong flag, a missing key, a run that is told to stop. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof Failure)) return true;
  return (
    error.code === 'internal' ||
    error.code === 'usage' ||
    error.code === 'not_authenticated' ||
    error.code === 'interrupted' ||
    error.code === 'terminated'
  );
}
