import { readFileSync } from 'node:fs';
import { Failure } from '../core/errors.ts';
import { diskFailure, failedWith } from './disk-failure.ts';
import { type Envelope, parseEnvelope } from './envelope.ts';
import { fileOf } from './names.ts';
import { pathOf, type Site } from './site.ts';

/** The envelope in a file of the store, or a clause that says what is wrong with it; undefined if it is not there. */
export async function readEnvelope(site: Site, file: string): Promise<Envelope | string | undefined> {
  const path = pathOf(site, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return undefined;
    throw diskFailure(error, path);
  }
  const envelope = parseEnvelope(bytes);
  if (typeof envelope === 'string' || (await fileOf(envelope.id)) === file) return envelope;
  return `it holds ${JSON.stringify(envelope.id)}, whose place is ${await fileOf(envelope.id)}.json`;
}

/** The envelope in a file of the store; undefined if it is not there. A damaged one is `invalid` and named. */
export async function readWhole(site: Site, file: string): Promise<Envelope | undefined> {
  const envelope = await readEnvelope(site, file);
  if (typeof envelope !== 'string') return envelope;
  throw new Failure('invalid', `${pathOf(site, file)} is damaged: ${envelope}`, {
    hint: 'put it right with an editor, restore it from a backup, or remove it',
  });
}
