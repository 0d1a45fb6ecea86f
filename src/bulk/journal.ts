import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import type { StoreHost } from '../store/index.ts';
import { withFileLock } from '../store/lock.ts';
import { type Appender, openAppender } from './appender.ts';
import { type Begun, type Done, HEADER, type Line, renderLine } from './journal-line.ts';
import { entryAt, index, indexJournal, type JournalIndex, type Reading } from './read-journal.ts';

export type { Begun, Done, Entry } from './journal-line.ts';

/**
 * What became of each source record, in a file that only grows: of the lines with a key the last counts. What is
 * about to be done is on the disk before it is done.
 */
export interface Journal extends Reading {
  /** Whether this run wrote the entry that counts. */
  readonly isOurs: (key: string) => boolean;
  /** Whether a key has this id. */
  readonly knows: (id: string) => boolean;
  readonly begun: (key: string, begun: Omit<Begun, 'state'>) => Promise<void>;
  /** Survives this process at once. If the power goes it may be lost, and what was begun is looked for again. */
  readonly done: (key: string, done: Omit<Done, 'state'>) => void;
  readonly undone: (key: string) => Promise<void>;
  /** Why it cannot be written any more; undefined while all is well. */
  readonly trouble: () => JournalFailure | undefined;
}

/** The journal cannot be written: nothing more may be begun, as nobody would know of it. */
export class JournalFailure extends Failure {}

export interface JournalPlace {
  readonly path: string;
  readonly host: StoreHost;
}

/** Milliseconds that a run which is just ending is waited for. */
const PATIENCE_MS = 1_000;

/**
 * Runs `action` with the journal at a path, which is made if it is not there. One run at a time has it.
 * @throws Failure `unavailable` while another run has it, `unreadable` for a file that is no journal, `invalid` for a
 * damaged one, `not_allowed` and others if it cannot be used; {@link JournalFailure} if it cannot be written later
 */
export function withJournal<T>(
  { path, host }: JournalPlace,
  action: (journal: Journal) => Promise<T>,
): Promise<T> {
  const lock = { path: `${path}.lock`, host, patience: PATIENCE_MS, held: heldBy(path) };
  return withFileLock(lock, async () => {
    const known = indexJournal(path);
    const appender = await openAppender(path, dirname(path), HEADER);
    let failed = true;
    try {
      const result = await action(journalOf(known, appender));
      failed = false;
      return result;
    } finally {
      // Trouble of the action counts more than that of the journal.
      await closing(appender).catch((error: unknown) => {
        if (!failed) throw error;
      });
    }
  });
}

function journalOf(known: JournalIndex, appender: Appender): Journal {
  // Handed over, and not in the file yet.
  const waiting = new Map<string, Line['entry']>();
  const wait = (line: Line): string => {
    waiting.set(line.key, line.entry);
    return renderLine(line);
  };
  const written = (line: Line, at: number): void => {
    index(known, line, at);
    if (waiting.get(line.key) === line.entry) waiting.delete(line.key);
  };
  const addDurably = async (line: Line): Promise<void> => written(line, await durably(appender, wait(line)));
  return {
    get(key) {
      const entry = waiting.get(key);
      if (entry) return entry.state === 'undone' ? undefined : entry;
      return entryAt(appender.descriptor, known.lines.get(key), key);
    },
    isOurs: (key) => waiting.has(key) || (known.lines.get(key) ?? 0) >= appender.start,
    knows: (id) => known.ids.get(id) !== undefined || isWaiting(waiting, id),
    begun: (key, begun) => addDurably({ key, entry: { state: 'begun', ...begun } }),
    done(key, done) {
      const line: Line = { key, entry: { state: 'done', ...done } };
      const at = appender.soon(wait(line));
      if (at !== undefined) written(line, at);
    },
    undone: (key) => addDurably({ key, entry: { state: 'undone' } }),
    trouble: () => {
      const trouble = appender.trouble();
      return trouble && journalFailure(trouble);
    },
  };
}

function isWaiting(waiting: ReadonlyMap<string, Line['entry']>, id: string): boolean {
  for (const entry of waiting.values()) if ('id' in entry && entry.id === id) return true;
  return false;
}

async function durably(appender: Appender, line: string): Promise<number> {
  try {
    return await appender.durably(line);
  } catch (error) {
    throw journalFailure(error);
  }
}

async function closing(appender: Appender): Promise<void> {
  try {
    await appender.close();
  } catch (error) {
    throw journalFailure(error);
  }
}

function journalFailure(error: unknown): JournalFailure {
  const { code, message, details } =
    error instanceof Failure ? error : new Failure('internal', String(error), { cause: error });
  return new JournalFailure(code, `the journal cannot be written: ${message}`, details);
}

function heldBy(path: string): (holder: string) => Failure {
  return (holder) =>
    new Failure('unavailable', `${holder} is at work with the journal ${path}`, {
      hint: 'try again when it has finished, or take another journal with --journal <file>',
      busy: true,
    });
}
