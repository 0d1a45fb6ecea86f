import { open, rename, rm } from 'node:fs/promises';
import { Failure } from '../core/errors.ts';

/** Puts a whole file in place, so that nobody ever reads half of it. @throws Failure `usage` if it cannot. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('unreadable', `${path} cannot be written: ${reason}`, { cause: error });
  }
}
