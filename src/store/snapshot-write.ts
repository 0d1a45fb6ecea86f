import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import type { Covered } from './log.ts';
import { nameOf, shardOf } from './names.ts';
import { type Row, type SoundRow, writeRow } from './row.ts';
import { makeScratch, type Site, temporaryPath } from './site.ts';
import { snapshotPath, TRAILER_BYTES } from './snapshot.ts';
import { discard } from './write.ts';

const BLOCK_CHARACTERS = 262_144;

export interface SnapshotContent {
  readonly covered: Covered;
  readonly marks: ReadonlyMap<string, string>;
  readonly damaged: readonly Row[];
  /** Newest first. */
  readonly rows: Iterable<SoundRow>;
}

/** Puts a snapshot in place of the one there is, in one step. Throws what the file system says. */
export function writeSnapshot(site: Site, content: SnapshotContent): void {
  makeScratch(site.index);
  const path = temporaryPath(site, site.index);
  try {
    const descriptor = openSync(path, 'wx');
    try {
      writeContent(openWriter(descriptor), content);
    } finally {
      closeSync(descriptor);
    }
    renameSync(path, snapshotPath(site));
  } finally {
    discard(path);
  }
}

function writeContent(writer: Writer, { covered, marks, damaged, rows }: SnapshotContent): void {
  const tables = new Map<string, string[]>(Array.from(marks.keys(), (shard) => [shard, []]));
  const remember = ({ file, stamp }: Row) => tables.get(shardOf(file))?.push(nameOf(file), stamp);
  for (const row of rows) {
    writer.write(`${JSON.stringify(writeRow(row))}\n`);
    remember(row);
  }
  const rowsEnd = writer.flush();
  damaged.forEach(remember);
  const shards: Record<string, readonly [string, number, number]> = {};
  for (const [shard, table] of tables) {
    const start = writer.flush();
    writer.write(`${JSON.stringify(table)}\n`);
    shards[shard] = [marks.get(shard) ?? '', start, writer.flush() - start];
  }
  const footer = { covered, rows: rowsEnd, shards, damaged: damaged.map(writeRow) };
  const start = writer.flush();
  writer.write(`${JSON.stringify(footer)}${String(start).padStart(TRAILER_BYTES - 1, '0')}\n`);
  writer.flush();
}

interface Writer {
  readonly write: (text: string) => void;
  /** Returns how many bytes were written so far. */
  readonly flush: () => number;
}

function openWriter(descriptor: number): Writer {
  let length = 0;
  let waiting = '';
  const flush = () => {
    const bytes = Buffer.from(waiting);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    length += bytes.length;
    waiting = '';
    return length;
  };
  const write = (text: string) => {
    waiting += text;
    if (waiting.length > BLOCK_CHARACTERS) flush();
  };
  return { write, flush };
}
