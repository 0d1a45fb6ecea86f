import { createHash } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileOf } from '../../src/store/names.ts';

const anyId = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', '\\', '~', '-', ' ', '\ud800', 'é') }),
  fc.constantFrom(
    '',
    '.',
    '..',
    '../../x',
    '/etc/passwd',
    'C:\\x',
    'con',
    'CON',
    'lpt1',
    '__proto__',
    '-rf',
    'a\0b',
  ),
);

describe('fileOf', () => {
  it('never leads out of one folder of 256', async () => {
    await fc.assert(
      fc.asyncProperty(anyId, async (id) => {
        const path = resolve('/store', `${await fileOf(id)}.json`);
        expect(dirname(dirname(path))).toBe('/store');
        expect(basename(dirname(path))).toMatch(/^[0-9a-f]{2}$/);
        expect(basename(path)).toMatch(/^[a-z0-9~][a-z0-9_~-]{0,84}\.json$/);
      }),
    );
  });

  it('gives different ids different files, on file systems that ignore case too', async () => {
    await fc.assert(
      fc.asyncProperty(anyId, anyId, async (left, right) => {
        fc.pre(left !== right);
        expect((await fileOf(left)).toLowerCase()).not.toBe((await fileOf(right)).toLowerCase());
      }),
    );
    expect(await fileOf('\ud800')).not.toBe(await fileOf('\ud801'));
  });

  it('keeps a plain id readable, below the start of its digest', async () => {
    const id = 'conv_01jd7n0s8v9';
    const shard = createHash('sha256').update(id).digest('hex').slice(0, 2);
    expect(await fileOf(id)).toBe(`${shard}/${id}`);
  });

  it.each(['con', 'nul', 'com1', 'lpt9'])(
    'does not call a file %s, which Windows keeps for itself',
    async (id) => {
      expect(await fileOf(id)).toMatch(new RegExp(`^[0-9a-f]{2}/${id}~[0-9a-f]{32}$`));
    },
  );

  it('leaves what is safe of any other id in the name', async () => {
    expect(await fileOf('Team/Chat 7')).toMatch(/^[0-9a-f]{2}\/team-chat-7~[0-9a-f]{32}$/);
  });
});
