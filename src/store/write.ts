import {
  chmodSync,
  closeSync,
  existsSync,
  fsync,
  linkSync,
  openSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../core/errors.ts';
import { diskFailure, failedWith, onDisk } from './disk-failure.ts';
import { makeFolders } from './folders.ts';
import { inScratch, type Site, temporaryPath } from './site.ts';

const syncDescriptor = promisify(fsync);

/** Where links are not to be had (FAT, some network and phone file systems). */
const LINKLESS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

export interface Writing {
  readonly text: string;
  /** The folder it goes to, for when a draft elsewhere turns out to be on another file system. */
  readonly folder: string;
  /** Permissions to keep; the usual ones if absent. */
  readonly mode?: number | undefined;
}

/** Moves or links the draft with this path to its name; false if that was not to be. */
export type Place = (draft: string) => Promise<boolean>;

/**
 * Writes a draft that survives a power cut, under a name nobody else uses, and has it placed. What is left of it
 * is removed. Returns what `place` returns.
 */
export async function publish(site: Site, writing: Writing, place: Place): Promise<boolean> {
  try {
    return await publishFrom(site, site.temporary, writing, place);
  } catch (error) {
    if (!failedWith(error, 'EXDEV')) throw error;
    return publishFrom(site, writing.folder, writing, place);
  }
}

async function publishFrom(site: Site, folder: string, writing: Writing, place: Place): Promise<boolean> {
  const path = temporaryPath(site, folder);
  const open = (): number => openSync(path, 'wx');
  try {
    await writeDraft(path, writing, () => {
      if (folder === site.temporary) return inScratch(folder, open);
      makeFolders(folder);
      return open();
    });
    return await place(path);
  } finally {
    discard(path);
  }
}

async function writeDraft(path: string, { text, mode }: Writing, open: () => number): Promise<void> {
  try {
    const descriptor = open();
    try {
      writeFileSync(descriptor, text);
      if (mode !== undefined) chmodSync(path, mode);
      await syncDescriptor(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw diskFailure(error, path);
  }
}

/** Gives a draft its name if nobody has it: false if somebody has. Callers hold the lock of that name. */
export function placeNew(draft: string, target: string): boolean {
  try {
    linkSync(draft, target);
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    if (!failedWith(error, ...LINKLESS)) throw placeFailure(error, target);
  }
  // Without links the lock alone keeps others of us away between the look and the move.
  return !existsSync(target) && placeOver(draft, target);
}

/** Gives a draft its name, in place of what had it. Always true. */
export function placeOver(draft: string, target: string): boolean {
  try {
    renameSync(draft, target);
    return true;
  } catch (error) {
    throw placeFailure(error, target);
  }
}

function placeFailure(error: unknown, target: string): unknown {
  return failedWith(error, 'EXDEV') ? error : diskFailure(error, target);
}

/** Removes a file if it is there; what cannot be removed stays. */
export function discard(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // It was renamed or swept: either way it is gone.
  }
}

/** Makes a folder; returns the folders above it whose names are to be made durable: none if it was there. */
export function makeFolder(path: string): string[] {
  const first = onDisk(path, () => makeFolders(path));
  const above: string[] = [];
  if (first === undefined) return above;
  for (let folder = dirname(path); folder !== dirname(first); folder = dirname(folder)) above.push(folder);
  return [...above, dirname(first)];
}

/**
 * Makes the names in a folder survive a power cut. A failure is `outcome_unknown`: the change is there to see,
 * and may be gone tomorrow. Systems that cannot do this to a folder (Windows) are trusted to need no such thing.
 */
export async function syncFolder(path: string): Promise<void> {
  try {
    const descriptor = openSync(path, 'r');
    try {
      await syncDescriptor(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (failedWith(error, 'EINVAL', 'EISDIR', 'EPERM', 'EACCES', 'ENOENT', ...LINKLESS)) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('outcome_unknown', `cannot tell whether ${path} was written to the disk: ${reason}`, {
      cause: error,
    });
  }
}
