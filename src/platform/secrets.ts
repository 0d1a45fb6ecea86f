import { exec } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from '../core/errors.ts';

/** A command that asks a person for a password may take its time. */
const COMMAND_MS = 60_000;

/** The text of a file that nobody but its owner may read. @throws Failure `not_authenticated` that says why not. */
export async function readSecret(path: string): Promise<string> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const { mode, isFolder } = statOf(descriptor);
    if (isFolder) throw new Error('it is a folder');
    // Windows has no such permissions: what is in a person's profile is theirs.
    if ((mode & 0o077) !== 0 && process.platform !== 'win32') throw readableByOthers(path);
    return readFileSync(descriptor, 'utf8');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('not_authenticated', `the key in ${path} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function statOf(descriptor: number): { readonly mode: number; readonly isFolder: boolean } {
  const stats = fstatSync(descriptor);
  return { mode: stats.mode, isFolder: stats.isDirectory() };
}

function readableByOthers(path: string): Failure {
  return new Failure('not_authenticated', `the key in ${path} is not used, as others can read it`, {
    hint: `take it back with \`chmod 600 ${path}\`, and replace the key if it may have been read`,
  });
}

/** Writes a file that its owner alone may read. @throws Failure `not_allowed` if it cannot be written. */
export async function writeSecret(path: string, text: string): Promise<void> {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
    // An older file keeps its permissions when it is written again.
    chmodSync(path, 0o600);
  } catch (error) {
    throw new Failure('not_allowed', `${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/** Adds to a file, in one piece. @throws Failure `not_allowed` if it cannot be written. */
export async function appendLine(path: string, text: string): Promise<void> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, text);
  } catch (error) {
    throw new Failure('not_allowed', `${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/** What a shell command prints on stdout. Its stderr is not passed on: it may name what it could not open. */
export async function outputOf(command: string): Promise<string> {
  try {
    const { stdout } = await promisify(exec)(command, { timeout: COMMAND_MS, encoding: 'utf8' });
    return stdout;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new Failure('not_authenticated', `the command \`${command}\` that gives the key failed${code}`, {
      hint: 'run it by itself to see why',
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
