import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createFile } from '../../src/platform/files.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'convo-files-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

async function write(path: string, text: string): Promise<void> {
  const file = await createFile(path);
  await file.write(text);
  await file.finish();
}

describe('a file that takes the place of another', () => {
  it('is there once it is whole, and leaves nothing beside it', async () => {
    const directory = folder();
    const path = join(directory, 'a');
    writeFileSync(path, 'old');
    const file = await createFile(path);
    await file.write('ne');
    expect(readFileSync(path, 'utf8')).toBe('old');
    await file.write(Buffer.from('w'));
    await file.finish();
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readdirSync(directory)).toEqual(['a']);
  });

  it('may be read by who could read the other', async () => {
    const path = join(folder(), 'private');
    writeFileSync(path, 'old', { mode: 0o600 });
    await write(path, 'new');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('comes where a link leads, also if there is nothing yet', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'real'), 'old');
    symlinkSync('real', join(directory, 'link'));
    symlinkSync('none', join(directory, 'loose'));
    await write(join(directory, 'link'), 'new');
    await write(join(directory, 'loose'), 'newer');
    expect(readFileSync(join(directory, 'real'), 'utf8')).toBe('new');
    expect(readFileSync(join(directory, 'none'), 'utf8')).toBe('newer');
    expect(readdirSync(directory).toSorted()).toEqual(['link', 'loose', 'none', 'real']);
  });

  it('can be begun twice, and given up', async () => {
    const directory = folder();
    const files = [await createFile(join(directory, 'a')), await createFile(join(directory, 'a'))];
    for (const file of files) await file.abandon();
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('a device', () => {
  it.each(['full', 'full.gz'])('that is full is said to be: %s', async (name) => {
    const path = join(folder(), name);
    symlinkSync('/dev/full', path);
    const file = await createFile(path);
    // More than a compressor keeps to itself.
    const text = Array.from({ length: 400_000 }, (_, index) => String((index * 7919) % 100_003)).join(' ');
    const all = async (): Promise<void> => {
      for (let count = 0; count < 3; count += 1) await file.write(text);
      await file.finish();
    };
    await expect(all()).rejects.toThrow(`${path} cannot be written: no space left on device`);
    await file.abandon();
  });
});
