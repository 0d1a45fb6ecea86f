import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { withLock } from '../../src/store/lock.ts';
import { digestOf } from '../../src/store/names.ts';
import { type Site, type StoreHost, siteOf } from '../../src/store/site.ts';
import { freshDirectory } from './example.ts';

const LIVING = 4242;
const DEAD = 4343;

const host: StoreHost = {
  pid: LIVING,
  hostName: 'here',
  isAlive: (pid) => pid === LIVING,
  startedAt: (pid) => (pid === LIVING ? '100' : null),
};

async function lockPath(site: Site, id: string): Promise<string> {
  return join(site.locks, (await digestOf(id)).slice(0, 32));
}

interface Left {
  readonly pid: number;
  readonly host?: string;
  readonly started?: string | null;
  readonly token?: string;
}

/** A site on which somebody left a lock on conversation `a`. */
async function siteWithLock({
  pid,
  host: name = 'here',
  started = null,
  token = 'left',
}: Left): Promise<Site> {
  const site = siteOf(freshDirectory(), host);
  mkdirSync(site.locks, { recursive: true });
  writeFileSync(await lockPath(site, 'a'), JSON.stringify({ pid, host: name, started, token }));
  return site;
}

function locksIn(site: Site): string[] {
  return readdirSync(site.locks).filter((name) => name !== '.gitignore');
}

/** Runs many at once on one conversation; resolves to the most that ever ran together. */
async function crowd(site: Site, size: number): Promise<number> {
  let inside = 0;
  let most = 0;
  const one = () =>
    withLock(site, 'a', async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      inside -= 1;
    });
  await Promise.all(Array.from({ length: size }, one));
  return most;
}

describe('withLock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets one at a time in, and leaves nothing behind', async () => {
    const site = siteOf(freshDirectory(), host);
    expect(await crowd(site, 20)).toBe(1);
    expect(locksIn(site)).toEqual([]);
  });

  it('gives the lock back when the action fails', async () => {
    const site = siteOf(freshDirectory(), host);
    await expect(withLock(site, 'a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(site, 'a', () => Promise.resolve('yes'))).toBe('yes');
  });

  it('does not make one conversation wait for another', async () => {
    const site = siteOf(freshDirectory(), host);
    expect(await withLock(site, 'a', () => withLock(site, 'b', () => Promise.resolve('both')))).toBe('both');
  });

  it('takes the lock of a dead process over, one of many takers at a time', async () => {
    const site = await siteWithLock({ pid: DEAD });
    expect(await crowd(site, 20)).toBe(1);
    expect(locksIn(site)).toEqual([]);
  });

  it('takes it over when another took it over and died doing so', async () => {
    const site = await siteWithLock({ pid: DEAD });
    const guard = { pid: DEAD, host: 'here', started: null, token: 'guard' };
    writeFileSync(`${await lockPath(site, 'a')}-left`, JSON.stringify(guard));
    expect(await crowd(site, 20)).toBe(1);
    expect(locksIn(site)).toEqual([]);
  });

  it('leaves the lock of who was quicker to take it over', async () => {
    const site = await siteWithLock({ pid: DEAD });
    const path = await lockPath(site, 'a');
    const living = JSON.stringify({ pid: LIVING, host: 'here', started: '100', token: 'quicker' });
    const isAlive = (pid: number) => {
      // The other one does it all between our look at the lock and our taking it.
      if (pid === DEAD) writeFileSync(path, living);
      return pid === LIVING;
    };
    let entered = false;
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    const waiting = withLock({ ...site, host: { ...host, isAlive } }, 'a', async () => {
      entered = true;
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(entered).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe(living);
    rmSync(path);
    await vi.advanceTimersByTimeAsync(2000);
    await waiting;
  });

  it('leaves a dead lock to who is just taking it over', async () => {
    const site = await siteWithLock({ pid: DEAD });
    const path = await lockPath(site, 'a');
    writeFileSync(
      `${path}-left`,
      JSON.stringify({ pid: LIVING, host: 'here', started: '100', token: 'guard' }),
    );
    let entered = false;
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    const waiting = withLock(site, 'a', async () => {
      entered = true;
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(entered).toBe(false);
    rmSync(path);
    rmSync(`${path}-left`);
    await vi.advanceTimersByTimeAsync(2000);
    await waiting;
  });

  it('knows a dead process although its pid was given to another', async () => {
    const site = await siteWithLock({ pid: LIVING, started: '99' });
    expect(await withLock(site, 'a', () => Promise.resolve('in'))).toBe('in');
  });

  it.each([
    ['a living process', { pid: LIVING, started: '100' }],
    ['a living process of which nothing more is known', { pid: LIVING }],
  ])('waits ten seconds for %s, then says who holds the conversation', async (_, left) => {
    const site = await siteWithLock(left);
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    const refused = expect(withLock(site, 'a', () => Promise.resolve('in'))).rejects.toMatchObject({
      code: 'unavailable',
      exitCode: 8,
      message: `conversation "a" is being changed by process ${LIVING}`,
    });
    for (let second = 0; second < 12; second++) await vi.advanceTimersByTimeAsync(1000);
    await refused;
    expect(locksIn(site)).toHaveLength(1);
  });

  it.each([
    ['of another host', JSON.stringify({ pid: LIVING, host: 'there', started: '100', token: 'left' })],
    ['that was only half written', '{"pid":'],
  ])('takes over a lock %s once it is older than ten seconds', async (_, text) => {
    const site = await siteWithLock({ pid: LIVING });
    const path = await lockPath(site, 'a');
    writeFileSync(path, text);
    const past = Date.now() / 1000 - 11;
    utimesSync(path, past, past);
    expect(await withLock(site, 'a', () => Promise.resolve('in'))).toBe('in');
  });

  it('waits for a young lock of another host', async () => {
    const site = await siteWithLock({ pid: DEAD, host: 'there' });
    let entered = false;
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout'] });
    const waiting = withLock(site, 'a', async () => {
      entered = true;
    });
    for (let second = 0; second < 9; second++) await vi.advanceTimersByTimeAsync(1000);
    expect(entered).toBe(false);
    for (let second = 0; second < 2; second++) await vi.advanceTimersByTimeAsync(1000);
    await waiting;
  });
});
