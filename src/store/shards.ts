import { readdirSync } from 'node:fs';
import { diskFailure, failedWith } from './disk-failure.ts';
import type { Summarise } from './envelope.ts';
import type { Scan } from './log.ts';
import { ABSENT, isSettled, markOf, stampOf, stampToKeep, UNKNOWN } from './marks.ts';
import { shards } from './names.ts';
import { readEnvelope } from './read.ts';
import type { Row } from './row.ts';
import { folderOf, pathOf, type Site } from './site.ts';
import { apply, stampsOf, type View } from './view.ts';

/** The shards whose present mark the index does not explain. */
export function dirtyShards(site: Site, view: View): string[] {
  return shards.filter((shard) => (view.marks.get(shard) ?? ABSENT) !== markOf(folderOf(site, shard)));
}

/** Looks at all files of a shard, reads those that are not as remembered, and tells the view. Throws `BrokenIndex`. */
export async function rescan(site: Site, view: View, shard: string, summarise: Summarise): Promise<void> {
  const folder = folderOf(site, shard);
  const mark = markOf(folder);
  const wasSettled = isSettled(mark);
  const missing = stampsOf(view, shard);
  const rows: Row[] = [];
  for (const name of namesIn(folder)) {
    const file = `${shard}/${name}`;
    const stamp = stampOf(pathOf(site, file));
    if (stamp === undefined) continue;
    const row = stamp === missing.get(name) ? undefined : await readRow(site, file, summarise);
    missing.delete(name);
    if (row !== undefined) rows.push(row);
  }
  const gone = Array.from(missing.keys(), (name) => `${shard}/${name}`);
  const isStable = wasSettled && markOf(folder) === mark;
  tell(view, { op: 'scan', shard, mark: isStable ? mark : UNKNOWN, rows, gone });
}

/** What teaches nothing new is not worth a line in the log. */
function tell(view: View, scan: Scan): void {
  const isNew =
    scan.rows.length + scan.gone.length > 0 || (view.marks.get(scan.shard) ?? ABSENT) !== scan.mark;
  if (isNew) view.found.push(scan);
  apply(view, scan);
}

async function readRow(site: Site, file: string, summarise: Summarise): Promise<Row | undefined> {
  // Taken before reading: a later change of the file then shows.
  const stamp = stampToKeep(pathOf(site, file));
  if (stamp === undefined) return undefined;
  try {
    const envelope = await readEnvelope(site, file);
    if (envelope === undefined) return undefined;
    if (typeof envelope === 'string') return { file, stamp, summary: undefined, damage: envelope };
    return { file, stamp, summary: await summarise(envelope), damage: undefined };
  } catch (error) {
    // Whatever it is, one file never stops the others. Permissions come back without the stamp changing.
    const damage = error instanceof Error ? error.message : String(error);
    return { file, stamp: '', summary: undefined, damage };
  }
}

/** Names of the conversations in a shard, sorted, without `.json`; none if there is no such shard. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !name.startsWith('.'))
      .map((name) => name.slice(0, -'.json'.length))
      .toSorted();
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return [];
    throw diskFailure(error, folder);
  }
}
