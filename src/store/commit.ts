import { Failure } from '../core/errors.ts';
import { isDiskError } from './disk-failure.ts';
import type { Summary } from './envelope.ts';
import { appendEntries } from './log.ts';
import { ABSENT, markOf, remark, stampOf } from './marks.ts';
import { shardOf } from './names.ts';
import { folderOf, pathOf, type Site } from './site.ts';
import { makeFolder, syncFolder } from './write.ts';

export interface Change {
  readonly file: string;
  /** What the index is to remember: undefined if that cannot be told, null if the file goes. */
  readonly summary: Summary | null | undefined;
  /** Moves one file in or out of its shard; false if that was not to be. */
  readonly make: () => boolean;
}

/**
 * Makes a change that lasts, and writes it in the log. False if it was not made. From the first look at the shard's
 * mark to the log nothing is awaited, so that the log tells the changes of this process in the order they were made.
 * Callers hold the conversation's lock.
 */
export async function commit(site: Site, change: Change): Promise<boolean> {
  const folder = folderOf(site, shardOf(change.file));
  const present = markOf(folder);
  const above = present === ABSENT ? makeFolder(folder) : [];
  const from = present !== ABSENT || above.length > 0 ? present : markOf(folder);
  if (!change.make()) return false;
  note(site, change, from, remark(folder));
  for (const path of [folder, ...above]) await syncFolder(path);
  return true;
}

/** Without a line in the log the shard is unexplained, and the next list looks for itself. */
function note(site: Site, { file, summary }: Change, from: string, to: string): void {
  try {
    const stamp = stampOf(pathOf(site, file));
    if (summary === null) appendEntries(site, [{ op: 'remove', file, from, to }]);
    else if (summary !== undefined && stamp !== undefined) {
      appendEntries(site, [{ op: 'put', row: { file, stamp, summary, damage: undefined }, from, to }]);
    }
  } catch (error) {
    if (!isDiskError(error) && !(error instanceof Failure)) throw error;
  }
}
