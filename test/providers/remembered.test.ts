import { describe, expect, it } from 'vitest';
import { openRemembered } from '../../src/providers/remembered.ts';

interface Disk {
  readonly files: Map<string, string>;
  readonly warnings: string[];
  readonly open: (scope?: Readonly<Record<string, string>>) => ReturnType<typeof openRemembered>;
}

function disk(broken: { readonly read?: Error; readonly write?: Error } = {}): Disk {
  const files = new Map<string, string>();
  const warnings: string[] = [];
  const open: Disk['open'] = (scope = {}) =>
    openRemembered({
      directory: '/data',
      account: {
        name: 'openai',
        address: () => new URL('https://api.test/v1'),
        setting: (name) => scope[name],
      },
      readText: async (path) => {
        if (broken.read) throw broken.read;
        return files.get(path);
      },
      append: async (path, text) => {
        if (broken.write) throw broken.write;
        files.set(path, `${files.get(path) ?? ''}${text}`);
      },
      warn: (message) => void warnings.push(message),
    });
  return { files, warnings, open };
}

describe('remembered conversations', () => {
  it('are there the next time, each once, without those that were forgotten', async () => {
    const { open, files } = disk();
    const first = open();
    for (const id of ['a', 'b', 'a', 'c']) await first.add(id);
    await first.forget('b');
    expect(await first.ids()).toEqual(['a', 'c']);
    for (const [path, text] of files) files.set(path, `${text}{"add":"cut o`);
    await open().add('d');
    expect(await open().ids()).toEqual(['a', 'c', 'd']);
  });

  it('are those of one organization and one project', async () => {
    const { open } = disk();
    const scopes = [
      {},
      { organization: 'x' },
      { project: 'x' },
      { organization: 'x', project: 'y' },
      { organization: 'y', project: 'x' },
    ];
    for (const [index, scope] of scopes.entries()) await open(scope).add(`conv_${index}`);
    for (const [index, scope] of scopes.entries()) expect(await open(scope).ids()).toEqual([`conv_${index}`]);
  });

  it.each([
    ['read', { read: new Error('EISDIR: illegal operation on a directory') }],
    ['written', { write: new Error('EACCES: permission denied') }],
    ['read or written', { read: new Error('EACCES: permission denied'), write: new Error('EACCES') }],
  ])('that cannot be %s cost one warning and stop nothing', async (_, broken) => {
    const { open, warnings } = disk(broken);
    const remembered = open();
    await remembered.add('a');
    await remembered.add('b');
    await remembered.forget('a');
    expect(await remembered.ids()).toEqual(['b']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^what `convo list` shows cannot be remembered: E/);
  });
});
