import { Failure } from '../core/errors.ts';
import type { Environment } from '../platform/streams.ts';

/** What reading a key takes from outside. */
export interface KeyFiles {
  readonly environment: Environment;
  /** The text of a file that is for its owner's eyes alone. @throws Failure `not_authenticated` if it is not. */
  readonly readSecret: (path: string) => Promise<string>;
  /** What a shell command prints. @throws Failure `not_authenticated` if it fails. */
  readonly runCommand: (command: string) => Promise<string>;
}

/** Where a key is, as it stands in the configuration. */
const PLACE = /^(env|command|file):(.+)$/s;

/** Whether a setting says where a key is. The key itself never stands in the configuration. */
export function isKeyPlace(text: string): boolean {
  return PLACE.test(text);
}

/**
 * The key that is kept at this place: `env:NAME`, `command:…` (what it prints) or `file:…`.
 * @throws Failure `not_authenticated` that names the place if there is no key there.
 */
export async function readKey(place: string, title: string, world: KeyFiles): Promise<string> {
  const [, kind = '', where = ''] = PLACE.exec(place) ?? [];
  return checkKey(await readPlace(kind, where, world), title, placeName(place));
}

/** The key without what is around it. @throws Failure `not_authenticated` that names the place if it cannot be one. */
export function checkKey(text: string, title: string, place: string): string {
  const key = text.trim();
  if (isKeyText(key)) return key;
  const problem = key === '' ? 'is empty' : 'has characters that no key has';
  throw new Failure('not_authenticated', `the key for ${title} in ${place} ${problem}`, {
    hint: 'put it right there, or choose another place with `convo provider add`',
  });
}

/** Whether a text can be a key. One that could not be a header would end up in the message of somebody else's error. */
export function isKeyText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

async function readPlace(kind: string, where: string, world: KeyFiles): Promise<string> {
  if (kind === 'env') return world.environment[where] ?? '';
  return kind === 'command' ? world.runCommand(where) : world.readSecret(where);
}

/** A place as people are told of it. */
export function placeName(place: string): string {
  const [, kind, where = place] = PLACE.exec(place) ?? [];
  if (kind === 'env') return `the variable ${where}`;
  return kind === 'command' ? `the output of \`${where}\`` : `the file ${where}`;
}
