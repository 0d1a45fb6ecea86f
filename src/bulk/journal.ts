import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import type { StoreHost } from '../store/index.ts';
import { withFileLock } from '../store/lock.ts';
import { type Appender, openAppender } from './appender.ts';
import { type Begun, type Done, type Entry, HEADER, type Line, renderLine } from './journal-line.ts';
import { apply, readJournal } from './read-journal.ts';

export type { Begun, Done, Entry } from './journal-line.ts';

/**
 * What became of each source record, in a file that only grows: of the lines with a key the last counts. What is
 * about to be done is on the disk before it is done.
 */
export interface Journal {
  /** Undefined if nothing was begun, or if what was begun was surely not done. */
  readonly get: (key: string) => Entry | undefined;
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
    const entries = readJournal(path);
    const appender = await openAppender(path, dirname(path), HEADER);
    let failed = true;
    try {
      const result = await action(journalOf(entries, appender));
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

function journalOf(entries: Map<string, Entry>, appender: Appender): Journal {
  const ours = new Set<string>();
  const ids = new Set([...entries.values()].map(({ id }) => id));
  const note = (line: Line): string => {
    apply(entries, line);
    ours.add(line.key);
    if ('id' in line.entry) ids.add(line.entry.id);
    return renderLine(line);
  };
  return {
    get: (key) => entries.get(key),
    isOurs: (key) => ours.has(key),
    knows: (id) => ids.has(id),
    begun: (key, begun) => durably(appender, note({ key, entry: { state: 'begun', ...begun } })),
    done: (key, done) => appender.soon(note({ key, entry: { state: 'done', ...done } })),
    undone: (key) => durably(appender, note({ key, entry: { state: 'undone' } })),
    trouble: () => {
      const trouble = appender.trouble();
      return trouble && journalFailure(trouble);
    },
  };
}

async function durably(appender: Appender, line: string): Promise<void> {
  try {
    await appender.durably(line);
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
