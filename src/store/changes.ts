import { statSync, unlinkSync } from 'node:fs';
import { Failure } from '../core/errors.ts';
import { commit } from './commit.ts';
import { diskFailure, failedWith, onDisk } from './disk-failure.ts';
import { type Envelope, renderEnvelope, type Summarise, type Summary } from './envelope.ts';
import { withLock } from './lock.ts';
import { stampOf } from './marks.ts';
import { fileOf, shardOf } from './names.ts';
import { readWhole } from './read.ts';
import { folderOf, pathOf, type Site } from './site.ts';
import { placeNew, placeOver, publish } from './write.ts';

/** Stores a conversation that is not there yet; one with its id is a `conflict`. When this returns it will last. */
export async function createConversation(
  site: Site,
  summarise: Summarise,
  envelope: Envelope,
): Promise<void> {
  const file = await fileOf(envelope.id);
  const path = pathOf(site, file);
  const text = renderEnvelope(envelope);
  const summary = await summaryOf(envelope, summarise);
  await withLock(site, envelope.id, async () => {
    const make = (draft: string) => commit(site, { file, summary, make: () => placeNew(draft, path) });
    const isNew =
      !isThere(path) && (await publish(site, { text, folder: folderOf(site, shardOf(file)) }, make));
    if (!isNew) throw conflict(envelope.id);
  });
}

/** Replaces a conversation by what `edit` makes of it, while nobody else can; `not_found` if it is not there. */
export async function updateConversation(
  site: Site,
  summarise: Summarise,
  id: string,
  edit: (current: Envelope) => Envelope | Promise<Envelope>,
): Promise<Envelope> {
  const file = await fileOf(id);
  const path = pathOf(site, file);
  return withLock(site, id, async () => {
    const current = await readWhole(site, file);
    if (current === undefined) throw notFound(id);
    const edited = await edit(current);
    if (edited.id !== id) throw new Error(`an edit must not change the id of ${id}`);
    const summary = await summaryOf(edited, summarise);
    const make = (draft: string) => commit(site, { file, summary, make: () => placeOver(draft, path) });
    const mode = onDisk(path, () => statSync(path).mode & 0o777);
    await publish(site, { text: renderEnvelope(edited), folder: folderOf(site, shardOf(file)), mode }, make);
    return edited;
  });
}

/** Removes a conversation, a damaged one too; false if it was not there. */
export async function removeConversation(site: Site, id: string): Promise<boolean> {
  const file = await fileOf(id);
  const path = pathOf(site, file);
  if (!isThere(path)) return false;
  return withLock(site, id, async () => {
    // Nothing is made for the sake of a removal.
    if (!isThere(path)) return false;
    return commit(site, { file, summary: null, make: () => unlinked(path) });
  });
}

function isThere(path: string): boolean {
  return stampOf(path) !== undefined;
}

function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return false;
    throw diskFailure(error, path);
  }
}

/** A record that cannot be summed up is stored all the same, and found damaged by lists. */
async function summaryOf(envelope: Envelope, summarise: Summarise): Promise<Summary | undefined> {
  try {
    return await summarise(envelope);
  } catch {
    return undefined;
  }
}

function conflict(id: string): Failure {
  return new Failure('conflict', `there is already a conversation ${JSON.stringify(id)}`, { id });
}

function notFound(id: string): Failure {
  return new Failure('not_found', `there is no conversation ${JSON.stringify(id)}`, { id });
}
