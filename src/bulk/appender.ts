import { closeSync, fdatasync, fstatSync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { diskFailure } from '../store/disk-failure.ts';
import { readPart } from '../store/lines.ts';
import { syncFolder } from '../store/write.ts';

const syncData = promisify(fdatasync);
const LINE_FEED = 10;

/** Adds lines to the end of a file. */
export interface Appender {
  /** The file, for reading what stands in it. */
  readonly descriptor: number;
  /** Where the first line begins that is added, in bytes. */
  readonly start: number;
  /**
   * Adds a line, for good when this resolves, with where it begins; lines of concurrent callers are written and synced
   * together.
   */
  readonly durably: (line: string) => Promise<number>;
  /**
   * Hands a line over; it survives the end of this process, and is on the disk with the next durable one. Where it
   * begins comes back; undefined if it could not be written, which who writes next, or closes, is told.
   */
  readonly soon: (line: string) => number | undefined;
  /** Writes what is left and closes the file. @throws Failure if anything could not be written since it was opened. */
  readonly close: () => Promise<void>;
  /** Why nothing can be written any more; undefined while all is well. */
  readonly trouble: () => Error | undefined;
}

interface Waiter {
  readonly line: string;
  readonly resolve: (at: number) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens a file for adding, and makes it if it is not there; its folder is. A new one begins with `header`.
 * @throws Failure that names the file
 */
export async function openAppender(path: string, folder: string, header: string): Promise<Appender> {
  const descriptor = onOpen(path, header);
  await syncFolder(folder);
  const waiting: Waiter[] = [];
  let flushing: Promise<void> | undefined;
  let trouble: Error | undefined;
  const start = fstatSync(descriptor).size;
  let end = start;
  /** Where the text begins comes back. */
  const write = (text: string): number => {
    if (trouble !== undefined) throw trouble;
    try {
      const at = end;
      end += writeWhole(descriptor, text);
      return at;
    } catch (error) {
      trouble = troubleOf(error, path);
      throw trouble;
    }
  };
  const flush = async (): Promise<void> => {
    // Whoever asks in the same turn of the loop shares the sync.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.splice(0);
      try {
        let at = write(batch.map(({ line }) => line).join(''));
        await syncData(descriptor);
        for (const { line, resolve } of batch) {
          resolve(at);
          at += Buffer.byteLength(line);
        }
      } catch (error) {
        trouble ??= troubleOf(error, path);
        for (const { reject } of batch) reject(trouble);
      }
    }
    flushing = undefined;
  };
  return {
    descriptor,
    start,
    durably: (line) =>
      new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject });
        flushing ??= flush();
      }),
    soon(line) {
      try {
        return write(line);
      } catch {
        return undefined;
      }
    },
    async close() {
      await flushing;
      closeSync(descriptor);
      if (trouble !== undefined) throw trouble;
    },
    trouble: () => trouble,
  };
}

function troubleOf(error: unknown, path: string): Error {
  const failure = diskFailure(error, path);
  return failure instanceof Error ? failure : new Error(String(failure), { cause: error });
}

function onOpen(path: string, header: string): number {
  try {
    const descriptor = openSync(path, 'a+');
    const { size } = fstatSync(descriptor);
    const begins = readPart(descriptor, 0, Math.min(size, header.length)).toString();
    // A line that was cut off must not swallow the next one.
    if (size < header.length && header.startsWith(begins)) writeWhole(descriptor, header.slice(size));
    else if (readPart(descriptor, size - 1, size)[0] !== LINE_FEED) writeWhole(descriptor, '\n');
    return descriptor;
  } catch (error) {
    throw diskFailure(error, path);
  }
}

/** A full disk may take a part of it only. How many bytes it is comes back. */
function writeWhole(descriptor: number, text: string): number {
  const bytes = Buffer.from(text);
  for (let sent = 0; sent < bytes.length; ) sent += writeSync(descriptor, bytes, sent);
  return bytes.length;
}
