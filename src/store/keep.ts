import { unlinkSync } from 'node:fs';
import { isDiskError } from './disk-failure.ts';
import { appendEntries, logPath } from './log.ts';
import type { Site } from './site.ts';
import { BrokenIndex } from './snapshot.ts';
import { writeSnapshot } from './snapshot-write.ts';
import { sortedRows } from './sorted-rows.ts';
import { damagedRows, type View } from './view.ts';

/** A log longer than this, and that part of the snapshot, slows lists down: it is worked into a new snapshot. */
const LOG_BYTES = 64 * 1024;
const PART_OF_SNAPSHOT = 1 / 256;
/** A log longer than this is thrown away when a snapshot covers it. */
const KEPT_LOG_BYTES = 4 * 1024 * 1024;
/** What a row takes in the log, more or less. */
const ROW_BYTES = 350;

/** Writes down what the view found, if the disk lets us: an index is a convenience. */
export function keep(site: Site, view: View): void {
  const found = view.found.splice(0);
  const rows = found.reduce((sum, scan) => sum + scan.rows.length + scan.gone.length, 0);
  const allowed = LOG_BYTES + (view.snapshot?.bytes ?? 0) * PART_OF_SNAPSHOT;
  if (view.logBytes + rows * ROW_BYTES > allowed) convenience(() => compact(site, view));
  else if (found.length > 0) convenience(() => appendEntries(site, found));
}

function compact(site: Site, view: View): void {
  const { covered, marks } = view;
  writeSnapshot(site, { covered, marks, damaged: damagedRows(view), rows: sortedRows(view) });
  view.logBytes = 0;
  // Lines that others add before it is gone are lost, and their shards looked at once more.
  if (covered.offset > KEPT_LOG_BYTES) unlinkSync(logPath(site));
}

/** A directory that cannot be written, a full disk, a broken snapshot: the next list finds the same again. */
function convenience(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (!(error instanceof BrokenIndex) && !isDiskError(error)) throw error;
  }
}
