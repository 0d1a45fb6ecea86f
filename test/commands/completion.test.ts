import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { shells } from '../../src/commands/completion/index.ts';
import { commands } from '../../src/commands/index.ts';
import { fakeContext } from '../support/world.ts';

async function script(shell: string): Promise<string> {
  const world = fakeContext();
  expect(await world.run('completion', shell)).toBe(0);
  expect(world.stderr()).toBe('');
  return world.stdout();
}

/** What bash offers at the end of each line. */
async function offered(lines: readonly string[]): Promise<string[]> {
  const attempt = `
try() { COMP_LINE=$1; COMP_POINT=\${#1}; COMPREPLY=(); _convo; echo "\${COMPREPLY[*]}"; }
for line in "$@"; do try "$line"; done`;
  const output = execFileSync('bash', ['-c', `${await script('bash')}${attempt}`, 'bash', ...lines], {
    encoding: 'utf8',
  });
  return output.split('\n').slice(0, -1);
}

describe('completion', () => {
  it('registers a function that bash runs for convo', async () => {
    const output = execFileSync('bash', ['-c', `${await script('bash')}complete -p convo`], {
      encoding: 'utf8',
    });
    expect(output).toMatch(/^complete .*-F _convo convo\n$/);
  });

  it.each([
    ['convo va', 'validate'],
    ['convo help conf', 'config'],
    ['convo config ', 'path get set unset'],
    ['convo config set --verb', '--verbose'],
    ['convo completion ', 'bash zsh fish powershell'],
    ['convo list -o ', 'auto table json ndjson csv'],
    ['convo list --output=nd', 'ndjson'],
    ['convo show x -o js', 'json'],
    ['convo schema s', 'syllable'],
    // bash breaks words at "@" and wants what follows it.
    ['convo convert --to looker@26', '26.10 26.4'],
    ['convo convert --to=looker@26.1', '26.10'],
    ['convo list --sort created:', 'desc asc'],
    // Files are left to bash.
    ['convo convert --report ', ''],
    ['convo validate conv', ''],
    ['convo list --where "a*', ''],
  ])('bash completes %j to %j', async (line, words) => {
    expect(await offered([line])).toEqual([words]);
  });

  it('knows every command and every flag in every shell', async () => {
    const { context } = fakeContext();
    const loaded = await Promise.all(commands.map(async ({ load }) => (await load())(context)));
    for (const shell of shells) {
      const text = await script(shell);
      const names = loaded.flatMap((command) => namesIn(command, shell === 'fish'));
      expect(names.length).toBeGreaterThan(60);
      expect(names.filter((name) => !text.includes(name))).toEqual([]);
    }
  });

  it('refuses another shell and names the nearest', async () => {
    const world = fakeContext();
    expect(await world.run('completion', 'bsh')).toBe(2);
    expect(world.stderr()).toBe('convo: there is no shell "bsh"\nhint: did you mean bash?\n');
    expect(await world.run('completion')).toBe(2);
  });

  it('quotes descriptions for each shell', async () => {
    for (const shell of ['zsh', 'fish', 'powershell']) {
      const text = await script(shell);
      const plain = text.replaceAll(/\\\\|\\'|'\\''|''/g, '');
      expect(plain.split("'").length % 2, shell).toBe(1);
    }
  });
});

function namesIn(command: Command, fish: boolean): string[] {
  const flags = command.options.flatMap(({ long }) => (long ? [fish ? `-l ${long.slice(2)} ` : long] : []));
  return [
    command.name(),
    ...flags.map((flag) => flag.trim()),
    ...command.commands.flatMap((each) => namesIn(each, fish)),
  ];
}
