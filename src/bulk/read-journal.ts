import { closeSync, fstatSync, openSync } from 'node:fs';
import { Failure } from '../core/errors.ts';
import { diskFailure, failedWith } from '../store/disk-failure.ts';
import { linesOf, readPart } from '../store/lines.ts';
import { type Entry, HEADER, headerProblem, type Line, parseLine } from './journal-line.ts';

/**
 * The entries that count, by their keys; none if there is no such file, or nothing in it. Torn lines are skipped.
 * @throws Failure `unreadable` for a file that is no journal of this version, `invalid` that names a damaged line
 */
export function readJournal(path: string): Map<string, Entry> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return new Map();
    throw diskFailure(error, path);
  }
  try {
    return entriesIn(descriptor, path);
  } catch (error) {
    throw diskFailure(error, path);
  } finally {
    closeSync(descriptor);
  }
}

function entriesIn(descriptor: number, path: string): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const { size } = fstatSync(descriptor);
  let number = 0;
  for (const { text } of linesOf(descriptor, 0, size)) {
    number += 1;
    if (number === 1) {
      const problem = headerProblem(text);
      if (problem !== undefined) throw refused(path, problem);
      continue;
    }
    const line = text === '' ? 'torn' : parseLine(text);
    if (line === undefined) throw damaged(path, number);
    if (line !== 'torn') apply(entries, line);
  }
  // Not even its first line was written to its end.
  if (number === 0 && !HEADER.startsWith(readPart(descriptor, 0, Math.min(size, HEADER.length)).toString())) {
    throw refused(path, 'it is no journal');
  }
  return entries;
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

/** What counts once a line was added. */
export function apply(entries: Map<string, Entry>, { key, entry }: Line): void {
  if (entry.state === 'undone') entries.delete(key);
  else entries.set(key, entry);
}
