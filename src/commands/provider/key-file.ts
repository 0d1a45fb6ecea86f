import { dirname, join } from 'node:path';
import type { Context } from '../../context.ts';
import type { Settings } from '../../settings.ts';

/** Where a key is kept that was typed or piped in, as the configuration says it: `file:…`. */
export async function placeForKey(context: Context, name: string): Promise<string> {
  return `file:${join(await keysDirectory(context), name)}`;
}

/** Keeps a key where its owner alone can read it. @throws Failure `not_allowed` if that cannot be. */
export async function keepKey(context: Context, place: string, key: string): Promise<void> {
  await context.files.writeSecret(place.replace(/^file:/, ''), `${key}\n`);
}

/** Removes a key that was kept here, unless some provider that is left needs it. A key kept elsewhere stays. */
export async function dropKey(context: Context, place: string | undefined, left: Settings): Promise<void> {
  if (place === undefined || !place.startsWith('file:')) return;
  const path = place.replace(/^file:/, '');
  if (dirname(path) !== (await keysDirectory(context))) return;
  if (Object.values(left.providers ?? {}).some(({ key }) => key === place)) return;
  await context.files.remove(path);
}

async function keysDirectory(context: Context): Promise<string> {
  return join(dirname((await context.settings()).path), 'keys');
}
