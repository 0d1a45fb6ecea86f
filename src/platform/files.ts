import { randomUUID } from 'node:crypto';
import { constants, rmSync } from 'node:fs';
import { access, type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Failure } from '../core/errors.ts';
import type { NewFile } from '../output/sink.ts';

/** Where the bytes of a file go, and what becomes of them in the end. */
export interface Target {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly finish: () => Promise<void>;
  readonly abandon: () => Promise<void>;
}

/**
 * A file that is written beside its place and put there as a whole, so that nobody ever reads half of it; compressed
 * if its name ends in `.gz`. A device or a pipe is written to as it is, and not opened for nothing, as a pipe then
 * waits for its reader. @throws Failure `unreadable`, naming the file, if it cannot be written, then and later.
 */
export async function createFile(path: string): Promise<NewFile> {
  const naming = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure('unreadable', `${path} cannot be written: ${reasonOf(error)}`, { cause: error });
    }
  };
  const target = await naming(() => openTarget(path));
  let isBroken = false;
  const write = async (bytes: Uint8Array): Promise<void> => {
    try {
      await target.write(bytes);
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
  return {
    write: (text) => naming(() => write(typeof text === 'string' ? Buffer.from(text) : text)),
    // What was cut off takes the place of nothing; that it was cut off has been said.
    finish: () => naming(isBroken ? target.abandon : target.finish),
    abandon: () => target.abandon(),
  };
}

async function openTarget(path: string): Promise<Target> {
  const target = (await isReplaceable(path)) ? await openReplacement(path) : openDevice(path);
  if (!/\.gz$/i.test(path)) return target;
  const { compressed } = await import('./gzip.ts');
  return compressed(target);
}

/** How many bytes a file has; undefined for what is no file, or cannot be looked at. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const stats = await stat(path);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}

/** Whether there is something at a path, and whether it can be written; or made, where there is nothing. */
export async function accessTo(
  path: string,
): Promise<{ readonly exists: boolean; readonly writable: boolean }> {
  if (await may(path, constants.F_OK)) return { exists: true, writable: await may(path, constants.W_OK) };
  let above = dirname(path);
  while (dirname(above) !== above && !(await may(above, constants.F_OK))) above = dirname(above);
  // Something can be made in a directory, not in a file that is in its place.
  return { exists: false, writable: (await stat(above)).isDirectory() && (await may(above, constants.W_OK)) };
}

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function isReplaceable(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

async function openReplacement(named: string): Promise<Target> {
  const path = await behindLinks(named);
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  const file = await open(temporary, 'wx');
  let isOver = false;
  const remove = (): void => rmSync(temporary, { force: true });
  // A program that is told to stop may have no time to end well.
  process.once('exit', remove);
  const end = async (): Promise<void> => {
    isOver = true;
    process.off('exit', remove);
    await file.close();
  };
  const abandon = async (): Promise<void> => {
    if (isOver) return;
    await rm(temporary, { force: true });
    await end();
  };
  await keepMode(path, file).catch(async (error: unknown) => {
    await abandon();
    throw error;
  });
  return {
    write: (bytes) => file.writeFile(bytes),
    abandon,
    async finish() {
      try {
        await rename(temporary, path);
      } catch (error) {
        await abandon();
        throw error;
      }
      await end();
    },
  };
}

/** Who may read and write what is there now, may read and write what takes its place. */
async function keepMode(path: string, file: FileHandle): Promise<void> {
  const mode = await modeOf(path);
  if (mode !== undefined) await file.chmod(mode);
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode & 0o7777;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where a link leads, also if there is nothing yet: the link stays one. */
async function behindLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const next = await readlink(path).catch(() => undefined);
    return next === undefined ? path : resolve(dirname(path), next);
  }
}

function openDevice(path: string): Target {
  let file: FileHandle | undefined;
  const close = async (): Promise<void> => {
    const opened = file;
    file = undefined;
    await opened?.close();
  };
  return {
    async write(bytes) {
      file ??= await open(path, 'w');
      await file.writeFile(bytes);
    },
    finish: close,
    abandon: close,
  };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on device',
};

function reasonOf(error: unknown): string {
  return reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
