import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../core/json.ts';
import { linesOf, readPart } from './lines.ts';
import type { Covered } from './log.ts';
import { isSound, type Row, readRow, type SoundRow } from './row.ts';
import type { Site } from './site.ts';

/** The offset of the footer in sixteen digits, and a line feed. */
export const TRAILER_BYTES = 17;

/** What a sorted list of all conversations said at one point of the log. Stays readable when a newer one replaces it. */
export interface Snapshot {
  readonly covered: Covered;
  /** The mark of each shard it knows. */
  readonly marks: ReadonlyMap<string, string>;
  readonly damaged: readonly Row[];
  /** The size of its rows. */
  readonly bytes: number;
  /** Newest first, read as far as they are asked for. Throws {@link BrokenIndex}. */
  readonly rows: () => Generator<SoundRow, void>;
  /** Names and stamps of all files of a shard, damaged ones too. Throws {@link BrokenIndex}. */
  readonly stamps: (shard: string) => Map<string, string>;
  readonly close: () => void;
}

/** The snapshot cannot have been written by this program: it is to be thrown away. */
export class BrokenIndex extends Error {
  override readonly name = 'BrokenIndex';
}

/** The last lines of a snapshot say where the rest of it is. */
interface Footer {
  readonly covered: Covered;
  /** The length of the rows, which come first. */
  readonly rows: number;
  /** Per shard its mark, and offset and length of its table of names and stamps. */
  readonly shards: ReadonlyMap<string, readonly [string, number, number]>;
  readonly damaged: readonly Row[];
}

export function snapshotPath(site: Site): string {
  return join(site.index, 'snapshot.v1.ndjson');
}

/** Undefined if there is none that makes sense. */
export function openSnapshot(site: Site): Snapshot | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(snapshotPath(site), 'r');
  } catch {
    return undefined;
  }
  const footer = readFooter(descriptor);
  if (footer !== undefined) return snapshotIn(descriptor, footer);
  closeSync(descriptor);
  return undefined;
}

function snapshotIn(descriptor: number, footer: Footer): Snapshot {
  return {
    covered: footer.covered,
    marks: new Map(Array.from(footer.shards, ([shard, [mark]]) => [shard, mark])),
    damaged: footer.damaged,
    bytes: footer.rows,
    rows: () => readRows(descriptor, footer.rows),
    stamps: (shard) => readStamps(descriptor, footer.shards.get(shard)),
    close: () => closeSync(descriptor),
  };
}

function* readRows(descriptor: number, end: number): Generator<SoundRow, void> {
  for (const { text } of linesOf(descriptor, 0, end)) {
    const row = readRow(parse(text));
    if (row === undefined || !isSound(row)) throw new BrokenIndex('a row of the snapshot makes no sense');
    yield row;
  }
}

function readStamps(descriptor: number, place?: readonly [string, number, number]): Map<string, string> {
  const stamps = new Map<string, string>();
  if (place === undefined) return stamps;
  const [, offset, length] = place;
  const table = parse(readPart(descriptor, offset, offset + length).toString('utf8'));
  if (!Array.isArray(table)) throw new BrokenIndex('a table of the snapshot makes no sense');
  for (let at = 0; at + 1 < table.length; at += 2) stamps.set(String(table[at]), String(table[at + 1]));
  return stamps;
}

function readFooter(descriptor: number): Footer | undefined {
  const { size } = fstatSync(descriptor);
  const trailer = readPart(descriptor, Math.max(0, size - TRAILER_BYTES), size).toString('latin1');
  const offset = Number(trailer);
  if (!/^\d{16}\n$/.test(trailer) || offset > size - TRAILER_BYTES) return undefined;
  const text = readPart(descriptor, offset, size - TRAILER_BYTES).toString('utf8');
  return parseFooter(parse(text));
}

function parseFooter(value: unknown): Footer | undefined {
  if (!isObject(value)) return undefined;
  const { covered, rows, shards, damaged } = value;
  if (!isObject(covered) || !isObject(shards) || typeof rows !== 'number' || !Array.isArray(damaged))
    return undefined;
  const { offset, tail } = covered;
  if (typeof offset !== 'number' || typeof tail !== 'string') return undefined;
  const places = new Map<string, readonly [string, number, number]>();
  for (const [shard, place] of Object.entries(shards)) {
    const [mark, from, length]: unknown[] = Array.isArray(place) ? place : [];
    if (typeof mark !== 'string' || typeof from !== 'number' || typeof length !== 'number') return undefined;
    places.set(shard, [mark, from, length]);
  }
  const damagedRows = damaged.map(readRow).filter((row) => row !== undefined);
  return { covered: { offset, tail }, rows, shards: places, damaged: damagedRows };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
