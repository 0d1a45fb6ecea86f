import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Prompter } from '../../platform/prompter.ts';
import { isKeyPlace, isKeyText } from '../../providers/key.ts';

/** A key for the configuration: the place it is at, or itself, to be put in a place. */
export type GivenKey = { readonly place: string } | { readonly secret: string };

export interface KeyQuestion {
  /** What `--key` was given. */
  readonly given: string | undefined;
  /** Absent where nobody can be asked. */
  readonly ask: (() => Promise<Prompter>) | undefined;
  readonly question: string;
}

/**
 * The key that was given, or that a person types; undefined if there was none and nobody gives one. It is in no message.
 * @throws Failure `usage` for a key on the command line, `invalid` for what cannot be one.
 */
export async function findKey(
  context: Context,
  { given, ask, question }: KeyQuestion,
): Promise<GivenKey | undefined> {
  if (given !== undefined && given !== '-') return { place: checkPlace(given, context) };
  if (given === '-' && !context.stdin.isTTY) return { secret: checkSecret(await firstLine(context)) };
  if (ask) {
    const typed = (await (await ask()).secret(question)).trim();
    if (typed === '' && given === undefined) return undefined;
    return isKeyPlace(typed) ? { place: checkPlace(typed, context) } : { secret: checkSecret(typed) };
  }
  if (given === undefined) return undefined;
  throw new Failure('usage', '--key - reads the key from a pipe, and stdin is a terminal', {
    hint: 'pipe it in, or leave out --no-input to be asked for it',
  });
}

async function firstLine(context: Context): Promise<string> {
  const [line = ''] = new TextDecoder().decode(await context.stdin.read()).split(/\r?\n/);
  return line.trim();
}

function checkSecret(secret: string): string {
  if (isKeyText(secret)) return secret;
  const problem = secret === '' ? 'no key was given' : 'what was given has characters that no key has';
  throw new Failure('invalid', problem, { hint: 'nothing was changed' });
}

/** The place as it is kept. What is wrong is not repeated: it may well be the key. */
function checkPlace(place: string, { environment }: Context): string {
  const [, kind, where = ''] = /^(\w+):(.+)$/s.exec(place) ?? [];
  const isName = /^[A-Za-z_][A-Za-z0-9_]*$/.test(where);
  if (!isKeyPlace(place) || (kind === 'env' && !isName)) {
    throw new Failure('usage', '--key takes the place of a key, not the key itself', {
      hint: 'write env:NAME, command:…, file:… or, to pipe the key in, -; replace a key that others may have seen',
    });
  }
  if (kind !== 'file') return place;
  // No shell opens a ~ behind a colon.
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  const opened = home === undefined ? where : where.replace(/^~(?=[/\\])/, () => home);
  return `file:${resolve(opened)}`;
}

/** Says, of a place that can be looked at, that no key is there yet; one that others can read is refused. */
export async function warningAbout(place: string, context: Context): Promise<string | undefined> {
  if (place.startsWith('env:')) {
    const isSet = (context.environment[place.slice('env:'.length)] ?? '') !== '';
    return isSet ? undefined : 'the variable that --key names is not set here';
  }
  if (!place.startsWith('file:')) return undefined;
  const path = place.slice('file:'.length);
  if (!(await context.files.access(path)).exists) return `there is no file ${path} yet`;
  await context.files.readSecret(path);
  return undefined;
}
