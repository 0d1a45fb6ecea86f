import { Failure } from '../core/errors.ts';
import { JournalFailure } from './journal.ts';
import type { Outcome } from './outcome.ts';
import type { Width } from './width.ts';

/** What came of a job. */
export interface Result extends Pick<Outcome, 'error'> {
  /** The error is the end of the run, once it has been told. */
  readonly ends?: boolean;
}

export interface RunOptions<Job, Each extends Result> {
  readonly jobs: AsyncIterable<Job>;
  /** Does one job. What it throws that is no outcome ends the run: {@link isFinal}, and what is no Failure. */
  readonly work: (job: Job) => Promise<Each>;
  /** Told of each outcome as it comes, one at a time. What it throws ends the run. */
  readonly tell: (outcome: Each) => Promise<void>;
  readonly width: Width;
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
export async function runAll<Job, Each extends Result>(options: RunOptions<Job, Each>): Promise<boolean> {
  const iterator = options.jobs[Symbol.asyncIterator]();
  const state: State = { stopped: false, left: false, trouble: undefined, telling: Promise.resolve() };
  const stop = (): void => void (state.stopped = true);
  if (options.signal.aborted) stop();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    const worker = () => workOff(iterator, options, state);
    await Promise.all(Array.from({ length: options.width.most }, worker));
    if (state.trouble !== undefined) throw state.trouble.reason;
    if (!state.stopped) return true;
    if (options.signal.aborted || state.left) return false;
    // Whether there are others only the next one tells.
    return (await iterator.next()).done === true;
  } finally {
    options.signal.removeEventListener('abort', stop);
    // What goes wrong when it is closed is not what the run ends with.
    await iterator.return?.().catch(() => undefined);
  }
}

interface State {
  stopped: boolean;
  /** A job was taken, and not begun. */
  left: boolean;
  trouble: { readonly reason: unknown } | undefined;
  telling: Promise<void>;
}

async function workOff<Job, Each extends Result>(
  iterator: AsyncIterator<Job>,
  options: RunOptions<Job, Each>,
  state: State,
): Promise<void> {
  try {
    while (await workOnce(iterator, options, state));
  } catch (error) {
    end(state, error);
  }
}

/** Whether there may be more to do. */
async function workOnce<Job, Each extends Result>(
  iterator: AsyncIterator<Job>,
  { work, tell, width, failFast }: RunOptions<Job, Each>,
  state: State,
): Promise<boolean> {
  await width.enter();
  try {
    if (state.stopped) return false;
    const next = await iterator.next();
    if (next.done === true) return false;
    if (state.stopped) {
      state.left = true;
      return false;
    }
    const outcome = await work(next.value);
    if (failFast && outcome.error !== null) state.stopped = true;
    // What ends the run is told before anything else is begun.
    if (outcome.ends === true) end(state, outcome.error);
    const told = state.telling.then(() => tell(outcome));
    state.telling = told.catch(() => undefined);
    await told;
    return true;
  } finally {
    width.leave();
  }
}

function end(state: State, reason: unknown): void {
  state.trouble ??= { reason };
  state.stopped = true;
}

/** Whether going on would only repeat a failure: a wrong flag, a missing key, a run that is told to stop. */
export function isFinal(error: unknown): boolean {
  if (!(error instanceof Failure) || error instanceof JournalFailure) return true;
  return (
    error.code === 'internal' ||
    error.code === 'usage' ||
    error.code === 'not_authenticated' ||
    error.code === 'interrupted' ||
    error.code === 'terminated'
  );
}
