import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { readSource } from '../../src/input/source.ts';

const bytes = Uint8Array.of(1, 2);

function failing(code: string, message = code): () => Promise<Uint8Array> {
  return () => Promise.reject(Object.assign(new Error(message), { code }));
}

async function failureOf(path: string, read: () => Promise<Uint8Array>): Promise<Failure> {
  const failure: unknown = await readSource(path, { readFile: read, stdin: read }).catch(
    (error: unknown) => error,
  );
  if (failure instanceof Failure) return failure;
  throw new Error('no Failure was thrown', { cause: failure });
}

describe('readSource', () => {
  it('reads stdin for - and else the file', async () => {
    const asked: string[] = [];
    const files = {
      readFile: (path: string) => Promise.resolve(Uint8Array.of(asked.push(path))),
      stdin: () => Promise.resolve(bytes),
    };
    expect(await readSource('-', files)).toBe(bytes);
    expect(await readSource('./-', files)).toStrictEqual(Uint8Array.of(1));
    expect(asked).toStrictEqual(['./-']);
  });

  it.each([
    ['ENOENT', 'there is no file a/b.json'],
    ['ENOTDIR', 'there is no file a/b.json'],
    ['EISDIR', 'a/b.json is a directory, not a file'],
    ['EACCES', 'a/b.json cannot be read: permission denied'],
    ['EIO', 'a/b.json cannot be read: i/o error'],
  ])('names the file when it fails with %s', async (code, message) => {
    const failure = await failureOf('a/b.json', failing(code, 'i/o error'));
    expect(failure).toMatchObject({ code: 'unreadable', message, exitCode: 2 });
  });

  it('names stdin as such', async () => {
    expect((await failureOf('-', failing('EISDIR'))).message).toBe('<stdin> is a directory, not a file');
  });

  it('passes a Failure on', async () => {
    const failure = new Failure('interrupted', 'interrupted');
    expect(await failureOf('-', () => Promise.reject(failure))).toBe(failure);
  });

  it('words what the real file system answers', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'convo-source-'));
    expect((await failureOf(folder, () => readFile(folder))).message).toBe(
      `${folder} is a directory, not a file`,
    );
    const missing = join(folder, 'none.json');
    expect((await failureOf(missing, () => readFile(missing))).message).toBe(`there is no file ${missing}`);
  });
});
