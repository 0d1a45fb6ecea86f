import { linkSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Failure } from '../core/errors.ts';
import { isObject } from '../core/json.ts';
import { diskFailure, failedWith } from './disk-failure.ts';
import { digestOf } from './names.ts';
import { inScratch, randomToken, type Site, type StoreHost, temporaryPath } from './site.ts';
import { discard } from './write.ts';

const PATIENCE_MS = 10_000;
/** What another host holds longer than this is taken for abandoned: nobody here can ask whether its owner lives. */
const FOREIGN_MS = 10_000;
/** So often a lock that is held for long is made young again. */
const RENEWAL_MS = 2_500;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly started: string | null;
  readonly token: string;
}

/** What the file of a lock says. Without an owner it was half written, which only happens where links are missing. */
interface Lock {
  readonly owner: Owner | undefined;
  readonly token: string;
  readonly ageMs: number;
}

/**
 * Runs `action` while nobody else runs one for this id, in this process or another. Waits for others up to ten
 * seconds, then throws `unavailable`. The lock of a dead process is taken over at once.
 */
export async function withLock<T>(site: Site, id: string, action: () => Promise<T>): Promise<T> {
  const path = join(site.locks, (await digestOf(id)).slice(0, 32));
  return inTurn(path, async () => {
    const lock = { path, host: site.host, patience: PATIENCE_MS, held: heldBy(id) };
    return holding(lock, await acquire(lock), action);
  });
}

/** A lock that is a file of its own. */
export interface FileLock {
  readonly path: string;
  readonly host: StoreHost;
  /** Milliseconds to wait for others. */
  readonly patience: number;
  /** What to throw if others still hold it then; `holder` is in prose: `process 4242`. */
  readonly held: (holder: string) => Failure;
}

/** The same for something that may take hours: the lock is renewed, so that nobody takes it for abandoned. */
export async function withFileLock<T>(lock: FileLock, action: () => Promise<T>): Promise<T> {
  const token = await acquire(lock);
  const renewal = setInterval(() => renew(lock.path, token), RENEWAL_MS);
  renewal.unref();
  try {
    return await holding(lock, token, action);
  } finally {
    clearInterval(renewal);
  }
}

async function holding<T>({ path }: FileLock, token: string, action: () => Promise<T>): Promise<T> {
  const since = Date.now();
  try {
    return await action();
  } finally {
    // After a long sleep of this machine another host may have taken it over.
    const isOurs = Math.abs(Date.now() - since) < FOREIGN_MS / 2 || lockAt(path)?.token === token;
    if (isOurs) discard(path);
  }
}

function renew(path: string, token: string): void {
  try {
    const now = new Date();
    if (lockAt(path)?.token === token) utimesSync(path, now, now);
  } catch {
    // It is gone, or cannot be touched: other hosts may take it over, as they may have done already.
  }
}

const queues = new Map<string, Promise<unknown>>();

/** Those of this process stand in a queue, and only its head asks the disk: else each would look again and again. */
async function inTurn<T>(path: string, action: () => Promise<T>): Promise<T> {
  const before = queues.get(path) ?? Promise.resolve();
  const own = before.then(action, action);
  const settled = own.catch(() => undefined);
  queues.set(path, settled);
  try {
    return await own;
  } finally {
    if (queues.get(path) === settled) queues.delete(path);
  }
}

async function acquire({ path, host, patience, held }: FileLock): Promise<string> {
  const deadline = Date.now() + patience;
  for (let attempt = 1; ; attempt++) {
    const token = claim(host, path);
    if (token !== undefined) return token;
    const lock = lockAt(path);
    if (lock !== undefined && isAbandoned(host, lock) && breakLock(host, path, lock)) continue;
    if (Date.now() > deadline) throw held(holderOf(lock));
    await pause(Math.random() * Math.min(2 ** attempt, 25));
  }
}

/** The token of the lock that was made, or undefined if there is one. The link makes it appear whole or not at all. */
function claim(host: StoreHost, path: string): string | undefined {
  const { pid, hostName, startedAt } = host;
  const token = randomToken();
  const text = JSON.stringify({ pid, host: hostName, started: startedAt(pid), token } satisfies Owner);
  try {
    return linkText(host, path, text) ? token : undefined;
  } catch (error) {
    throw diskFailure(error, path);
  }
}

function linkText(host: StoreHost, path: string, text: string): boolean {
  const folder = dirname(path);
  const draft = temporaryPath({ host }, folder);
  try {
    inScratch(folder, () => writeFileSync(draft, text, { flag: 'wx' }));
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    if (!failedWith(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    return writeExclusively(path, text);
  } finally {
    discard(draft);
  }
}

function writeExclusively(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Removes the lock of a dead owner, and never the one that followed it. Only who makes the guard named after this
 * very lock may remove it; whoever makes that guard again later finds another lock there, and leaves it. A guard
 * whose maker died is a dead lock itself. False if it is still there.
 */
function breakLock(host: StoreHost, path: string, dead: Lock): boolean {
  const guard = `${path}-${dead.token}`;
  const token = claim(host, guard);
  if (token === undefined) {
    const holder = lockAt(guard);
    return holder !== undefined && isAbandoned(host, holder) && breakLock(host, guard, holder);
  }
  if (lockAt(path)?.token === dead.token) discard(path);
  discard(guard);
  return lockAt(path)?.token !== dead.token;
}

/** Removes the locks that dead processes of this host left. Never fails. */
export function breakDeadLocks(site: Site): void {
  try {
    for (const name of readdirSync(site.locks).filter((entry) => !entry.startsWith('.'))) {
      const path = join(site.locks, name);
      const lock = lockAt(path);
      if (lock?.owner?.host === site.host.hostName && isAbandoned(site.host, lock))
        breakLock(site.host, path, lock);
    }
  } catch {
    // No locks yet, or none that we may touch: who needs one will see.
  }
}

function lockAt(path: string): Lock | undefined {
  try {
    const owner = ownerIn(readFileSync(path, 'utf8'));
    return { owner, token: owner?.token ?? 'torn', ageMs: Date.now() - statSync(path).mtimeMs };
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw diskFailure(error, path);
  }
}

function ownerIn(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return undefined;
    const { pid, host, started, token } = value;
    if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return undefined;
    return /^\w{1,32}$/.test(token)
      ? { pid, host, started: typeof started === 'string' ? started : null, token }
      : undefined;
  } catch {
    return undefined;
  }
}

function isAbandoned(host: StoreHost, { owner, ageMs }: Lock): boolean {
  if (owner === undefined || owner.host !== host.hostName) return ageMs > FOREIGN_MS;
  if (!host.isAlive(owner.pid)) return true;
  const started = host.startedAt(owner.pid);
  return started !== null && owner.started !== null && started !== owner.started;
}

function holderOf(lock: Lock | undefined): string {
  return lock?.owner === undefined ? 'another process' : `process ${lock.owner.pid}`;
}

function heldBy(id: string): FileLock['held'] {
  return (holder) =>
    new Failure('unavailable', `conversation ${JSON.stringify(id)} is being changed by ${holder}`, {
      hint: 'try again when it has finished',
      busy: true,
    });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
