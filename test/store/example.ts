import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { storeHost } from '../../src/platform/store-host.ts';
import { type Envelope, renderEnvelope, type Summary } from '../../src/store/envelope.ts';
import { type DamagedFile, openStore, type Store } from '../../src/store/index.ts';
import { fileOf } from '../../src/store/names.ts';
import type { Order } from '../../src/store/order.ts';
import { summarise } from './conversations.ts';

export { envelope, summarise } from './conversations.ts';

/** A path that does not exist yet, removed with all below it when the test has finished. */
export function freshDirectory(): string {
  const parent = mkdtempSync(join(tmpdir(), 'convo-store-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'data');
}

export function openExample(directory: string): Store {
  return openStore({ directory, host: storeHost(), summarise });
}

export async function pathIn(directory: string, id: string): Promise<string> {
  return join(directory, 'conversations', `${await fileOf(id)}.json`);
}

/** Puts a file where the store would, as an editor, `cp` or `git` does. */
export async function placeByHand(directory: string, content: Envelope): Promise<void> {
  const path = await pathIn(directory, content.id);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, renderEnvelope(content));
}

export interface Listing {
  readonly summaries: Summary[];
  readonly damaged: DamagedFile[];
}

export const newest: Order = { sort: 'created', order: 'desc' };

export async function listing(store: Store, order: Order = newest, limit?: number): Promise<Listing> {
  const damaged: DamagedFile[] = [];
  const summaries: Summary[] = [];
  const query = { ...order, damaged: (problem: DamagedFile) => damaged.push(problem) };
  for await (const summary of store.list(limit === undefined ? query : { ...query, limit }))
    summaries.push(summary);
  return { summaries, damaged };
}

export async function listedIds(store: Store, order?: Order, limit?: number): Promise<string[]> {
  const { summaries } = await listing(store, order, limit);
  return summaries.map(({ id }) => id);
}
