import { writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { failedWith } from './disk-failure.ts';
import { makeFolders } from './folders.ts';

/** What the store must know of the machine and the process it runs in. */
export interface StoreHost {
  readonly pid: number;
  /** The same for exactly those processes whose pids this one can look up. */
  readonly hostName: string;
  /** False also for a process that ended and was not yet collected by its parent. */
  readonly isAlive: (pid: number) => boolean;
  /** Tells processes apart that had the same pid one after the other; null where the system does not say. */
  readonly startedAt: (pid: number) => string | null;
}

/** Where the parts of one store are, and the process that uses it. Only `conversations` holds what matters. */
export interface Site {
  readonly directory: string;
  readonly conversations: string;
  readonly index: string;
  readonly locks: string;
  readonly temporary: string;
  readonly host: StoreHost;
}

/** Touches nothing on the disk. */
export function siteOf(directory: string, host: StoreHost): Site {
  return {
    directory,
    conversations: join(directory, 'conversations'),
    index: join(directory, 'index'),
    locks: join(directory, 'locks'),
    temporary: join(directory, 'tmp'),
    host,
  };
}

export function pathOf(site: Site, file: string): string {
  return `${site.conversations}${sep}${file}.json`;
}

/** The folder of a shard. No `join`: a list asks for all of them, and normalising costs more than looking. */
export function folderOf(site: Site, shard: string): string {
  return `${site.conversations}${sep}${shard}`;
}

/** Names a file that nobody else will ever name, and that tells whose it was. */
export function temporaryPath(site: Pick<Site, 'host'>, folder: string): string {
  return join(folder, `.tmp-${site.host.pid}-${randomToken()}`);
}

export function randomToken(): string {
  return (Math.random().toString(36).slice(2, 10) + Math.random().toString(36).slice(2, 10)).padEnd(16, '0');
}

/** Makes a folder of things that can be thrown away at any time, and keeps git out of it. */
export function makeScratch(path: string): void {
  if (makeFolders(path) === undefined) return;
  writeFileSync(join(path, '.gitignore'), '*\n');
}

/** Does something in a folder of that kind, which is made when it turns out to be missing: mostly it is there. */
export function inScratch<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw error;
  }
  makeScratch(path);
  return action();
}
