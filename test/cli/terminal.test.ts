import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { openShell, type Running } from '../support/shell.ts';

const version = spawnSync('script', ['--version'], { encoding: 'utf8' });
const scripts = version.status === 0 && version.stdout.includes('util-linux');
const title = scripts
  ? 'at a terminal'
  : 'at a terminal (skipped: util-linux `script`, which makes one, is missing)';

const CTRL_C = '\u0003';

describe.skipIf(!scripts).concurrent(title, () => {
  it('create asks for a title and a message and creates', async ({ onTestFinished }) => {
    const { atTerminal, ids } = open(onTestFinished);
    const session = atTerminal('convo create >created.json');
    await answerAll(session, ['Demo', 'Hello!']);
    expect((await session.ended).code).toBe(0);
    expect(await ids()).toHaveLength(1);
  });

  it('questions go to stderr: what is redirected holds the record alone', async ({ onTestFinished }) => {
    const { atTerminal, directory } = open(onTestFinished);
    const session = atTerminal('convo create >created.json');
    await answerAll(session, ['Demo', 'Hello!']);
    await session.ended;
    expect(JSON.parse(readFileSync(join(directory, 'created.json'), 'utf8'))).toMatchObject({
      title: 'Demo',
    });
  });

  it('a member that the system requires is asked for', async ({ onTestFinished }) => {
    const { atTerminal, directory } = open(onTestFinished);
    const session = atTerminal('convo create --format looker -m "Hello!" >created.json');
    await session.shows('name');
    session.type('Sales\r');
    expect((await session.ended).code).toBe(0);
    expect(JSON.parse(readFileSync(join(directory, 'created.json'), 'utf8'))).toMatchObject({
      name: 'Sales',
    });
  });

  it('delete asks, n cancels with 130 and deletes nothing', async ({ onTestFinished }) => {
    const { atTerminal, ids, create } = open(onTestFinished);
    await create();
    const session = atTerminal('convo delete conv_123');
    await session.shows('conv_123');
    session.type('n\r');
    expect((await session.ended).code).toBe(130);
    expect(await ids()).toEqual(['conv_123']);
  });

  it('delete asks, y deletes', async ({ onTestFinished }) => {
    const { atTerminal, ids, create } = open(onTestFinished);
    await create();
    const session = atTerminal('convo delete conv_123');
    await session.shows('conv_123');
    session.type('y\r');
    expect((await session.ended).code).toBe(0);
    expect(await ids()).toEqual([]);
  });

  it('Ctrl-C at a question ends with 130, without a stack, and nothing is done', async ({
    onTestFinished,
  }) => {
    const { atTerminal, ids, create } = open(onTestFinished);
    await create();
    const session = atTerminal('convo delete conv_123');
    await session.shows('conv_123');
    session.type(CTRL_C);
    const { code, stdout } = await session.ended;
    expect(code).toBe(130);
    expect(stdout).not.toMatch(/^\s+at /m);
    expect(await ids()).toEqual(['conv_123']);
  });

  it.for([
    'CI=1 convo create',
    'convo create --no-input',
    'CI=true convo create --format looker -m "Hello!"',
  ])('%s asks nothing and fails', async (command, { onTestFinished }) => {
    const { atTerminal, ids } = open(onTestFinished);
    const { code, stdout } = await atTerminal(command).ended;
    expect([2, 3]).toContain(code);
    expect(stdout).toContain('hint: ');
    expect(await ids()).toEqual([]);
  });

  it.for(['CI=0 convo delete conv_123', 'CI=false convo delete conv_123'])(
    '%s asks',
    async (command, { onTestFinished }) => {
      const { atTerminal, create } = open(onTestFinished);
      await create();
      const session = atTerminal(command);
      await session.shows('conv_123');
      session.type('y\r');
      expect((await session.ended).code).toBe(0);
    },
  );

  it.for(['CI=1 convo delete conv_123', 'convo delete conv_123 --no-input'])(
    '%s needs --yes',
    async (command, { onTestFinished }) => {
      const { atTerminal, ids, create } = open(onTestFinished);
      await create();
      const { code, stdout } = await atTerminal(command).ended;
      expect(code).toBe(2);
      expect(stdout).toContain('--yes');
      expect(await ids()).toEqual(['conv_123']);
    },
  );

  it('provider add asks for a key and never shows it', async ({ onTestFinished }) => {
    const { atTerminal } = open(onTestFinished);
    const session = atTerminal('convo provider add work --system openai && convo provider remove work');
    await session.shows('Key for OpenAI');
    session.type('sk-planted\r');
    const { code, stdout } = await session.ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/Key +the file .*work/);
    expect(stdout).not.toContain('planted');
  });

  it('a list is a table, as wide as the terminal', async ({ onTestFinished }) => {
    const { atTerminal, create } = open(onTestFinished);
    await create();
    const { stdout } = await atTerminal('stty cols 100; convo list').ended;
    const lines = stdout.trimEnd().split(/\r?\n/);
    expect(lines[0]).toMatch(/^ID +TITLE/);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});

function open(onTestFinished: TestContext['onTestFinished']) {
  const shell = openShell();
  onTestFinished(shell.remove);
  return {
    directory: shell.directory,
    /** Everything the command prints comes back as its stdout, with the line ends of a terminal. */
    atTerminal: (command: string): Running =>
      shell.start(`script -qefc "$COMMAND" /dev/null`, { COMMAND: command, TERM: 'xterm', NO_COLOR: '1' }),
    create: async () => void (await shell.run('convo create "$FIXTURES/openai/created.json" -q')),
    ids: async () => (await shell.run('convo list -q')).stdout.split('\n').filter((id) => id !== ''),
  };
}

/** Each question begins with `? `, which a prompt of one line prints anew with every key: an answer waits for its own. */
async function answerAll(session: Running, answers: readonly string[]): Promise<void> {
  for (const answer of answers) {
    await session.shows('? ');
    session.type(`${answer}\r`);
    await session.shows(answer);
    await session.shows('\u001b[?25h');
  }
}
