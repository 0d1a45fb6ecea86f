import { closeSync, fstatSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';
import { diskFailure, failedWith } from '../store/disk-failure.ts';
import type { StoreHost } from '../store/index.ts';
import { linesOf } from '../store/lines.ts';
import { withFileLock } from '../store/lock.ts';
import { type Appender, openAppender } from './appender.ts';
import { type Begun, type Done, type Entry, type Line, parseLine, renderLine } from './journal-line.ts';

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
}

export interface JournalPlace {
  readonly path: string;
  readonly host: StoreHost;
}

/** Milliseconds that a run which is just ending is waited for. */
const PATIENCE_MS = 1_000;

/**
 * Runs `action` with the journal at a path, which is made if it is not there. One run at a time has it.
 * @throws Failure `unavailable` while another run has it, `not_allowed` and others if the file cannot be used
 */
export function withJournal<T>(
  { path, host }: JournalPlace,
  action: (journal: Journal) => Promise<T>,
): Promise<T> {
  const lock = { path: `${path}.lock`, host, patience: PATIENCE_MS, held: heldBy(path) };
  return withFileLock(lock, async () => {
    const entries = readJournal(path);
    const appender = await openAppender(path, dirname(path));
    let failed = true;
    try {
      const result = await action(journalOf(entries, appender));
      failed = false;
      return result;
    } finally {
      // Trouble of the action counts more than that of the journal.
      await (failed ? appender.close().catch(() => undefined) : appender.close());
    }
  });
}

/** The entries that count, by their keys; none if there is no such file. Torn lines are skipped. */
export function readJournal(path: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return entries;
    throw diskFailure(error, path);
  }
  try {
    for (const { text } of linesOf(descriptor, 0, fstatSync(descriptor).size)) {
      const line = text === '' ? undefined : parseLine(text);
      if (line) apply(entries, line);
    }
    return entries;
  } catch (error) {
    throw diskFailure(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function apply(entries: Map<string, Entry>, { key, entry }: Line): void {
  if (entry.state === 'undone') entries.delete(key);
  else entries.set(key, entry);
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
    begun: (key, begun) => appender.durably(note({ key, entry: { state: 'begun', ...begun } })),
    done: (key, done) => appender.soon(note({ key, entry: { state: 'done', ...done } })),
    undone: (key) => appender.durably(note({ key, entry: { state: 'undone' } })),
  };
}

function heldBy(path: string): (holder: string) => Failure {
  return (holder) =>
    new Failure('unavailable', `${holder} is at work with the journal ${path}`, {
      hint: 'try again when it has finished, or take another journal with --journal <file>',
      busy: true,
    });
}
