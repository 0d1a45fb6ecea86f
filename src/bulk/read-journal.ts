import { closeSync, fstatSync, openSync } from 'node:fs';
import { Failure } from '../core/errors.ts';
import { diskFailure, failedWith } from '../store/disk-failure.ts';
import { lineAt, linesOf, readPart } from '../store/lines.ts';
import { createDigestTable, type DigestTable } from './digest-table.ts';
import { type Entry, HEADER, headerProblem, type Line, parseLine } from './journal-line.ts';

/** What a journal says. */
export interface Reading {
  /** Undefined if nothing was begun, or if what was begun was surely not done. */
  readonly get: (key: string) => Entry | undefined;
}

/**
 * Runs `action` with what a journal says; nothing if there is no such file. It stays as it is.
 * @throws as {@link indexJournal}
 */
export async function readJournal<T>(path: string, action: (reading: Reading) => Promise<T>): Promise<T> {
  const descriptor = openToRead(path);
  if (descriptor === undefined) return action({ get: () => undefined });
  try {
    const { lines } = indexIn(descriptor, path);
    return await action({ get: (key) => entryAt(descriptor, lines.get(key), key) });
  } finally {
    closeSync(descriptor);
  }
}

/** Where in a journal is what: it may have more lines than memory has room for. */
export interface JournalIndex {
  /** Where the line of a key begins that counts: 0, where no line does, if that says that nothing was done. */
  readonly lines: DigestTable;
  /** All ids that lines have. */
  readonly ids: DigestTable;
}

/**
 * Goes through a journal; an empty index if there is no such file, or nothing in it. Torn lines are skipped.
 * @throws Failure `unreadable` for a file that is no journal of this version, `invalid` that names a damaged line
 */
export function indexJournal(path: string): JournalIndex {
  const descriptor = openToRead(path);
  if (descriptor === undefined) return emptyIndex();
  try {
    return indexIn(descriptor, path);
  } finally {
    closeSync(descriptor);
  }
}

/** Takes down a line that begins at an offset. */
export function index({ lines, ids }: JournalIndex, { key, entry }: Line, at: number): void {
  lines.set(key, entry.state === 'undone' ? 0 : at);
  if ('id' in entry && entry.id !== undefined) ids.set(entry.id, 1);
}

/** The entry of a line that begins at an offset; undefined where none does. */
export function entryAt(descriptor: number, at: number | undefined, key: string): Entry | undefined {
  if (at === undefined || at === 0) return undefined;
  const line = parseLine(lineAt(descriptor, at));
  if (line === undefined || line === 'torn' || line.key !== key || line.entry.state === 'undone')
    return undefined;
  return line.entry;
}

function emptyIndex(): JournalIndex {
  return { lines: createDigestTable(), ids: createDigestTable() };
}

/** `undefined` if there is no such file. */
function openToRead(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw diskFailure(error, path);
  }
}

function indexIn(descriptor: number, path: string): JournalIndex {
  try {
    return indexLines(descriptor, path);
  } catch (error) {
    throw diskFailure(error, path);
  }
}

function indexLines(descriptor: number, path: string): JournalIndex {
  const found = emptyIndex();
  const { size } = fstatSync(descriptor);
  let number = 0;
  let at = 0;
  for (const { text, end } of linesOf(descriptor, 0, size)) {
    const start = at;
    at = end;
    number += 1;
    if (number === 1) {
      const problem = headerProblem(text);
      if (problem !== undefined) throw refused(path, problem);
      continue;
    }
    const line = text === '' ? 'torn' : parseLine(text);
    if (line === undefined) throw damaged(path, number);
    if (line !== 'torn') index(found, line, start);
  }
  // Not even its first line was written to its end.
  if (number === 0 && !HEADER.startsWith(readPart(descriptor, 0, Math.min(size, HEADER.length)).toString())) {
    throw refused(path, 'it is no journal');
  }
  return found;
}

function refused(path: string, problem: string): Failure {
  return new Failure('unreadable', `${path} cannot be the journal: ${problem}`, {
    hint: 'name another file with --journal <file>: one of an earlier run, or one that is not there yet',
  });
}

function damaged(path: string, line: number): Failure {
  return new Failure('invalid', `${path}:${line}: this is no line of a journal`, {
    hint: 'mend that line or take it out: what it said will be looked for or made again; or take another journal with --journal <file>',
  });
}
