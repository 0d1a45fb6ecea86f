import { constants } from 'node:fs';
import { access, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Failure } from '../core/errors.ts';

/**
 * Puts a whole file in place, so that nobody ever reads half of it; a device or a pipe is written to as it is,
 * and not opened for nothing, as a pipe then waits for its reader.
 * @throws Failure `unreadable`, naming the file, if it cannot be written.
 */
export async function writeWhole(path: string, text: string): Promise<void> {
  try {
    if (await isReplaceable(path)) await replaceFile(path, text);
    else if (text !== '') await writeFile(path, text);
  } catch (error) {
    throw new Failure('unreadable', `${path} cannot be written: ${reasonOf(error)}`, { cause: error });
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

async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
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
