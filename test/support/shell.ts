import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Outcome } from './transcript.ts';

const repository = join(import.meta.dirname, '../..');

/** The launcher of the built program. */
export const launcher = join(repository, 'bin/convo.js');

/** A directory with a home of its own, in which `convo` is the built program. */
export interface Shell {
  readonly directory: string;
  readonly home: string;
  /** `bash -c` with no input; what it printed comes back when it ended. */
  readonly run: (command: string) => Promise<Outcome>;
  /** The same, still running, its stdin open. */
  readonly start: (command: string, environment?: Readonly<Record<string, string>>) => Running;
  readonly remove: () => void;
}

export interface Running {
  readonly type: (text: string) => void;
  readonly end: () => void;
  /** Sends a signal to the command and all it started. */
  readonly signal: (name: NodeJS.Signals) => void;
  /** Resolves once stdout or stderr has the text, after what earlier calls waited for; rejects when it ends without. */
  readonly shows: (text: string) => Promise<void>;
  readonly ended: Promise<Outcome>;
}

/** Where files are in memory, if there is such a place: for tests that write very many. */
export const quickFolder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Opens a shell in a fresh directory, with nothing in its environment that this one has but the path. */
export function openShell(above = tmpdir()): Shell {
  const root = realpathSync(mkdtempSync(join(above, 'convo-cli-')));
  const [directory, home, programs] = [join(root, 'work'), join(root, 'home'), join(root, 'bin')];
  for (const each of [directory, home, programs]) mkdirSync(each);
  const shim = `#!/bin/sh\nexec ${quoted(process.execPath)} ${quoted(launcher)} "$@"\n`;
  writeFileSync(join(programs, 'convo'), shim, { mode: 0o755 });
  const environment = environmentFor(home, programs);
  const launch = (command: string, more: Readonly<Record<string, string>> = {}) =>
    spawn('bash', ['-c', command], { cwd: directory, env: { ...environment, ...more }, detached: true });
  return {
    directory,
    home,
    run: async (command) => {
      const child = launch(command);
      child.stdin.end();
      return await outcomeOf(child);
    },
    start: (command, more) => running(launch(command, more)),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

function environmentFor(home: string, programs: string): Readonly<Record<string, string>> {
  return {
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    CONVO_DATA_DIR: join(home, 'data'),
    CONVO_CONFIG_DIR: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'xdg-data'),
    XDG_CONFIG_HOME: join(home, 'xdg-config'),
    XDG_CACHE_HOME: join(home, 'xdg-cache'),
    XDG_STATE_HOME: join(home, 'xdg-state'),
    TERM: 'dumb',
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    FIXTURES: join(repository, 'test/fixtures'),
  };
}

/** No test takes so long, in milliseconds; a command that does is killed with all it started. */
const LONGEST_MS = 100_000;

function killGroup({ pid }: ChildProcessWithoutNullStreams): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

async function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  const parts: { stdout: Buffer[]; stderr: Buffer[] } = { stdout: [], stderr: [] };
  child.stdout.on('data', (bytes: Buffer) => parts.stdout.push(bytes));
  child.stderr.on('data', (bytes: Buffer) => parts.stderr.push(bytes));
  // A command that does not read its input has closed it before it is written.
  child.stdin.on('error', () => undefined);
  const overdue = setTimeout(() => killGroup(child), LONGEST_MS);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve(status ?? 128));
  });
  clearTimeout(overdue);
  return {
    stdout: Buffer.concat(parts.stdout).toString(),
    stderr: Buffer.concat(parts.stderr).toString(),
    code,
  };
}

function running(child: ChildProcessWithoutNullStreams): Running {
  let seen = '';
  let from = 0;
  let over = false;
  let look: (() => void) | undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      seen += bytes.toString();
      look?.();
    });
  }
  child.on('close', () => {
    over = true;
    look?.();
  });
  return {
    type: (text) => void child.stdin.write(text),
    end: () => void child.stdin.end(),
    // What has ended by itself hears of no signal.
    signal: (name) => void (!over && child.pid !== undefined && process.kill(-child.pid, name)),
    shows: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = seen.indexOf(text, from);
          if (at >= 0) {
            from = at + text.length;
            look = undefined;
            resolve();
          } else if (over) {
            reject(new Error(`it ended without ${JSON.stringify(text)}; it showed ${JSON.stringify(seen)}`));
          }
        };
        look();
      }),
    ended: outcomeOf(child),
  };
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
