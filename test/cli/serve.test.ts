import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { openShell, type Running, type Shell } from '../support/shell.ts';
import type { Outcome } from '../support/transcript.ts';

type Finished = TestContext['onTestFinished'];

interface Row {
  readonly system: string;
  readonly url: string;
  readonly environment: Readonly<Record<string, string>>;
}

interface Server {
  readonly rows: readonly Row[];
  /** The address of a system. */
  readonly url: (system: string) => string;
  readonly key: string;
  readonly running: Running;
  readonly stop: (signal: NodeJS.Signals) => Promise<Outcome>;
}

describe.concurrent('convo serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('%s is a good end', async (signal) => {
    const { shell, remove } = open();
    const server = await start(shell);
    expect(server.rows.map(({ system }) => system)).toEqual([
      'openai',
      'orq',
      'orq@4.1',
      'looker',
      'looker@26.4',
      'syllable',
    ]);
    const { code, stdout } = await server.stop(signal);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    remove();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s is a good end where something is configured',
    async (signal) => {
      const { shell, remove } = open();
      expect((await shell.run('convo config set provider local')).code).toBe(0);
      const server = await start(shell);
      expect((await server.stop(signal)).code).toBe(0);
      remove();
    },
  );

  it('a request that is being answered when the signal comes is answered', async ({ onTestFinished }) => {
    const { shell } = open(onTestFinished);
    const server = await start(shell, '--system openai --verbose');
    const { hostname, port } = new URL(server.url('openai'));
    const socket = connect({ host: hostname, port: Number(port) });
    const body = JSON.stringify({ metadata: { topic: 'demo' } });
    const head = `POST /openai/v1/conversations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${server.key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`;
    const answer: string[] = [];
    socket.setEncoding('utf8').on('data', (text: string) => answer.push(text));
    const continued = new Promise((resolve) => socket.once('data', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(head);
    // The server has read the head when it asks for the body: the request is under way.
    await continued;
    server.running.signal('SIGTERM');
    socket.write(body);
    await closed;
    expect(answer.join('')).toMatch(/ 200 OK\r\n/);
    expect((await server.running.ended).code).toBe(0);
    expect((await shell.run('convo list -q')).stdout).toMatch(/^conv_\w+\n$/);
  });

  it('conversations made through one system are there for the program and for the others', async ({
    onTestFinished,
  }) => {
    const { shell } = open(onTestFinished);
    writeFileSync(
      join(shell.directory, 'seed.ndjson'),
      `${JSON.stringify({ name: 'Sales', messages: [] })}\n`,
    );
    const server = await start(shell, '--seed seed.ndjson');
    const made = await fetch(`${server.url('openai')}/conversations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ metadata: { title: 'Demo' } }),
    });
    expect(made.status).toBe(200);
    const listed = await fetch(`${server.url('syllable')}/api/v1/conversations/`, {
      headers: { 'syllable-api-key': server.key },
    });
    expect(await listed.json()).toMatchObject({ total_count: 2 });
    expect((await shell.run('convo list --fields title,format -o csv --sort title')).stdout).toBe(
      'title,format\nDemo,openai\nSales,looker@26.10\n',
    );
    await server.stop('SIGTERM');
  });

  it('keeps every conversation it acknowledged when it is killed amid 200 requests', async ({
    onTestFinished,
  }) => {
    const { shell } = open(onTestFinished);
    const server = await start(shell, '--system openai');
    const acknowledged: string[] = [];
    const requests = Array.from({ length: 200 }, async (_, index) => {
      const answer = await fetch(`${server.url('openai')}/conversations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ metadata: { number: String(index) } }),
      });
      const made: unknown = await answer.json();
      if (typeof made === 'object' && made !== null && 'id' in made) acknowledged.push(String(made.id));
      if (acknowledged.length === 60) server.running.signal('SIGKILL');
    });
    await Promise.allSettled(requests);
    await server.running.ended;
    expect(acknowledged.length).toBeGreaterThanOrEqual(60);
    const { stdout, stderr } = await shell.run('convo list -q');
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(acknowledged));
    const again = await start(shell, '--system openai');
    const found = await fetch(`${again.url('openai')}/conversations/${acknowledged[0]}`, {
      headers: { authorization: `Bearer ${again.key}` },
    });
    expect(found.status).toBe(200);
    await again.stop('SIGTERM');
  });

  it('a token that was given is never printed', async ({ onTestFinished }) => {
    const { shell } = open(onTestFinished);
    const running = shell.start('exec convo serve --token planted-key --verbose -o table');
    await running.shows('Ctrl-C ends it');
    running.signal('SIGTERM');
    const { stdout, stderr } = await running.ended;
    expect(stdout).toContain('OPENAI_BASE_URL=http://127.0.0.1:');
    expect(stdout + stderr).not.toContain('planted-key');
  });

  it.each([
    ['--host 0.0.0.0', 2, '0.0.0.0 can be reached from other machines, and no token was given'],
    ['--token ""', 2, '--token takes visible ASCII characters without spaces'],
    ['--system lokker', 2, 'did you mean looker?'],
    ['--port 70000', 2, '--port takes a number from 0 to 65535, not "70000"'],
    ['--host 192.0.2.1 --token x', 2, '192.0.2.1 port 0 cannot be listened on'],
    ['--seed none.json', 2, 'none.json'],
  ])('%s is refused', async (flags, code, message) => {
    const { shell, remove } = open();
    const outcome = await shell.run(`convo serve ${flags}`);
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(message);
    remove();
  });

  it('a port that is taken is unavailable', async ({ onTestFinished }) => {
    const { shell } = open(onTestFinished);
    const server = await start(shell, '--system openai');
    const { port } = new URL(server.url('openai'));
    const { code, stderr } = await shell.run(`convo serve --port ${port}`);
    expect({ code, stderr }).toEqual({
      code: 8,
      stderr: `convo: 127.0.0.1 port ${port} is in use by another program\nhint: leave --port out to get one that is free\n`,
    });
    await server.stop('SIGTERM');
  });
});

function open(onTestFinished?: Finished): { readonly shell: Shell; readonly remove: () => void } {
  const shell = openShell();
  onTestFinished?.(shell.remove);
  return { shell, remove: shell.remove };
}

/** Starts the program and reads where it is; it has its streams for itself. */
async function start(shell: Shell, flags = ''): Promise<Server> {
  const running = shell.start(`exec convo serve -o json ${flags} > serve.json`);
  await running.shows('{"serving":');
  const rows = rowsIn(readFileSync(join(shell.directory, 'serve.json'), 'utf8'));
  const keys = rows.flatMap(({ environment }) => Object.values(environment).slice(-1));
  return {
    rows,
    running,
    key: keys[0] ?? '',
    url: (system) => rows.find((row) => row.system === system)?.url ?? '',
    stop: (signal) => {
      running.signal(signal);
      return running.ended;
    },
  };
}

function rowsIn(text: string): Row[] {
  const rows: Row[] = JSON.parse(text);
  return rows;
}
