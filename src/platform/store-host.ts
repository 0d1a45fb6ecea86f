import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { StoreHost } from '../store/site.ts';

/** This process, for the store's locks. */
export function storeHost(): StoreHost {
  let known: string | undefined;
  return {
    pid: process.pid,
    // Only locks ask for it.
    get hostName() {
      known ??= hostName();
      return known;
    },
    isAlive,
    startedAt: (pid) => statusOf(pid)?.startedAt ?? null,
  };
}

/** Containers may share a name but not their pids, hence the namespace. */
function hostName(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function isAlive(pid: number): boolean {
  const status = statusOf(pid);
  if (status !== undefined) return status.state !== 'Z' && status.state !== 'X';
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** State and start time (fields 3 and 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html). */
function statusOf(pid: number): { readonly state: string; readonly startedAt: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The program's name, in parentheses, may hold spaces and parentheses itself.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [state, startedAt] = [fields[0], fields[19]];
    return state === undefined || startedAt === undefined ? undefined : { state, startedAt };
  } catch {
    return undefined;
  }
}
