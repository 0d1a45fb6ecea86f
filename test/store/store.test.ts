import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/core/json.ts';
import { parseEnvelope, renderEnvelope } from '../../src/store/envelope.ts';
import type { DamagedFile } from '../../src/store/index.ts';
import { envelope, freshDirectory, listedIds, listing, openExample, pathIn, placeByHand } from './example.ts';

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

describe('a damaged file', () => {
  const cases: [string, string, RegExp][] = [
    ['cut off', '{"format":"example","id":"a","rec', /not JSON.*line 1/],
    ['empty', '', /not JSON/],
    ['no object', '[]', /not a JSON object/],
    ['without a record', '{"format":"example","id":"a"}', /"record"/],
    ["somebody else's", renderEnvelope(envelope('b')), /"b"/],
    [
      'with a number that cannot be kept',
      '{"format":"f","id":"a","record":{"n":12345678901234567890}}',
      /12345678901234567890/,
    ],
    ['with a key twice', '{"format":"f","id":"a","id":"a","record":{}}', /exactly/],
    ['with more than an envelope has', '{"format":"f","id":"a","record":{},"note":1}', /"note"/],
  ];

  it.each(cases)(
    'that is %s is named with its path by read, and told of by list and scan',
    async (_, text, reason) => {
      const directory = freshDirectory();
      const store = openExample(directory);
      await store.create(envelope('a'));
      await store.create(envelope('z'));
      const file = await pathIn(directory, 'a');
      writeFileSync(file, text);
      await expect(store.read('a')).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(reason),
      });
      const problem = { file, message: expect.stringMatching(reason) };
      for (const sort of ['created', 'title', 'created'] as const) {
        const { summaries, damaged } = await listing(store, { sort, order: 'desc' });
        expect(summaries.map(({ id }) => id)).toEqual(['z']);
        expect(damaged).toEqual([problem]);
      }
      const damaged: DamagedFile[] = [];
      const ids: string[] = [];
      for await (const { id } of store.scan({ damaged: (found) => damaged.push(found) })) ids.push(id);
      expect({ ids, damaged }).toEqual({ ids: ['z'], damaged: [problem] });
    },
  );

  it('that is not UTF-8 is one', () => {
    expect(parseEnvelope(Buffer.from('{"format":"f","id":"\xff","record":{}}', 'latin1'))).toBe(
      'it is not UTF-8',
    );
  });

  it('is whole again once it was put right', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a'));
    writeFileSync(await pathIn(directory, 'a'), '{');
    expect((await listing(store)).damaged).toHaveLength(1);
    await placeByHand(directory, envelope('a', { title: 'right' }));
    expect(await listing(store)).toMatchObject({ summaries: [{ id: 'a', title: 'right' }], damaged: [] });
  });

  it('is one that cannot be summed up, and it does not stop the others', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('z'));
    const path = await pathIn(directory, 'dir');
    mkdirSync(path, { recursive: true });
    const { summaries, damaged } = await listing(store);
    expect(summaries.map(({ id }) => id)).toEqual(['z']);
    expect(damaged).toEqual([{ file: path, message: expect.stringContaining('directory') }]);
  });
});

describe('a directory that cannot be used', () => {
  it('is named by a failure, whatever is done', async () => {
    const directory = freshDirectory();
    mkdirSync(dirname(directory), { recursive: true });
    writeFileSync(directory, 'a file');
    const store = openExample(directory);
    const failure = { code: 'unreadable', message: expect.stringContaining(directory) };
    await expect(store.create(envelope('a'))).rejects.toMatchObject(failure);
    await expect(store.read('a')).rejects.toMatchObject(failure);
    await expect(store.remove('a')).rejects.toMatchObject(failure);
    await expect(listing(store)).rejects.toMatchObject(failure);
  });

  it.skipIf(process.getuid?.() === 0)('is not allowed when it is read-only, but can be listed', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await placeByHand(directory, envelope('a'));
    chmodSync(directory, 0o555);
    await expect(store.create(envelope('b'))).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await listedIds(store)).toEqual(['a']);
    chmodSync(directory, 0o755);
  });
});
