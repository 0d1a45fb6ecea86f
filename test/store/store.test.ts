import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/core/json.ts';
import { envelope, freshDirectory, listedIds, openExample, pathIn } from './example.ts';

describe('a store that does not exist', () => {
  it('is empty, and reading it makes nothing', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    expect(await store.read('a')).toBeUndefined();
    expect(await store.remove('a')).toBe(false);
    expect(await listedIds(store)).toEqual([]);
    expect(await listedIds(store, { sort: 'title', order: 'asc' })).toEqual([]);
    for await (const found of store.scan({ damaged: () => {} })) expect(found).toBeUndefined();
    expect(existsSync(directory)).toBe(false);
  });
});

describe('create', () => {
  it('writes one readable file that ends with a line feed', async () => {
    const directory = freshDirectory();
    await openExample(directory).create(envelope('a', { title: 'Refund' }));
    const text = readFileSync(await pathIn(directory, 'a'), 'utf8');
    expect(text).toBe(
      '{\n  "format": "example",\n  "id": "a",\n  "record": {\n    "title": "Refund"\n  }\n}\n',
    );
  });

  it('gives back any record as it was, under any id', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    const records = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), records, async (name, content) => {
        const id = `${name}${Math.random()}`;
        const record: Record<string, JsonValue> = JSON.parse(JSON.stringify(content));
        await store.create(envelope(id, record));
        expect(await store.read(id)).toEqual(envelope(id, record));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps __proto__ a key like any other', async () => {
    const store = openExample(freshDirectory());
    const record: Record<string, JsonValue> = JSON.parse('{"__proto__":{"a":1}}');
    await store.create(envelope('__proto__', record));
    expect(JSON.stringify((await store.read('__proto__'))?.record)).toBe('{"__proto__":{"a":1}}');
  });

  it('refuses an id that is there, naming it, and leaves the file alone', async () => {
    const store = openExample(freshDirectory());
    await store.create(envelope('a', { title: 'first' }));
    await expect(store.create(envelope('a', { title: 'second' }))).rejects.toMatchObject({
      code: 'conflict',
      exitCode: 7,
      message: expect.stringContaining('"a"'),
      details: { id: 'a' },
    });
    expect((await store.read('a'))?.record).toEqual({ title: 'first' });
  });

  it('lets exactly one of many creators of an id win', async () => {
    const store = openExample(freshDirectory());
    const attempts = Array.from({ length: 12 }, (_, n) => store.create(envelope('a', { n })));
    const outcomes = await Promise.allSettled(attempts);
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await store.read('a'))?.record).toEqual({ n: winner });
  });

  it('leaves no draft and no lock behind', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a'));
    await expect(store.create(envelope('a'))).rejects.toThrow('already');
    for (const folder of ['tmp', 'locks'])
      expect(readdirSync(join(directory, folder))).toEqual(['.gitignore']);
  });

  it('keeps all but the conversations away from git', async () => {
    const directory = freshDirectory();
    await openExample(directory).create(envelope('a'));
    for (const folder of ['tmp', 'locks', 'index']) {
      expect(readFileSync(join(directory, folder, '.gitignore'), 'utf8')).toBe('*\n');
    }
    expect(readdirSync(directory).toSorted()).toEqual(['conversations', 'index', 'locks', 'tmp']);
  });
});

describe('update', () => {
  it('stores what the edit returns, and returns it', async () => {
    const store = openExample(freshDirectory());
    await store.create(envelope('a', { title: 'first' }));
    const edited = await store.update('a', ({ record }) => envelope('a', { ...record, agent: 'x' }));
    expect(edited).toEqual(envelope('a', { title: 'first', agent: 'x' }));
    expect(await store.read('a')).toEqual(edited);
  });

  it('loses none of many at once', async () => {
    const store = openExample(freshDirectory());
    await store.create(envelope('a', { n: 0 }));
    const increment = () => store.update('a', ({ record }) => envelope('a', { n: Number(record['n']) + 1 }));
    await Promise.all(Array.from({ length: 25 }, increment));
    expect((await store.read('a'))?.record).toEqual({ n: 25 });
  });

  it('says which conversation there is not', async () => {
    const directory = freshDirectory();
    await expect(openExample(directory).update('a', (current) => current)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('"a"'),
    });
  });

  it('changes nothing and frees the conversation when the edit fails', async () => {
    const store = openExample(freshDirectory());
    await store.create(envelope('a', { n: 0 }));
    const failing = store.update('a', () => {
      throw new Error('no such edit');
    });
    await expect(failing).rejects.toThrow('no such edit');
    await store.update('a', () => envelope('a', { n: 1 }));
    expect((await store.read('a'))?.record).toEqual({ n: 1 });
  });

  it.skipIf(process.platform === 'win32')('keeps the permissions of the file', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a'));
    const path = await pathIn(directory, 'a');
    chmodSync(path, 0o600);
    await store.update('a', () => envelope('a', { title: 'x' }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});

describe('remove', () => {
  it('tells whether there was something, and makes room for the id', async () => {
    const store = openExample(freshDirectory());
    await store.create(envelope('a'));
    expect(await store.remove('a')).toBe(true);
    expect(await store.remove('a')).toBe(false);
    expect(await store.read('a')).toBeUndefined();
    await store.create(envelope('a', { title: 'again' }));
    expect(await listedIds(store)).toEqual(['a']);
  });

  it('removes a damaged file too', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a'));
    writeFileSync(await pathIn(directory, 'a'), '{');
    expect(await store.remove('a')).toBe(true);
  });
});
