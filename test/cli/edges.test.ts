import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openShell, type Shell } from '../support/shell.ts';

// What went wrong once, in the built program.
describe.concurrent('the built program', () => {
  it('an unknown command is unknown to help too', () =>
    inShell(async ({ run }) => {
      expect((await run('convo help lst')).stderr).toMatch(
        /^convo: there is no command "lst"\nhint: did you mean list/,
      );
    }));

  it('an unknown command with --help is wrong usage', () =>
    inShell(async ({ run }) => {
      expect((await run('convo lst --help')).code).toBe(2);
    }));

  it('a function call is appended like any item', () =>
    inShell(async ({ run, directory }) => {
      const item = { type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{}' };
      writeFileSync(join(directory, 'items.json'), JSON.stringify([item]));
      await run('convo create "$FIXTURES/openai/created.json"');
      await run('convo append conv_123 items.json');
      expect(JSON.parse((await run('convo show conv_123')).stdout)).toMatchObject({ items: [item] });
    }));

  it('{} is a conversation of the provider', () =>
    inShell(async ({ run }) => {
      expect((await run("echo '{}' | convo create -q")).code).toBe(0);
    }));

  it('a full disk is one error', () =>
    inShell(async ({ run }) => {
      await run('convo create "$FIXTURES/openai/created.json"');
      expect((await run('convo list >/dev/full')).stderr).toBe(
        'convo: stdout cannot be written: no space left on device\n',
      );
    }));

  it('a report goes into a pipe without replacing it', () =>
    inShell(async ({ run }) => {
      await run(
        'mkfifo report; (timeout 5 cat report >/dev/null 2>&1 &); convo convert --to convo "$FIXTURES/openai/created.json" --report report',
      );
      expect((await run('test -p report')).code).toBe(0);
    }));

  it('an update keeps to the limits of the system', () =>
    inShell(async ({ run }) => {
      await run('convo create "$FIXTURES/openai/created.json"');
      expect((await run(`convo update conv_123 --metadata "long=$(printf 'x%.0s' {1..513})"`)).code).toBe(3);
    }));
});

async function inShell(use: (shell: Shell) => Promise<void>): Promise<void> {
  const shell = openShell();
  try {
    await use(shell);
  } finally {
    shell.remove();
  }
}
