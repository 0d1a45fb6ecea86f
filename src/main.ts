import { existsSync, readFileSync, rmSync } from 'node:fs';
import packageJson from '../package.json' with { type: 'json' };
import type { Context } from './context.ts';
import { Failure } from './core/errors.ts';
import { arriving, openFile } from './platform/chunks.ts';
import { directories } from './platform/directories.ts';
import { OutputClosed, openSink, styleFor } from './platform/streams.ts';
import { runProgram } from './program.ts';

// The edge: the one place that knows the process, catches everything and decides the exit code.
const interruption = new AbortController();
let windDown = 300;
for (const [signal, code] of [
  ['SIGINT', 'interrupted'],
  ['SIGTERM', 'terminated'],
] as const) {
  process.once(signal, () => {
    const failure = new Failure(code, code);
    interruption.abort(failure);
    // What can be ended well has a moment for it. A second signal ends the program at once: the handler is gone.
    setTimeout(() => process.exit(failure.exitCode), windDown).unref();
  });
}

// Not awaited here: a file that is loaded later and needs this one would wait for it for ever.
void exitWith(run(process.argv.slice(2)));

async function exitWith(code: Promise<number>): Promise<void> {
  process.exitCode = await code;
}

async function run(words: readonly string[]): Promise<number> {
  try {
    await runProgram(words, createContext());
    return 0;
  } catch (error) {
    if (error instanceof OutputClosed) return 0;
    return await report(
      interruption.signal.aborted ? endedBy(interruption.signal.reason, error) : error,
      words,
    );
  }
}

/** The stop itself, with what it left undone where that is known. */
function endedBy(stop: unknown, error: unknown): unknown {
  if (!(stop instanceof Failure) || !(error instanceof Failure)) return stop;
  if (error.code === stop.code || error.details.resume !== undefined) return error;
  // The other end may have been stopped with us, and have gone first.
  const isUnsure = error.code === 'outcome_unknown';
  return isUnsure ? new Failure(stop.code, `${stop.message}: ${error.message}`, error.details) : stop;
}

async function report(error: unknown, words: readonly string[]): Promise<number> {
  const { renderFailure } = await import('./output/diagnostics.ts');
  const style = styleFor(process.stderr, process.env, { colour: !words.includes('--no-color') });
  const text = renderFailure(error, {
    json: asksForJson(words),
    style,
    verbose: words.includes('--verbose'),
  });
  await openSink(process.stderr, { name: 'stderr', onClosed: 'ignore' }).write(text);
  return error instanceof Failure ? error.exitCode : 1;
}

/** Asked of the words themselves, as they may not have been understood. */
function asksForJson(words: readonly string[]): boolean {
  return words.some((word, index) => {
    const value =
      /^(?:-o|--output=)(.+)$/.exec(word)?.[1] ?? (/^(?:-o|--output)$/.test(word) ? words[index + 1] : '');
    return value === 'json' || value === 'ndjson';
  });
}

function createContext(): Context {
  const { data, config } = directories(process.env, process.platform);
  return {
    version: packageJson.version,
    runtime: { node: process.version, platform: `${process.platform} ${process.arch}` },
    environment: process.env,
    // Asking process.stdin itself would open it, and most runs do not ask.
    stdin: {
      get isTTY() {
        return process.getBuiltinModule('node:tty').isatty(0);
      },
      read: readStdin,
      open: async () => stdinChunks(),
    },
    stdout: {
      get isTTY() {
        return process.stdout.isTTY;
      },
      get columns() {
        return process.stdout.columns;
      },
      open: (onClosed) => openSink(process.stdout, { name: 'stdout', onClosed }),
    },
    stderr: {
      get isTTY() {
        return process.stderr.isTTY;
      },
      get columns() {
        return process.stderr.columns;
      },
      open: () => openSink(process.stderr, { name: 'stderr', onClosed: 'ignore' }),
    },
    signal: interruption.signal,
    windDown: (milliseconds) => {
      windDown = milliseconds;
    },
    crews: {
      cut: { worthwhile: 2 ** 22, size: 96 * 2 ** 10 },
      open: async (job, setup) => (await import('./platform/crew.ts')).openCrew(job, setup),
    },
    now: () => Date.now(),
    world: async () => (await import('./platform/world.ts')).world,
    files: {
      open: async (path) => openFile(path),
      completion: async (shell) => {
        const script = new URL(`completions/${shell}`, import.meta.url);
        return existsSync(script) ? readFileSync(script, 'utf8') : undefined;
      },
      size: async (path) => (await import('./platform/files.ts')).sizeOf(path),
      create: async (path) => (await import('./platform/files.ts')).createFile(path),
      access: async (path) => (await import('./platform/files.ts')).accessTo(path),
      readText: async (path) => textIn(path),
      readSecret: async (path) => (await import('./platform/secrets.ts')).readSecret(path),
      writeSecret: async (path, text) => (await import('./platform/secrets.ts')).writeSecret(path, text),
      remove: async (path) => rmSync(path, { force: true }),
      append: async (path, text) => (await import('./platform/secrets.ts')).appendLine(path, text),
    },
    runCommand: async (command) => (await import('./platform/secrets.ts')).outputOf(command),
    settings: async () => (await import('./platform/settings.ts')).settingsFile(config),
    prompter: async () => (await import('./platform/prompter.ts')).openPrompter(interruption.signal),
    storeHost: async () => (await import('./platform/store-host.ts')).storeHost(),
    listen: async (fetch, options) => (await import('./platform/http-server.ts')).listen(fetch, options),
    dataDirectory: data,
  };
}

/** Undefined if there is no such file. */
function textIn(path: string): string | undefined {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('unreadable', `${path} cannot be read: ${reason}`, { cause: error });
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdinChunks()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A closed stdin is an empty one. */
async function* stdinChunks(): AsyncGenerator<Uint8Array> {
  interruption.signal.addEventListener('abort', () => process.stdin.destroy(interruption.signal.reason));
  try {
    yield* arriving(process.stdin);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code !== 'EBADF' && code !== 'EIO') throw error;
  }
}
