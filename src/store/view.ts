import { type Covered, type Entry, nothingCovered, readLog, type Scan } from './log.ts';
import { ABSENT, UNKNOWN } from './marks.ts';
import { nameOf, shardOf } from './names.ts';
import { isSound, type Row } from './row.ts';
import type { Site } from './site.ts';
import { openSnapshot, type Snapshot } from './snapshot.ts';

/** What the index says: a snapshot, what changed since, and up to which mark of each shard that is the whole truth. */
export interface View {
  readonly snapshot: Snapshot | undefined;
  /** By shard and name; null for what is no longer there. These hide the rows of the snapshot. */
  readonly changes: Map<string, Map<string, Row | null>>;
  readonly marks: Map<string, string>;
  readonly covered: Covered;
  /** How much of the log is not in the snapshot on the disk. */
  logBytes: number;
  /** Every row that was ever taken in, in that order. */
  readonly arrivals: Row[];
  /** Found since, and not yet in the log. */
  readonly found: Scan[];
}

/** Never fails: an index that is not there, or makes no sense, says nothing about any shard. */
export function openView(site: Site): View {
  const snapshot = openSnapshot(site);
  const { entries, covered, bytes } = readLog(site, snapshot?.covered ?? nothingCovered);
  const marks = new Map(snapshot?.marks);
  const view: View = { ...emptyView(), snapshot, marks, covered, logBytes: bytes };
  for (const entry of entries) apply(view, entry);
  return view;
}

/** A view of no index at all. */
export function emptyView(): View {
  return {
    snapshot: undefined,
    changes: new Map(),
    marks: new Map(),
    covered: nothingCovered,
    logBytes: 0,
    arrivals: [],
    found: [],
  };
}

/**
 * Takes in one entry. A change whose mark before is not the one the shard had leaves the shard unexplained, so that
 * entries that are missing or out of order cost a look at its files, and never a wrong answer.
 */
export function apply(view: View, entry: Entry): void {
  if (entry.op === 'scan') {
    for (const row of entry.rows) setChange(view, row.file, row);
    for (const file of entry.gone) setChange(view, file, null);
    view.marks.set(entry.shard, entry.mark);
    return;
  }
  const file = entry.op === 'put' ? entry.row.file : entry.file;
  setChange(view, file, entry.op === 'put' ? entry.row : null);
  const shard = shardOf(file);
  const explained = (view.marks.get(shard) ?? ABSENT) === entry.from;
  view.marks.set(shard, explained ? entry.to : UNKNOWN);
}

function setChange(view: View, file: string, row: Row | null): void {
  const shard = shardOf(file);
  const changes = view.changes.get(shard) ?? new Map<string, Row | null>();
  view.changes.set(shard, changes.set(nameOf(file), row));
  if (row !== null) view.arrivals.push(row);
}

/** What has become of a file since the snapshot: undefined if nothing, null if it is gone. */
export function changeOf(view: View, file: string): Row | null | undefined {
  return view.changes.get(shardOf(file))?.get(nameOf(file));
}

/** All rows that are not those of the snapshot. */
export function changedRows(view: View): Row[] {
  return Array.from(view.changes.values(), (changes) => Array.from(changes.values()))
    .flat()
    .filter((row) => row !== null);
}

/** The rows of files without a summary. */
export function damagedRows(view: View): Row[] {
  const old = (view.snapshot?.damaged ?? []).filter(({ file }) => changeOf(view, file) === undefined);
  return [...old, ...changedRows(view).filter((row) => !isSound(row))];
}

/** Names and stamps of the files that a shard is believed to have. */
export function stampsOf(view: View, shard: string): Map<string, string> {
  const stamps = view.snapshot?.stamps(shard) ?? new Map<string, string>();
  for (const [name, row] of view.changes.get(shard) ?? []) {
    if (row === null) stamps.delete(name);
    else stamps.set(name, row.stamp);
  }
  return stamps;
}
