import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { breakDeadLocks } from './lock.ts';
import { folderOf, type Site } from './site.ts';
import { discard } from './write.ts';

/** A pid says nothing of a process on another host, so that even the dead are given some time. */
const GRACE_MS = 60_000;

/** Removes what killed processes left behind: drafts, there and in `shards`, and locks. Never fails. */
export function sweep(site: Site, shards: readonly string[]): void {
  const folders = shards.map((shard) => folderOf(site, shard));
  for (const folder of [site.temporary, site.index, site.locks, ...folders]) sweepDrafts(site, folder);
  breakDeadLocks(site);
}

function sweepDrafts(site: Site, folder: string): void {
  for (const name of namesOf(folder)) {
    const pid = /^\.tmp-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !site.host.isAlive(Number(pid)) && isOld(join(folder, name))) {
      discard(join(folder, name));
    }
  }
}

function namesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isOld(path: string): boolean {
  const status = statSync(path, { throwIfNoEntry: false });
  return status !== undefined && Date.now() - status.mtimeMs > GRACE_MS;
}
