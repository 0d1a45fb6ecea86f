import { type BigIntStats, statSync, utimesSync } from 'node:fs';
import { onDisk } from './disk-failure.ts';

/** The mark of a shard that does not exist. */
export const ABSENT = '';
/** The mark of a shard whose state nobody vouches for: never equal to a real one. */
export const UNKNOWN = '?';

const SECOND_NS = 1_000_000_000n;
/** Two changes this close may leave one and the same time behind: the clocks of file systems tick coarsely. */
const TICK_MS = 100;
/** FAT counts in two seconds, some older file systems in one. */
const COARSE_TICK_MS = 2_500;

/** When entries of a folder last came or went. As long as it stays the same, the same files are there. */
export function markOf(folder: string): string {
  const status = statusOf(folder);
  return status === undefined ? ABSENT : status.mtimeNs.toString(36);
}

/**
 * Gives a folder that was just changed a mark of its own, so that whatever changes it next, even within the same
 * tick of the clock, shows. `UNKNOWN` where the file system cannot do that.
 */
export function remark(folder: string): string {
  try {
    const now = (Date.now() + Math.random()) / 1000;
    utimesSync(folder, now, now);
    const { mtimeNs } = statSync(folder, { bigint: true });
    return mtimeNs % SECOND_NS === 0n ? UNKNOWN : mtimeNs.toString(36);
  } catch {
    return UNKNOWN;
  }
}

/** Whether a change from now on would show in the mark of the folder. */
export function isSettled(mark: string): boolean {
  return mark === ABSENT || !isRecent(parseMark(mark));
}

/** Whether the file at `path` is the one that was read: undefined if it is gone, empty if it may still be changing. */
export function stampOf(path: string): string | undefined {
  const status = statusOf(path);
  return status === undefined ? undefined : stampIn(status);
}

/** The stamp to remember for what is read next: empty, and equal to none, if a later change might not show in it. */
export function stampToKeep(path: string): string | undefined {
  return stampAndSize(path)?.text;
}

/** What a file is recognised by, and how large it is. */
export interface Stamp {
  readonly text: string;
  /** In bytes. */
  readonly size: number;
}

/** {@link stampToKeep}, with the size of the file. */
export function stampAndSize(path: string): Stamp | undefined {
  const status = statusOf(path);
  if (status === undefined) return undefined;
  return { text: isRecent(status.mtimeNs) ? '' : stampIn(status), size: Number(status.size) };
}

function statusOf(path: string): BigIntStats | undefined {
  return onDisk(path, () => statSync(path, { bigint: true, throwIfNoEntry: false }));
}

function stampIn({ mtimeNs, size, ino }: BigIntStats): string {
  return `${mtimeNs.toString(36)}-${size.toString(36)}-${ino.toString(36)}`;
}

function isRecent(timeNs: bigint): boolean {
  const tick = timeNs % SECOND_NS === 0n ? COARSE_TICK_MS : TICK_MS;
  return Math.abs(Date.now() - Number(timeNs / 1_000_000n)) < tick;
}

function parseMark(mark: string): bigint {
  let value = 0n;
  for (const digit of mark) value = value * 36n + BigInt(Number.parseInt(digit, 36));
  return value;
}
