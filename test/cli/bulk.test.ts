import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openShell, quickFolder, type Running, type Shell } from '../support/shell.ts';

const request = (text: string): string =>
  JSON.stringify({ metadata: { topic: 'demo' }, items: [{ type: 'message', role: 'user', content: text }] });

/** Numbers from 0 to 1, the same ones in every run; `CONVO_SEED=$RANDOM` takes others. */
function dice(chain: number): () => number {
  let state = Number(process.env['CONVO_SEED'] ?? 20_260_601) + chain * 7919;
  return () => {
    // https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('bulk commands', () => {
  it('makes all the good ones of 10,000 with 1 in 100 wrong, and names each of the others by its line', async ({
    onTestFinished,
  }) => {
    const shell = openShell(quickFolder);
    onTestFinished(shell.remove);
    const lines = Array.from({ length: 10_000 }, (_, n) =>
      n % 100 === 41 ? '{"metadata": 7}' : request(`n${n}`),
    );
    writeFileSync(join(shell.directory, 'r.ndjson'), `${lines.join('\n')}\n`);
    const { code } = await shell.run('convo create r.ndjson -o ndjson > out.ndjson 2> err.ndjson');
    expect(code).toBe(9);
    const [out, err] = ['out', 'err'].map((name) =>
      rowsIn(readFileSync(join(shell.directory, `${name}.ndjson`), 'utf8')),
    );
    const wrong = Array.from({ length: 100 }, (_, n) => n * 100 + 42);
    const failed = out?.filter(({ status }) => status === 'failed').map(({ line }) => Number(line)) ?? [];
    expect(failed.toSorted((a, b) => a - b)).toEqual(wrong);
    const named = JSON.stringify(err).match(/r\.ndjson:\d+:14: this is no valid/g) ?? [];
    expect(new Set(named).size).toBe(100);
    expect(textsIn(shell.home)).toEqual(lines.flatMap((line) => /n\d+/.exec(line)?.[0] ?? []).toSorted());
    expect(err?.at(-1)).toMatchObject({
      error: { code: 'partial', resume: 'convo create r.ndjson -o ndjson' },
    });
  }, 90_000);

  it('says in its last line how to go on when it is interrupted, and goes on', async ({ onTestFinished }) => {
    const shell = openShell(quickFolder);
    onTestFinished(shell.remove);
    const lines = Array.from({ length: 400 }, (_, n) => request(`n${n}`));
    writeFileSync(join(shell.directory, "it's.ndjson"), lines.join('\n'));
    const running = shell.start(`exec convo create "it's.ndjson" --rate 200 -o table`);
    await running.shows('created');
    running.signal('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(130);
    const command = stderr.trimEnd().split('\n').at(-1) ?? '';
    expect(command).toBe(`convo create 'it'\\''s.ndjson' --rate 200 -o table`);
    const made = stdout.match(/^created/gm)?.length ?? 0;
    expect(textsIn(shell.home)).toHaveLength(made);
    const again = await shell.run(command.replace('--rate 200 ', ''));
    expect(again.code).toBe(0);
    expect(again.stdout.match(/^created/gm)).toHaveLength(400 - made);
    expect(textsIn(shell.home)).toHaveLength(400);
  });
});

describe('a bulk create at a system that is configured', () => {
  const hundred = numbers(100)
    .map((n) => JSON.stringify({ name: `T${n}`, messages: [] }))
    .join('\n');

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends well when it is told to stop: %s', async (signal, expected) => {
    const { shell, server } = await configured();
    writeFileSync(join(shell.directory, 'r.ndjson'), hundred);
    const running = shell.start(
      `${server.variables}\nexec convo create r.ndjson -p tower -o table --rate 20`,
    );
    await running.shows('created');
    running.signal(signal);
    const { code, stdout, stderr } = await running.ended;
    expect(code).toBe(expected);
    const made = stdout.match(/^created/gm)?.length ?? 0;
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toContain(`${made} created`);
    expect(lines.at(-1)).toBe('convo create r.ndjson -p tower -o table --rate 20');
    expect(filesIn(server.data)).toHaveLength(made);
    await server.stop();
    shell.remove();
  });

  it('says nothing of how many are at work at once', async () => {
    const { shell, server } = await configured();
    writeFileSync(join(shell.directory, 'r.ndjson'), hundred);
    const { code, stderr } = await shell.run(
      `${server.variables}\nconvo create r.ndjson -p tower -j 32 -q && convo copy tower local -j 32 -q`,
    );
    expect(code).toBe(0);
    expect(stderr).not.toContain('(node:');
    await server.stop();
    shell.remove();
  });
});

describe('a journal that cannot be written any more', () => {
  it('ends the run, and what was made by then is told as made', async ({ onTestFinished }) => {
    const shell = openShell(quickFolder);
    onTestFinished(shell.remove);
    const lines = numbers(60).map((n) => request(`n${n}`));
    writeFileSync(join(shell.directory, 'r.ndjson'), lines.join('\n'));
    // No file may be larger than so many KiB; what is printed goes to a pipe.
    const { code, stdout, stderr } = await shell.run(
      'ulimit -f 4; convo create r.ndjson -o ndjson -j 1 | cat; exit ${PIPESTATUS[0]}',
    );
    const rows = rowsIn(stdout);
    const made = rows.filter(({ status }) => status === 'created');
    expect(made.length).toBeGreaterThan(3);
    expect(made.length).toBeLessThan(60);
    expect(rows.length - made.length).toBeLessThan(2);
    expect(rowsIn(stderr).at(-1)).toMatchObject({
      error: {
        message: expect.stringContaining('the journal cannot be written: '),
        resume: 'convo create r.ndjson -o ndjson -j 1',
      },
    });
    expect(code).not.toBe(0);
    expect(textsIn(shell.home)).toHaveLength(made.length);
  });
});

/** A server, and a configuration that names it. */
async function configured() {
  const shell = openShell(quickFolder);
  const server = await served(shell, []);
  const set = [
    'system looker',
    'url "$LOOKERSDK_BASE_URL"',
    'client_id convo',
    'key env:LOOKERSDK_CLIENT_SECRET',
  ];
  const commands = set.map((each) => `convo config set providers.tower.${each}`);
  const { code, stderr } = await shell.run([server.variables, ...commands].join('\n'));
  expect([code, stderr]).toEqual([0, '']);
  return { shell, server };
}

// What was begun at that moment is neither lost nor made twice.
describe.concurrent('killed 50 times and resumed until done', () => {
  it('a bulk create has every record once', async () => {
    const kills = await Promise.all([1, 2, 3].map((chain) => killCreates(chain, chain === 1 ? 9 : 8)));
    expect(kills).toEqual([9, 8, 8]);
  }, 90_000);

  it('a copy to a system in bad weather has every record once', async ({ onTestFinished }) => {
    const shell = openShell(quickFolder);
    const server = await served(shell, badWeather);
    onTestFinished(server.stop);
    const chains = [4, 5, 6, 7, 8];
    const kills = await Promise.all(chains.map((chain) => killCopies(chain, 5, server)));
    await server.stop();
    expect(kills).toEqual(chains.map(() => 5));
    const wanted = chains.flatMap((chain) => numbers(80).map((n) => `T${chain}-${n} n${chain}-${n}`));
    expect(titlesIn(server.data)).toEqual(wanted.toSorted());
    shell.remove();
  }, 90_000);
});

async function killCreates(chain: number, kills: number): Promise<number> {
  const shell = openShell(quickFolder);
  const roll = dice(chain);
  // A hundred of them come twice, and are two.
  const lines = numbers(1500).map((n) => request(`n${n % 1400}`));
  writeFileSync(join(shell.directory, 'r.ndjson'), lines.join('\n'));
  const moment = () => 5 + roll() * 60;
  const killed = await killing(shell, 'exec convo create r.ndjson -o ndjson', { kills, moment });
  expect((await shell.run('convo create r.ndjson -q')).code).toBe(0);
  expect(textsIn(shell.home)).toEqual(
    numbers(1500)
      .map((n) => `n${n % 1400}`)
      .toSorted(),
  );
  shell.remove();
  return killed;
}

async function killCopies(chain: number, kills: number, server: Server): Promise<number> {
  const shell = openShell(quickFolder);
  const roll = dice(chain);
  const records = numbers(80).map((n) =>
    JSON.stringify({
      convo: 1,
      id: `id${n}`,
      title: `T${chain}-${n}`,
      messages: [{ role: 'user', text: `n${chain}-${n}` }],
    }),
  );
  writeFileSync(join(shell.directory, 'r.ndjson'), records.join('\n'));
  await shell.run('convo create r.ndjson -q');
  // What was cut off is waited for, ten seconds each time; here time passes faster.
  writeFileSync(join(shell.directory, 'hurry.cjs'), HURRY);
  const copy = `${server.variables}\nexport NODE_OPTIONS='--require ./hurry.cjs'\nexec convo copy local looker -o ndjson`;
  const killed = await killing(shell, copy, { kills, moment: () => roll() * 60 });
  const runs = [await shell.run(copy)];
  while (runs.at(-1)?.code !== 0 && runs.length < 12) runs.push(await shell.run(copy));
  expect(runs.at(-1)?.code, runs.map(({ stderr }) => stderr).join('\n')).toBe(0);
  shell.remove();
  return killed;
}

const HURRY = `const timers = require('node:timers/promises');
const later = timers.setTimeout;
timers.setTimeout = (milliseconds, ...more) =>
  later(milliseconds > 4_000 && milliseconds <= 10_000 ? milliseconds / 40 : milliseconds, ...more);`;

interface Killing {
  readonly kills: number;
  /** Milliseconds from the first outcome to the kill. */
  readonly moment: () => number;
}

/** Runs a command so many times and kills each run; how many were still running then comes back. */
async function killing(shell: Shell, command: string, { kills, moment }: Killing): Promise<number> {
  let killed = 0;
  for (let run = 0; run < kills; run += 1) {
    const running = shell.start(command);
    await running.shows('"status":"created"').catch(() => undefined);
    await new Promise((resolve) => void setTimeout(resolve, moment()));
    running.signal('SIGKILL');
    const { code } = await running.ended;
    if (code === 128) killed += 1;
  }
  return killed;
}

interface Server {
  readonly variables: string;
  /** Where it keeps what it is given. */
  readonly data: string;
  readonly stop: () => Promise<void>;
}

const creation = 'system=looker,method=POST,path=/api/4.0/conversations';
const badWeather = [
  `cut,at=after,${creation},every=23`,
  `status=500,${creation},every=17`,
  `status=429,retry-after-ms=5,${creation},every=7`,
  `cut,at=after,${creation}/*/messages,every=19`,
  `status=500,at=after,${creation}/*/messages,every=29`,
];

async function served(shell: Shell, faults: readonly string[]): Promise<Server> {
  const flags = faults.map((fault) => `--fault '${fault}'`).join(' ');
  const server: Running = shell.start(
    `CONVO_DATA_DIR=$HOME/../served exec convo serve --system looker -o json ${flags} > serve.json`,
  );
  await server.shows('{"serving":');
  const [row] = JSON.parse(readFileSync(join(shell.directory, 'serve.json'), 'utf8'));
  const pairs = Object.entries(row.environment).map(([name, value]) => `${name}=${String(value)}`);
  return {
    variables: `export ${pairs.join(' ')}`,
    data: join(shell.home, '../served'),
    async stop() {
      server.signal('SIGTERM');
      await server.ended;
    },
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function rowsIn(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): Record<string, unknown> => JSON.parse(line));
}

/** What each conversation of a store holds, as it lies on the disk. */
function filesIn(data: string): string[] {
  return readdirSync(join(data, 'conversations'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function textsIn(home: string): string[] {
  return filesIn(join(home, 'data'))
    .map((text) => /"text": "(n\d+)"/.exec(text)?.[1] ?? '')
    .toSorted();
}

/** The name of each, and its messages behind it. */
function titlesIn(data: string): string[] {
  return filesIn(data)
    .map((text) => [/"name": "(T[\d-]+)"/.exec(text)?.[1], ...(text.match(/n[\d-]+(?=")/g) ?? [])].join(' '))
    .toSorted();
}
