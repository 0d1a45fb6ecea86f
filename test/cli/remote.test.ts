import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { openShell, type Running, type Shell } from '../support/shell.ts';
import type { Outcome } from '../support/transcript.ts';

type Finished = TestContext['onTestFinished'];

const PLANTED = 'planted-key-of-nobody';

describe.concurrent('the systems as providers', () => {
  it("OpenAI, by the vendor's variables alone, from create to delete", async ({ onTestFinished }) => {
    const { run } = await openServed(onTestFinished);
    const id = (await run('convo create -p openai --title Demo -m Hello -q')).stdout.trim();
    expect(id).toMatch(/^conv_/);
    await run(`convo append ${id} -p openai -m "assistant:Hi there" -q`);
    await run(`convo update ${id} -p openai --metadata topic=demo -q`);
    const shown = await run(`convo show ${id} -p openai -o table`);
    expect(shown.stdout).toContain('Metadata topic  demo');
    expect(shown.stdout).toMatch(/Hello[\s\S]*Hi there/);
    expect(await run('convo list -p openai -o csv --fields id,title')).toEqual({
      stdout: `id,title\n${id},Demo\n`,
      stderr: expect.stringContaining('OpenAI cannot list conversations'),
      code: 0,
    });
    expect((await run(`convo delete ${id} -p openai --yes --items; convo show ${id} -p openai`)).code).toBe(
      4,
    );
  });

  it('says what a system cannot do before anything is sent', async ({ onTestFinished }) => {
    const { run } = await openServed(onTestFinished);
    expect(await run('SYLLABLE_API_KEY=x convo create -p syllable --title Demo')).toEqual({
      stdout: '',
      stderr: 'convo: Syllable has no operation that creates a conversation\n',
      code: 6,
    });
  });

  it('a dry run prints the calls, needs no key and sends nothing', async ({ onTestFinished }) => {
    const { run } = await openServed(onTestFinished);
    const { stdout, code } = await run(
      'env -u OPENAI_API_KEY OPENAI_BASE_URL=http://127.0.0.1:1 convo create -p openai --title Demo -m Hello --dry-run -o json',
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      {
        method: 'POST',
        url: 'http://127.0.0.1:1/conversations',
        headers: expect.objectContaining({ authorization: 'Bearer …' }),
        body: expect.objectContaining({ metadata: { title: 'Demo' } }),
      },
    ]);
  });

  it('a key that is planted is found nowhere but where it was put', async ({ onTestFinished }) => {
    const { run, shell } = await openServed(onTestFinished, `--token ${PLANTED}`);
    const outputs: Outcome[] = [];
    for (const command of [
      'convo create -p openai --title Demo -m Hello',
      'convo create -p openai --title Demo --dry-run',
      'convo show conv_none -p openai',
      'convo list -p openai',
      'convo delete conv_none -p openai --yes',
      'convo provider add work --system openai --key env:OPENAI_API_KEY --force',
      'convo provider list',
      'convo provider show work',
      'convo provider test work',
      'convo doctor',
      'OPENAI_BASE_URL=http://127.0.0.1:1 convo provider test openai',
    ]) {
      for (const output of ['json', 'table']) outputs.push(await run(`${command} --verbose -o ${output}`));
    }
    outputs.push(await run(`convo provider add wrong --system openai --key ${PLANTED}`));
    expect(outputs.some(({ stderr }) => stderr.includes('/conversations'))).toBe(true);
    expect(JSON.stringify(outputs)).not.toContain(PLANTED);
    expect(filesWith(PLANTED, shell.home)).toEqual([]);
    await run(`printf %s ${PLANTED} | convo provider add piped --system openai --key -`);
    expect(filesWith(PLANTED, shell.home)).toEqual([expect.stringMatching(/keys\/piped$/)]);
  });

  it('a list prints its first row before the last page is asked for', async ({ onTestFinished }) => {
    const shell = openShell();
    onTestFinished(shell.remove);
    const pages = await servePages(onTestFinished, 100, 100);
    await shell.run(`convo provider add many --system orq --url ${pages.url} --key env:KEY`);
    const running = shell.start('KEY=x convo list -p many -o ndjson --fields id,title');
    await running.shows('{"id":"conv_00000"');
    expect(pages.asked()).toBeLessThan(100);
    const { stdout, code } = await running.ended;
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(10_000);
    expect(pages.asked()).toBe(100);
  });

  it('goes on with one warning where nothing can be remembered', async ({ onTestFinished }) => {
    const { run, shell } = await openServed(onTestFinished);
    writeFileSync(join(shell.home, 'data'), 'a file where the folder would be');
    const { stdout, stderr, code } = await run('convo create -p openai --title Demo -q');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^conv_/);
    expect(stderr.match(/warning/g)).toHaveLength(1);
  });
});

interface Served {
  readonly shell: Shell;
  readonly run: Shell['run'];
}

/** A shell whose variables point at a server of its own, which ends with the test. */
async function openServed(onTestFinished: Finished, flags = ''): Promise<Served> {
  const shell = openShell();
  const server: Running = shell.start(
    `CONVO_DATA_DIR=$HOME/../served exec convo serve --system openai -o json ${flags} > serve.json`,
  );
  onTestFinished(async () => {
    server.signal('SIGTERM');
    await server.ended;
    shell.remove();
  });
  await server.shows('{"serving":');
  const [row] = JSON.parse(readFileSync(join(shell.directory, 'serve.json'), 'utf8'));
  const key: string = row.environment.OPENAI_API_KEY ?? PLANTED;
  const variables = `export OPENAI_BASE_URL=${row.url} OPENAI_API_KEY=${key}`;
  return { shell, run: (command) => shell.run(`${variables}\n${command}`) };
}

interface Pages {
  readonly url: string;
  readonly asked: () => number;
}

/** So many pages of so many conversations, newest first, as Orq.ai lists them. */
async function servePages(onTestFinished: Finished, count: number, size: number): Promise<Pages> {
  let asked = 0;
  const server: Server = createServer((request, response) => {
    asked += 1;
    const after = new URL(request.url ?? '', 'http://x').searchParams.get('startingAfter');
    const from = after === null ? 0 : Number(after.slice(5)) + 1;
    const data = Array.from({ length: size }, (_, index) => ({
      _id: `conv_${String(from + index).padStart(5, '0')}`,
      kind: 'conversation',
      displayName: `Conversation ${from + index}`,
      createdAt: 1_780_000_000_000 - (from + index) * 1000,
      updatedAt: 1_780_000_000_000,
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ object: 'list', data, has_more: from + size < count * size }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

/** The files below a folder that have a text in them. */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, 'utf8').includes(text));
}
