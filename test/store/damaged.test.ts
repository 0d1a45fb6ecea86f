import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseEnvelope, renderEnvelope } from '../../src/store/envelope.ts';
import type { DamagedFile } from '../../src/store/index.ts';
import { envelope, freshDirectory, listedIds, listing, openExample, pathIn, placeByHand } from './example.ts';

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
