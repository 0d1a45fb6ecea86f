import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { buildSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { plain } from '../../src/output/style.ts';
import { OutputClosed, openSink, styleFor, terminalWidth } from '../../src/platform/streams.ts';

/** Writes as many rows of 1 KB as asked and ends as the program's edge does. */
const writeRows = `
import { OutputClosed, openSink } from '../../src/platform/streams.ts';
const [count, onClosed = 'stop'] = process.argv.slice(2);
const stdout = openSink(process.stdout, { name: 'stdout', onClosed });
const stderr = openSink(process.stderr, { name: 'stderr', onClosed: 'ignore' });
try {
  for (let index = 0; index < Number(count); index += 1) await stdout.write('x'.repeat(1023) + '\\n');
  await stderr.write('all ' + count + '\\n');
} catch (error) {
  process.exitCode = error.exitCode;
  await stderr.write(error instanceof OutputClosed ? 'closed\\n' : error.message + '\\n');
}
`;

let directory = '';
let program = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'convo-streams-'));
  program = join(directory, 'write-rows.mjs');
  buildSync({
    stdin: { contents: writeRows, resolveDir: import.meta.dirname },
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a shell line in which $node and $program stand for the writing program. */
async function shell(line: string): Promise<Ended> {
  const child = spawn('bash', ['--norc', '-o', 'pipefail', '-c', line], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: directory,
    env: { PATH: process.env['PATH'], node: process.execPath, program },
  });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, stdout: await stdout, stderr: await stderr };
}

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}

describe('openSink', () => {
  it('loses nothing of 5 MB to a reader that is slow', async () => {
    const child = spawn(process.execPath, [program, '5120'], { stdio: ['ignore', 'pipe', 'ignore'] });
    let bytes = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      child.stdout.pause();
      setImmediate(() => child.stdout.resume());
    });
    const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
    expect({ code, bytes }).toEqual({ code: 0, bytes: 5120 * 1024 });
  });

  it('ends well when the reader has enough', async () => {
    const { code, stdout, stderr } = await shell('"$node" "$program" 5120 stop | head -1');
    expect(code).toBe(0);
    expect(stdout).toHaveLength(1024);
    expect(stderr).toBe('closed\n');
  });

  it('goes on with its work without a reader where that is asked', async () => {
    const { code, stderr } = await shell('"$node" "$program" 5120 ignore | head -1');
    expect(code).toBe(0);
    expect(stderr).toBe('all 5120\n');
  });

  it('says when a device takes nothing', async () => {
    const { code, stderr } = await shell('"$node" "$program" 3 > /dev/full');
    expect(code).toBe(1);
    expect(stderr).toBe('stdout cannot be written: no space left on device\n');
  });

  it('says when a file takes only part of a text', async () => {
    const { code, stderr } = await shell('ulimit -f 2; "$node" "$program" 5 > part');
    expect(code).toBe(1);
    expect(stderr).toBe('stdout cannot be written: file too large\n');
  });

  it('writes whole files, and appends to what is there', async () => {
    const { code } = await shell('"$node" "$program" 100 > whole; "$node" "$program" 100 >> whole');
    expect(code).toBe(0);
    expect(await readFile(join(directory, 'whole'), 'utf8')).toHaveLength(200 * 1024);
  });

  it('resolves a write only when the system has taken it', async () => {
    const events: string[] = [];
    const slow = new Writable({
      write(chunk, _encoding, callback) {
        setImmediate(() => {
          events.push(`taken ${String(chunk)}`);
          callback();
        });
      },
    });
    const sink = openSink(slow, { name: 'stdout', onClosed: 'stop' });
    await sink.write('a');
    events.push('resolved');
    await sink.write('b');
    expect(events).toEqual(['taken a', 'resolved', 'taken b']);
  });

  it('fails every write after one that failed', async () => {
    const broken = new Writable({
      write(_chunk, _encoding, callback) {
        callback(Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' }));
      },
    });
    const sink = openSink(broken, { name: 'stdout', onClosed: 'ignore' });
    for (const text of ['a', 'b']) {
      const error = await sink.write(text).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Failure);
      expect(error).toMatchObject({
        message: 'stdout cannot be written: EIO: i/o error, write',
        exitCode: 1,
      });
    }
  });

  it('notices a reader that went away between two writes', async () => {
    const stream = new PassThrough();
    stream.resume();
    const stopping = openSink(stream, { name: 'stdout', onClosed: 'stop' });
    const going = openSink(stream, { name: 'stdout', onClosed: 'ignore' });
    stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    await expect(stopping.write('a')).rejects.toBeInstanceOf(OutputClosed);
    await expect(going.write('a')).resolves.toBeUndefined();
  });
});

describe('styleFor', () => {
  const terminal = { isTTY: true };
  const colour = { colour: true };
  const red = '\u001B[31mx\u001B[39m';

  it.each([
    ['a terminal', terminal, {}, red],
    ['a pipe', {}, {}, 'x'],
    ['a terminal with NO_COLOR', terminal, { NO_COLOR: '1' }, 'x'],
    ['a terminal with an empty NO_COLOR', terminal, { NO_COLOR: '' }, red],
    ['a dumb terminal', terminal, { TERM: 'dumb' }, 'x'],
    ['a pipe with FORCE_COLOR', {}, { FORCE_COLOR: '1' }, red],
    ['a pipe with FORCE_COLOR and NO_COLOR', {}, { FORCE_COLOR: '1', NO_COLOR: '1' }, red],
    ['a terminal with FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, 'x'],
  ])('decides for %s', (_case, stream, environment, painted) => {
    expect(styleFor(stream, environment, colour).red('x')).toBe(painted);
  });

  it('obeys --no-color above all, and paints no empty text', () => {
    expect(styleFor(terminal, { FORCE_COLOR: '1' }, { colour: false })).toBe(plain);
    expect(styleFor(terminal, {}, colour).bold('')).toBe('');
  });
});

describe('terminalWidth', () => {
  it('is the terminal’s own, then COLUMNS, then 80, and none for a pipe', () => {
    expect(terminalWidth({ isTTY: true, columns: 120 }, { COLUMNS: '40' })).toBe(120);
    expect(terminalWidth({ isTTY: true, columns: 0 }, { COLUMNS: '40' })).toBe(40);
    expect(terminalWidth({ isTTY: true }, { COLUMNS: 'wide' })).toBe(80);
    expect(terminalWidth({ columns: 120 }, { COLUMNS: '40' })).toBeUndefined();
  });
});
