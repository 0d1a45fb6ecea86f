import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../src/store/envelope.ts';
import { envelope, freshDirectory, listing, openExample } from './example.ts';

const folder = mkdtempSync(join(tmpdir(), 'convo-writer-'));
const program = join(folder, 'writer.mjs');

beforeAll(async () => {
  const entry = join(import.meta.dirname, 'writer.ts');
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', format: 'esm' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts the writer; `onLine` sees each line as it comes, and `kill`s if it likes. Resolves to all lines. */
async function write(
  args: string[],
  onLine?: (line: string, child: ChildProcess) => void,
): Promise<string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    onLine?.(line, child);
  });
  await once(child, 'close');
  return lines;
}

describe('eight processes at once', { timeout: 60_000 }, () => {
  it('lose nothing that was acknowledged, and leave nothing half, though five are killed', async () => {
    const directory = freshDirectory();
    const killAfter = [3, 7, 12, 18, 25];
    const writers = Array.from({ length: 8 }, (_, number) => {
      const limit = killAfter[number];
      let seen = 0;
      return write([directory, 'create', `w${number}`, '40'], (_line, child) => {
        seen += 1;
        if (seen === limit) child.kill('SIGKILL');
      });
    });
    const acknowledged = (await Promise.all(writers)).flat();
    expect(acknowledged.length).toBeGreaterThanOrEqual(3 * 40 + 3 + 7 + 12 + 18 + 25);

    const store = openExample(directory);
    const ids = new Set<string>();
    for await (const { id, record } of store.scan({ damaged: ({ file }) => expect(file).toBeUndefined() })) {
      expect(record).toEqual({ title: id, text: 'x'.repeat(20_000) });
      ids.add(id);
    }
    expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
    for (const sort of ['created', 'title'] as const) {
      const { summaries, damaged } = await listing(store, { sort, order: 'desc' });
      expect(damaged).toEqual([]);
      expect(new Set(summaries.map(({ id }) => id))).toEqual(ids);
      expect(summaries).toHaveLength(ids.size);
    }
    const shards = join(directory, 'conversations');
    for (const name of readdirSync(shards, { recursive: true, encoding: 'utf8' })) {
      if (name.endsWith('.json'))
        expect(parseEnvelope(readFileSync(join(shards, name)))).toBeTypeOf('object');
    }
  });

  it('are listed rightly while they write', async () => {
    const directory = freshDirectory();
    const acknowledged = new Set<string>();
    const store = openExample(directory);
    const state = { isRunning: true };
    const writers = Promise.all(
      Array.from({ length: 8 }, (_, number) =>
        write([directory, 'create', `w${number}`, '15'], (line) => acknowledged.add(line)),
      ),
    ).finally(() => {
      state.isRunning = false;
    });
    while (state.isRunning) {
      const before = Array.from(acknowledged);
      const { summaries, damaged } = await listing(store);
      const listed = new Set(summaries.map(({ id }) => id));
      expect(damaged).toEqual([]);
      expect(before.filter((id) => !listed.has(id))).toEqual([]);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await writers;
    expect((await listing(store)).summaries).toHaveLength(120);
  });
});

describe('one conversation', { timeout: 60_000 }, () => {
  it('loses no update of four processes', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('counter', { n: 0 }));
    await Promise.all(Array.from({ length: 4 }, () => write([directory, 'increment', 'counter', '25'])));
    expect((await store.read('counter'))?.record).toEqual({ n: 100 });
  });

  it('loses no acknowledged update when some of them are killed', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('counter', { n: 0 }));
    const lines = await Promise.all(
      [2, 5, 100, 100].map((limit) =>
        write([directory, 'increment', 'counter', '20'], (line, child) => {
          if (line === String(limit)) child.kill('SIGKILL');
        }),
      ),
    );
    // A killed process may have stored one more than it could tell of.
    const told = lines.flat().length;
    const n = Number((await store.read('counter'))?.record['n']);
    expect(n).toBeGreaterThanOrEqual(told);
    expect(n).toBeLessThanOrEqual(told + 2);
  });

  it('can be changed at once after the process that held it was killed', async () => {
    const directory = freshDirectory();
    const store = openExample(directory);
    await store.create(envelope('a', { title: 'before' }));
    await write([directory, 'hold', 'a'], (_line, child) => child.kill('SIGKILL'));
    await store.update('a', () => envelope('a', { title: 'after' }));
    expect((await store.read('a'))?.record).toEqual({ title: 'after' });
    expect(readdirSync(join(directory, 'locks'))).toEqual(['.gitignore']);
  });
});
