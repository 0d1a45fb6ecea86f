import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Context } from '../../src/context.ts';
import { Failure } from '../../src/core/errors.ts';
import type { World } from '../../src/core/format.ts';
import type { Crew, Jobs } from '../../src/crew.ts';
import type { CutOptions } from '../../src/input/cutter.ts';
import { jobs } from '../../src/jobs.ts';
import { renderFailure } from '../../src/output/diagnostics.ts';
import type { Sink } from '../../src/output/sink.ts';
import { plain } from '../../src/output/style.ts';
import { accessTo } from '../../src/platform/files.ts';
import { listen } from '../../src/platform/http-server.ts';
import type { Prompter } from '../../src/platform/prompter.ts';
import { settingsFile } from '../../src/platform/settings.ts';
import { storeHost } from '../../src/platform/store-host.ts';
import { runProgram } from '../../src/program.ts';

export interface FakeOptions {
  /** What the program finds on disk, by the path as typed; what it writes is added. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Absent: an empty pipe, or a terminal at which nobody types. */
  readonly stdin?: string | Uint8Array;
  /** Whether all three streams are a terminal, or which of them. */
  readonly isTTY?: boolean | Partial<Record<'stdin' | 'stdout' | 'stderr', boolean>>;
  readonly columns?: number;
  /** Files and stdin come in pieces of so many bytes; else as a whole. */
  readonly chunkSize?: number;
  /** The second of the pieces makes wait, so that little of them is read before something is made of them. */
  readonly isHalting?: boolean;
  /** Large inputs are worked on in parts of this size; else there are no other threads. */
  readonly cut?: CutOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** What shell commands print; any other command is an error. */
  readonly commands?: Readonly<Record<string, string>>;
  /** What a person answers, in order; a question too many is an error. */
  readonly answers?: readonly (string | boolean)[];
}

export interface FakeWorld {
  readonly context: Context;
  /** All that was written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The questions asked so far. */
  readonly questions: readonly string[];
  /** The text of a file that was given or written; `undefined` if there is none. */
  readonly file: (path: string) => string | undefined;
  readonly configDirectory: string;
  /** Runs a command line as the edge does; the exit code comes back. What the program did not foresee is thrown. */
  readonly run: (...words: readonly string[]) => Promise<number>;
}

/**
 * A world to run commands in: streams and files in memory, the real store and settings in temporary directories
 * that go when the test ends. The clock begins at 2026-06-01T09:15:02.000Z and goes on by a second when asked.
 * To be called within a test.
 */
export function fakeContext(options: FakeOptions = {}): FakeWorld {
  const [stdout, stderr] = [memory(), memory()];
  const files = new Map(Object.entries(options.files ?? {}));
  const questions: string[] = [];
  const terminal = (stream: 'stdin' | 'stdout' | 'stderr'): boolean =>
    typeof options.isTTY === 'object' ? options.isTTY[stream] === true : options.isTTY === true;
  const columns = options.columns === undefined ? {} : { columns: options.columns };
  const configDirectory = temporaryDirectory();
  const world = countingWorld();
  const context: Context = {
    version: '0.0.0-test',
    runtime: { node: 'v20.17.0', platform: 'linux x64' },
    environment: options.environment ?? {},
    stdin: {
      isTTY: terminal('stdin'),
      read: async () => bytesOf(options.stdin ?? ''),
      open: async () => chunksOf(bytesOf(options.stdin ?? ''), options),
    },
    stdout: { isTTY: terminal('stdout'), ...columns, open: () => stdout.sink },
    stderr: { isTTY: terminal('stderr'), ...columns, open: () => stderr.sink },
    signal: new AbortController().signal,
    windDown: () => undefined,
    ...(options.cut && { crews: { cut: options.cut, open: openFakeCrew } }),
    now: world.now,
    pass: world.pass,
    world: async () => world,
    files: {
      open: async (path) => chunksOf(bytesOf(files.get(path) ?? missing(path)), options),
      completion: async () => undefined,
      create: async (path) => {
        const { sink, text } = memory();
        return { ...sink, finish: async () => void files.set(path, text()), abandon: async () => undefined };
      },
      size: async (path) => (files.has(path) ? bytesOf(files.get(path) ?? '').length : undefined),
      access: async (path) => (files.has(path) ? { exists: true, writable: true } : accessTo(path)),
      readText: async (path) => file(path),
      readSecret: async (path) => file(path) ?? noSecret(path),
      writeSecret: async (path, text) => void files.set(path, text),
      remove: async (path) => void files.delete(path),
      append: async (path, text) => void files.set(path, `${file(path) ?? ''}${text}`),
    },
    runCommand: async (command) => {
      const output = options.commands?.[command];
      if (output === undefined) throw new Error(`nobody runs ${JSON.stringify(command)} in a test`);
      return output;
    },
    settings: async () => settingsFile(configDirectory),
    prompter: async () => fakePrompter([...(options.answers ?? [])], questions),
    storeHost: async () => storeHost(),
    listen,
    dataDirectory: temporaryDirectory(),
  };
  const file = (path: string): string | undefined => {
    const content = files.get(path);
    return content === undefined ? undefined : Buffer.from(bytesOf(content)).toString();
  };
  const run = (...words: readonly string[]): Promise<number> => runLikeEdge(words, context, stderr.sink);
  return { context, stdout: stdout.text, stderr: stderr.text, questions, file, configDirectory, run };
}

/** No threads, but what is sent and comes back is copied as if there were, and later tasks may be done first. */
async function openFakeCrew<Name extends keyof Jobs>(
  job: Name,
  setup: Jobs[Name]['setup'],
): Promise<Crew<Name>> {
  const work = await jobs[job](structuredClone(setup));
  return {
    capacity: 3,
    run: async (task) => structuredClone((await work(structuredClone(task))).result),
    end: async () => undefined,
  };
}

async function runLikeEdge(words: readonly string[], context: Context, stderr: Sink): Promise<number> {
  try {
    await runProgram(words, context);
    return 0;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const json = words.some(
      (word, at) => /^(?:nd)?json$/.test(word) && /^(?:-o|--output)$/.test(words[at - 1] ?? ''),
    );
    await stderr.write(renderFailure(error, { json, style: plain, verbose: false }));
    return error.exitCode;
  }
}

function memory(): { readonly sink: Sink; readonly text: () => string } {
  const parts: string[] = [];
  return {
    sink: { write: async (text) => void parts.push(Buffer.from(bytesOf(text)).toString()) },
    text: () => parts.join(''),
  };
}

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'convo-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

function countingWorld(): World & { readonly pass: (milliseconds: number) => Promise<void> } {
  let count = 0;
  let time = Date.UTC(2026, 5, 1, 9, 15, 1);
  return {
    now: () => (time += 1000),
    pass: async (milliseconds) => void (time += milliseconds),
    ulid: () => `01j${String((count += 1)).padStart(23, '0')}`,
    hex: () => String((count += 1)).padStart(32, '0'),
  };
}

function fakePrompter(answers: (string | boolean)[], questions: string[]): Prompter {
  const answer = (question: string): string | boolean => {
    questions.push(question);
    const next = answers.shift();
    if (next === undefined) throw new Error(`nobody answers ${JSON.stringify(question)}`);
    return next;
  };
  return {
    async text(question, { problem } = {}) {
      for (;;) {
        const text = String(answer(question));
        const wrong = problem?.(text);
        if (wrong === undefined) return text;
        questions.push(wrong);
      }
    },
    confirm: async (question) => answer(question) === true,
    secret: async (question) => String(answer(question)),
    choose: async (question, choices) => {
      const chosen = answer(question);
      return choices.find((choice) => choice === chosen) ?? notOffered(String(chosen), choices);
    },
  };
}

function notOffered(answer: string, choices: readonly string[]): never {
  throw new Error(`${JSON.stringify(answer)} is not among ${choices.join(', ')}`);
}

async function* chunksOf(
  bytes: Uint8Array,
  { chunkSize = bytes.length, isHalting = false }: Pick<FakeOptions, 'chunkSize' | 'isHalting'>,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkSize) {
    yield bytes.subarray(at, at + chunkSize);
    if (isHalting && at === 0) yield new Uint8Array();
  }
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

function noSecret(path: string): never {
  throw new Failure('not_authenticated', `the key in ${path} cannot be read: there is no such file`);
}

function missing(path: string): never {
  throw Object.assign(new Error(`ENOENT: no such file or directory, open '${path}'`), { code: 'ENOENT' });
}
