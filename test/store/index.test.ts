import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeHost } from '../../src/platform/store-host.ts';
import { renderEnvelope } from '../../src/store/envelope.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import {
  envelope,
  freshDirectory,
  listedIds,
  listing,
  openExample,
  pathIn,
  placeByHand,
  summarise,
} from './example.ts';

const DEAD_PID = 2 ** 30;

/** Later ids are newer; `size` is roughly what each takes in the index. */
function numbered(index: number, size = 0): ReturnType<typeof envelope> {
  const id = `n${String(index).padStart(4, '0')}`;
  const created_at = new Date(1.7e12 + index * 1000).toISOString();
  return envelope(id, { title: id, created_at, metadata: { filler: 'x'.repeat(size) } });
}

function newestIds(count: number, total: number): string[] {
  return Array.from({ length: count }, (_, index) => numbered(total - 1 - index).id);
}

async function filled(directory: string, count: number, size = 0): Promise<Store> {
  const store = openExample(directory);
  for (let index = 0; index < count; index++) await store.create(numbered(index, size));
  return store;
}

/** A store that counts how many files had to be read and summed up. */
function counting(directory: string): { readonly store: Store; readonly count: () => number } {
  let calls = 0;
  const store = openStore({
    directory,
    host: storeHost(),
    summarise: (content) => {
      calls += 1;
      return summarise(content);
    },
  });
  return { store, count: () => calls };
}

/** Makes everything look as if nothing had happened for a while, and the index know it. */
async function settle(directory: string, store: Store): Promise<void> {
  const folder = join(directory, 'conversations');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const past = Date.now() / 1000 - 100 - Math.random();
    utimesSync(join(folder, name), past, past);
  }
  await listing(store);
}

function snapshotOf(directory: string): string {
  return join(directory, 'index', 'snapshot.v1.ndjson');
}

describe('the index', () => {
  it('knows what this store did without reading a file again', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 30);
    await store.update('n0029', () => numbered(29));
    await store.remove('n0028');
    const { store: other, count } = counting(directory);
    expect(await listedIds(other, undefined, 3)).toEqual(['n0029', 'n0027', 'n0026']);
    expect(count()).toBe(0);
  });

  it('knows it from a snapshot too, and what came after', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 30, 5000);
    expect(await listedIds(store, undefined, 3)).toEqual(newestIds(3, 30));
    expect(existsSync(snapshotOf(directory))).toBe(true);
    await store.create(numbered(30));
    await store.remove('n0029');
    const { store: other, count } = counting(directory);
    expect(await listedIds(other, undefined, 3)).toEqual(['n0030', 'n0028', 'n0027']);
    expect(await listedIds(other)).toHaveLength(30);
    expect(count()).toBe(0);
  });

  it('reads only what is new when something was put there without a word', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 30, 5000);
    await settle(directory, store);
    await placeByHand(directory, numbered(99));
    const { store: other, count } = counting(directory);
    expect(await listedIds(other, undefined, 2)).toEqual(['n0099', 'n0029']);
    expect(count()).toBe(1);
  });

  it('finds what was edited in place when it comes up, once and at its new place', async () => {
    const directory = freshDirectory();
    // Both live in one shard.
    const [one, two] = ['c4', 'c62'];
    const store = openExample(directory);
    await store.create(envelope(one, { title: 'one', created_at: '2026-01-02T00:00:00Z' }));
    await store.create(envelope(two, { title: 'two', created_at: '2026-01-01T00:00:00Z' }));
    await settle(directory, store);
    const write = async (id: string, title: string, created_at: string) =>
      writeFileSync(await pathIn(directory, id), renderEnvelope(envelope(id, { title, created_at })));
    await write(one, 'one again', '2025-01-01T00:00:00Z');
    await write(two, 'two again', '2026-01-01T00:00:00Z');
    const { summaries } = await listing(store);
    expect(summaries.map(({ title }) => title)).toEqual(['two again', 'one again']);
    expect(await listing(store)).toEqual({ summaries, damaged: [] });
  });

  it('may be taken away, cut or filled with nonsense', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 30, 5000);
    const ids = await listedIds(store);
    const text = readFileSync(snapshotOf(directory), 'utf8');
    const spoils: (() => void)[] = [
      () => truncateSync(snapshotOf(directory), 1000),
      () => writeFileSync(snapshotOf(directory), text.replaceAll('"n0017"', '1234567')),
      () => writeFileSync(snapshotOf(directory), text.replaceAll(/\["n00/g, '{"n00')),
      () => writeFileSync(snapshotOf(directory), text.replaceAll(/"tail":"/g, '"tail":"!')),
      () => writeFileSync(snapshotOf(directory), `{}${'0'.repeat(16)}\n`),
      () =>
        writeFileSync(
          join(directory, 'index', 'log.v1.ndjson'),
          '\n[]\n{"op":"put"}\n{"op":"scan","shard":"00"}',
        ),
      () => rmSync(join(directory, 'index'), { recursive: true }),
    ];
    for (const spoil of spoils) {
      spoil();
      expect(await listedIds(store)).toEqual(ids);
      expect(await listedIds(store, undefined, 5)).toEqual(ids.slice(0, 5));
      writeFileSync(snapshotOf(directory), text);
    }
  });

  it('is no reason to fail where it cannot be written', async () => {
    const directory = freshDirectory();
    mkdirSync(directory);
    writeFileSync(join(directory, 'index'), 'in the way');
    const store = await filled(directory, 5);
    expect(await listedIds(store)).toEqual(newestIds(5, 5));
    expect(await listedIds(store, { sort: 'title', order: 'asc' }, 1)).toEqual(['n0000']);
  });

  it('may be copied along with the rest, older or newer than it', async () => {
    const [directory, copy] = [freshDirectory(), freshDirectory()];
    const store = await filled(directory, 30, 5000);
    await settle(directory, store);
    cpSync(directory, copy, { recursive: true, preserveTimestamps: true });
    await store.create(numbered(30));
    await store.remove('n0029');
    expect(await listedIds(openExample(copy))).toEqual(newestIds(30, 30));
    cpSync(join(directory, 'conversations'), join(copy, 'conversations'), { recursive: true });
    expect(await listedIds(openExample(copy))).toEqual(newestIds(31, 31));
    cpSync(join(copy, 'index'), join(directory, 'index'), { recursive: true });
    expect(await listedIds(store)).toEqual(newestIds(31, 31).filter((id) => id !== 'n0029'));
  });

  it('throws a long log away once a snapshot covers it', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 3);
    const log = join(directory, 'index', 'log.v1.ndjson');
    writeFileSync(log, `${readFileSync(log, 'utf8')}${`\n${'x'.repeat(9000)}\n`.repeat(500)}`);
    expect(await listedIds(store)).toEqual(newestIds(3, 3));
    expect(existsSync(log)).toBe(false);
    await store.create(numbered(3));
    expect(statSync(log).size).toBeLessThan(1000);
    const { store: other, count } = counting(directory);
    expect(await listedIds(other)).toEqual(newestIds(4, 4));
    expect(count()).toBe(0);
  });

  it('may be rewritten by many lists at once, while others write', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 20, 5000);
    const later = Array.from({ length: 20 }, (_, index) => store.create(numbered(20 + index, 5000)));
    const lists = Array.from({ length: 8 }, () => listedIds(openExample(directory)));
    const known = newestIds(20, 20);
    for (const ids of await Promise.all(lists)) expect(ids.slice(-20)).toEqual(known);
    await Promise.all(later);
    expect(await listedIds(store)).toEqual(newestIds(40, 40));
  });

  it('shows what changes between two rows as it is by then', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 5);
    const titles: (string | null)[] = [];
    for await (const { id, title } of store.list({ sort: 'created', order: 'desc', damaged: () => {} })) {
      titles.push(title);
      if (id !== 'n0004') continue;
      await store.update('n0001', ({ record }) => envelope('n0001', { ...record, title: 'changed' }));
      await store.remove('n0002');
    }
    expect(titles).toEqual(['n0004', 'n0003', 'changed', 'n0000']);
  });
});

describe('what killed processes leave', () => {
  it('is never read, and swept if it is old and its owner dead', async () => {
    const directory = freshDirectory();
    const store = await filled(directory, 1);
    const shard = join(await pathIn(directory, 'n0000'), '..');
    const [dead, young, ours] = [`.tmp-${DEAD_PID}-a`, `.tmp-${DEAD_PID}-b`, `.tmp-${process.pid}-c`];
    for (const folder of [shard, join(directory, 'tmp'), join(directory, 'locks')]) {
      for (const name of [dead, young, ours]) writeFileSync(join(folder, name), '{"format"');
      const past = Date.now() / 1000 - 3600;
      for (const name of [dead, ours]) utimesSync(join(folder, name), past, past);
    }
    const lock = { pid: DEAD_PID, host: storeHost().hostName, started: null, token: 'left' };
    writeFileSync(join(directory, 'locks', 'f00'), JSON.stringify(lock));
    expect(await listing(store)).toMatchObject({ summaries: [{ id: 'n0000' }], damaged: [] });
    for (const folder of [shard, join(directory, 'tmp'), join(directory, 'locks')]) {
      const left = readdirSync(folder).filter((name) => !name.endsWith('.json') && name !== '.gitignore');
      expect(left).toEqual([young, ours].toSorted());
    }
  });
});
