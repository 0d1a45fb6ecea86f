import type * as fs from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { envelope, freshDirectory, listedIds, openExample } from './example.ts';

/** How the file system under test differs from a usual one. */
const quirks = vi.hoisted(() => ({ links: 'usual', temporary: 'usual', writes: 'usual' }));

function diskError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

function crosses(from: unknown): boolean {
  return quirks.temporary === 'elsewhere' && String(from).includes(join('data', 'tmp'));
}

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const linkSync: typeof fs.linkSync = (from, to) => {
    if (quirks.links === 'missing') throw diskError('EPERM', 'link');
    if (crosses(from)) throw diskError('EXDEV', 'link');
    real.linkSync(from, to);
  };
  const renameSync: typeof fs.renameSync = (from, to) => {
    if (crosses(from)) throw diskError('EXDEV', 'rename');
    real.renameSync(from, to);
  };
  const writeFileSync: typeof fs.writeFileSync = (file, ...rest) => {
    if (quirks.writes !== 'usual' && typeof file === 'number') throw diskError(quirks.writes, 'write');
    real.writeFileSync(file, ...rest);
  };
  return { ...real, linkSync, renameSync, writeFileSync };
});

beforeEach(() => {
  Object.assign(quirks, { links: 'usual', temporary: 'usual', writes: 'usual' });
});

async function exercise(directory: string): Promise<void> {
  const store = openExample(directory);
  const attempts = Array.from({ length: 8 }, (_, n) => store.create(envelope('a', { n })));
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await store.update('a', () => envelope('a', { n: 0 }));
  const increment = () => store.update('a', ({ record }) => envelope('a', { n: Number(record['n']) + 1 }));
  await Promise.all(Array.from({ length: 8 }, increment));
  expect((await store.read('a'))?.record).toEqual({ n: 8 });
  expect(await listedIds(store)).toEqual(['a']);
  expect(await store.remove('a')).toBe(true);
  const left = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => name.includes('.tmp-') || name.endsWith('.json'))).toEqual([]);
  expect(readdirSync(join(directory, 'locks'))).toEqual(['.gitignore']);
}

describe('a store', () => {
  it('does without hard links', async () => {
    quirks.links = 'missing';
    await exercise(freshDirectory());
  });

  it('does with conversations on another file system than its own', async () => {
    quirks.temporary = 'elsewhere';
    await exercise(freshDirectory());
  });

  it.each([
    ['ENOSPC', 'unavailable', 'no space is left'],
    ['EROFS', 'not_allowed', 'the file system is read-only'],
    ['EACCES', 'not_allowed', 'permission denied'],
    ['EIO', 'internal', 'EIO: write'],
  ])('says of %s that it is %s, names the path and changes nothing', async (code, failure, reason) => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a', { n: 1 }));
    quirks.writes = code;
    const expected = {
      code: failure,
      message: expect.stringMatching(`^cannot use ${directory}.*: ${reason}$`),
    };
    await expect(store.create(envelope('b'))).rejects.toMatchObject(expected);
    await expect(store.update('a', () => envelope('a', { n: 2 }))).rejects.toMatchObject(expected);
    quirks.writes = 'usual';
    expect(await listedIds(store)).toEqual(['a']);
    expect((await store.read('a'))?.record).toEqual({ n: 1 });
    expect(readdirSync(join(directory, 'tmp'))).toEqual(['.gitignore']);
  });
});
