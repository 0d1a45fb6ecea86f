import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSecret } from '../../src/platform/secrets.ts';

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'convo-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

describe('a file with a key', () => {
  it('is read if its owner alone may read it', async () => {
    const path = join(folder(), 'key');
    writeFileSync(path, 'k\n', { mode: 0o600 });
    expect(await readSecret(path)).toBe('k\n');
    if (process.platform === 'win32') return;
    chmodSync(path, 0o640);
    await expect(readSecret(path)).rejects.toMatchObject({
      code: 'not_authenticated',
      message: `the key in ${path} is not used, as others can read it`,
    });
  });

  it('that is none, or a folder, is one that cannot be read', async () => {
    const path = join(folder(), 'key');
    await expect(readSecret(path)).rejects.toMatchObject({
      code: 'not_authenticated',
      message: expect.stringMatching(/cannot be read: ENOENT/),
    });
    mkdirSync(path, { mode: 0o700 });
    await expect(readSecret(path)).rejects.toMatchObject({
      code: 'not_authenticated',
      message: `the key in ${path} cannot be read: it is a folder`,
    });
  });
});
