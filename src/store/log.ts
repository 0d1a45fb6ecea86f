import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../core/json.ts';
import { failedWith } from './disk-failure.ts';
import { linesOf, readPart } from './lines.ts';
import { isFile, type Row, readRow, type WrittenRow, writeRow } from './row.ts';
import { makeScratch, type Site } from './site.ts';

const TAIL_BYTES = 48;

/**
 * One line of the log. Changes tell the marks of their shard before and after them, so that a chain of them explains
 * its present mark; a scan vouches for the mark it found, and lists what was different from what the log said so far.
 */
export type Entry =
  | { readonly op: 'put'; readonly row: Row; readonly from: string; readonly to: string }
  | { readonly op: 'remove'; readonly file: string; readonly from: string; readonly to: string }
  | Scan;

export interface Scan {
  readonly op: 'scan';
  readonly shard: string;
  readonly mark: string;
  readonly rows: readonly Row[];
  readonly gone: readonly string[];
}

/** How much of the log was read. The text just before the offset tells whether it is still the same log. */
export interface Covered {
  readonly offset: number;
  readonly tail: string;
}

export interface LogPart {
  readonly entries: readonly Entry[];
  readonly covered: Covered;
  readonly bytes: number;
}

export const nothingCovered: Covered = { offset: 0, tail: '' };

/** The version in the names of the index changes with the meaning of summaries; other versions' files mean nothing. */
export function logPath(site: Site): string {
  return join(site.index, 'log.v1.ndjson');
}

/**
 * Adds lines with a single write each, which no other process's write can part. A line also begins with a line feed,
 * so that one torn by a power cut spoils no other. Throws what the file system says.
 */
export function appendEntries(site: Site, entries: readonly Entry[]): void {
  const descriptor = openForAppending(site);
  try {
    for (const entry of entries) writeSync(descriptor, `\n${JSON.stringify(writeEntry(entry))}\n`);
  } finally {
    closeSync(descriptor);
  }
}

function openForAppending(site: Site): number {
  try {
    return openSync(logPath(site), 'a');
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw error;
    makeScratch(site.index);
    return openSync(logPath(site), 'a');
  }
}

type WrittenEntry = Readonly<Record<string, string | WrittenRow | readonly string[] | readonly WrittenRow[]>>;

function writeEntry(entry: Entry): WrittenEntry {
  if (entry.op === 'put') return { ...entry, row: writeRow(entry.row) };
  if (entry.op === 'scan') return { ...entry, rows: entry.rows.map(writeRow) };
  return { ...entry };
}

/** What was added behind `covered`; the whole log if it is no longer the one meant; nothing if there is none. */
export function readLog(site: Site, covered: Covered): LogPart {
  let descriptor: number;
  try {
    descriptor = openSync(logPath(site), 'r');
  } catch {
    return { entries: [], covered: nothingCovered, bytes: 0 };
  }
  try {
    return readEntries(descriptor, startOf(descriptor, covered));
  } finally {
    closeSync(descriptor);
  }
}

function startOf(descriptor: number, { offset, tail }: Covered): number {
  return tailBefore(descriptor, offset) === tail ? offset : 0;
}

function tailBefore(descriptor: number, offset: number): string {
  return readPart(descriptor, Math.max(0, offset - TAIL_BYTES), offset).toString('latin1');
}

function readEntries(descriptor: number, start: number): LogPart {
  const entries: Entry[] = [];
  let offset = start;
  for (const line of linesOf(descriptor, start, fstatSync(descriptor).size)) {
    offset = line.end;
    const entry = line.text === '' ? undefined : parseEntry(line.text);
    if (entry !== undefined) entries.push(entry);
  }
  return { entries, covered: { offset, tail: tailBefore(descriptor, offset) }, bytes: offset - start };
}

/** Undefined for a torn line: the shard it spoke of will not be explained, and so be looked at. */
function parseEntry(text: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(value)) return undefined;
  const { op, file, from, to, shard, mark, gone } = value;
  if (op === 'scan' && typeof shard === 'string' && typeof mark === 'string') {
    const rows = readRows(value['rows']);
    return rows && isFiles(gone) ? { op, shard, mark, rows, gone } : undefined;
  }
  if (typeof from !== 'string' || typeof to !== 'string') return undefined;
  if (op === 'remove') return isFile(file) ? { op, file, from, to } : undefined;
  const row = readRow(value['row']);
  return op === 'put' && row ? { op, row, from, to } : undefined;
}

function isFiles(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isFile);
}

function readRows(value: unknown): Row[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const rows = value.map(readRow).filter((row) => row !== undefined);
  return rows.length === value.length ? rows : undefined;
}
