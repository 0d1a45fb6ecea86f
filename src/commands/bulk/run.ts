import type { Outcome, Source, Status } from '../../bulk/outcome.ts';
import { isFinal, runAll } from '../../bulk/run.ts';
import type { Width } from '../../bulk/width.ts';
import { Failure } from '../../core/errors.ts';
import type { Loss } from '../../core/ledger.ts';
import type { OutputOptions, Session } from '../session.ts';
import { type LossLog, openLossLog } from './loss-log.ts';
import type { BulkOptions } from './options.ts';
import { type Outcomes, openOutcomes, placeOf, type Shape } from './outcomes.ts';
import { openPatience } from './patience.ts';
import { openProgress, type Progress } from './progress.ts';
import { openTally, type Tally } from './tally.ts';

/** One of many. */
export interface Item {
  readonly source: Source;
  /** From 0. */
  readonly index: number;
  readonly title: string | null;
  /** How much it is of the whole; absent: one. */
  readonly weight?: number;
  /** Does the work. @throws Failure about this one */
  readonly bring: (telling: ItemTelling) => Promise<Brought>;
}

export interface ItemTelling {
  /** Told of what goes missing, as soon as that is known. */
  readonly lose: (losses: readonly Loss[]) => void;
  /** Told of the id of what is surely there, whole or not, as soon as that is known; of null if it has gone. */
  readonly made: (id: string | null) => void;
}

export interface Brought {
  readonly id: string | null;
  readonly status: Status;
}

export interface ManyOptions extends BulkOptions {
  readonly items: AsyncIterable<Item>;
  readonly width: Width;
  readonly shape: Shape;
  /** Words what was to be done: `created`, `copied`. */
  readonly done: string;
  /** The command that goes on where this run stops. */
  readonly resume: string;
  /** How much there is, in the unit of the weights; absent if nobody knows. */
  readonly whole?: number | undefined;
  /** Where what is done is written down; absent for a dry run, which nothing resumes. */
  readonly journal?: string;
  /** Why the journal cannot be written any more, once it cannot: nothing more is begun then. */
  readonly trouble?: () => Failure | undefined;
}

/**
 * Does many, prints what became of each, and says at the end how many there were, what was lost, and how to go on.
 * @throws Failure with what the run ends with: `partial` if some failed, what stopped it if something did
 */
export async function runMany(session: Session, options: ManyOptions): Promise<number> {
  const { context } = session;
  const book = await openLossLog(session, options.report);
  const tally = openTally(options.done);
  const outcomes = openOutcomes(session, options.shape);
  // A dry run is over soon.
  const progress = options.journal === undefined ? undefined : await openProgress(context, options.whole);
  const patience = openPatience(options.done);
  let end: Ending;
  try {
    const whole = await runAll({
      jobs: options.items,
      work: async (item) => ({ item, ...(await outcomeOf(item)) }),
      async tell({ item, ends, ...outcome }) {
        await tell(session, { book, tally, outcomes, progress }, item, outcome);
        const trouble = options.trouble?.() ?? (ends ? undefined : patience(outcome));
        if (trouble) throw trouble;
      },
      width: options.width,
      failFast: options.failFast === true,
      signal: context.signal,
    });
    end = { whole };
  } catch (error) {
    end = { whole: false, error };
  } finally {
    await progress?.end();
    await outcomes.close();
  }
  await book.close();
  if (tally.total() > 0 && options.journal !== undefined) await session.note(tally.summary(options.journal));
  finish(session, options, tally, end);
  return tally.total();
}

interface Ending {
  readonly whole: boolean;
  readonly error?: unknown;
}

interface Telling {
  readonly book: LossLog;
  readonly tally: Tally;
  readonly outcomes: Outcomes;
  readonly progress: Progress | undefined;
}

async function outcomeOf({ source, bring }: Item): Promise<Outcome & { readonly ends: boolean }> {
  const losses: Loss[] = [];
  const known: { id: string | null } = { id: null };
  try {
    const { id, status } = await bring({
      lose: (more) => void losses.push(...more),
      made: (made) => void (known.id = made),
    });
    return { source, id, status, losses, error: null, ends: false };
  } catch (error) {
    if (!(error instanceof Failure) || (isAboutTheRun(error) && known.id === null)) throw error;
    const status = error.code === 'outcome_unknown' && known.id === null ? 'unknown' : 'failed';
    return { source, id: known.id, status, losses, error, ends: isFinal(error) };
  }
}

/** Nothing is wrong with the conversation: the command line is, or the program was told to stop. */
function isAboutTheRun({ code }: Failure): boolean {
  return code === 'usage' || code === 'interrupted' || code === 'terminated';
}

async function tell(
  session: Session,
  { book, tally, outcomes, progress }: Telling,
  { index, title, weight = 1 }: Item,
  outcome: Outcome,
): Promise<void> {
  const { source, losses, error } = outcome;
  tally.add(outcome);
  await book.add(index, source.id, losses);
  await progress?.clear();
  if (error) await session.reportFailure(named(error, source));
  await outcomes.add(outcome, title);
  progress?.step({ weight, failed: tally.count('failed') + tally.count('unknown') });
}

/** The failure with its place, unless it names that itself. */
function named(error: Failure, source: Source): Failure {
  const { code, message, details } = error;
  const isNamed = message.startsWith(`${source.file ?? source.id ?? ''}:`);
  return isNamed ? error : new Failure(code, `${placeOf(source)}: ${message}`, details);
}

/** Ends as the run did, with the command that goes on. */
function finish({ context }: Session, options: ManyOptions, tally: Tally, { whole, error }: Ending): void {
  const resume = options.journal === undefined ? {} : { resume: options.resume };
  const { aborted, reason } = context.signal;
  if (aborted && reason instanceof Failure) {
    throw new Failure(reason.code, `${reason.code} after ${tally.total()} conversations; go on with`, resume);
  }
  if (error instanceof Failure && error.code === 'usage') throw error;
  if (error instanceof Failure) throw new Failure(error.code, error.message, { ...error.details, ...resume });
  if (error instanceof Error) throw error;
  const failure = tally.failure();
  if (!failure) return;
  const { code, message } = failure;
  const hint = `${whole ? '' : 'the others were not begun; '}what is done stays done when you go on with`;
  throw new Failure(code, message, options.journal === undefined ? {} : { hint, ...resume });
}

/**
 * The session of a run of many: warnings do not come once for each, and a pipe gets outcomes a line each unless an
 * array is asked for.
 */
export function sessionForMany(session: Session, { output }: Pick<OutputOptions, 'output'>): Session {
  const quiet = withoutRepeats(session);
  return output === 'auto' && session.format === 'json' ? { ...quiet, format: 'ndjson' } : quiet;
}

/** A session whose warnings do not come once for each of many: equal ones are told once. */
export function withoutRepeats(session: Session): Session {
  const told = new Set<string>();
  const isNew = (message: string): boolean => !told.has(message) && told.add(message).size > 0;
  const { telling } = session;
  return {
    ...session,
    warn: async (message) => (isNew(message) ? session.warn(message) : undefined),
    telling: { ...telling, warn: (message) => (isNew(message) ? telling.warn(message) : undefined) },
  };
}
