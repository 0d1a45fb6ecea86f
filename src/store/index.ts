import { readdirSync } from 'node:fs';
import { createConversation, removeConversation, updateConversation } from './changes.ts';
import { diskFailure, failedWith } from './disk-failure.ts';
import type { Envelope, ReportDamage, Summarise, Summary } from './envelope.ts';
import { type ListQuery, listSummaries } from './list.ts';
import { type Stamp, stampAndSize } from './marks.ts';
import { fileOf } from './names.ts';
import { readEnvelope, readWhole } from './read.ts';
import { namesIn } from './shards.ts';
import { folderOf, pathOf, type Site, type StoreHost, siteOf } from './site.ts';

export type { DamagedFile, Envelope, ReportDamage, Summarise, Summary } from './envelope.ts';
export type { ListQuery } from './list.ts';
export type { Stamp } from './marks.ts';
export type { StoreHost } from './site.ts';

/**
 * Conversations in one JSON file each, and any number of processes at once. Errors of the disk are failures that name
 * the path: `not_allowed`, `unavailable` (no space), `unreadable` (no such kind of path), else `internal`.
 */
export interface Store {
  /** Stores what is not there yet, for good when this returns. An id already there is a `conflict`. */
  readonly create: (envelope: Envelope) => Promise<void>;
  /** Undefined if there is none. A file that is no envelope, or another's, is `invalid` and named. */
  readonly read: (id: string) => Promise<Envelope | undefined>;
  /**
   * Replaces a conversation by what `edit` makes of it; nobody changes it in between. `not_found` if there is none,
   * `unavailable` if others hold it for ten seconds. Returns what was stored.
   */
  readonly update: (
    id: string,
    edit: (current: Envelope) => Envelope | Promise<Envelope>,
  ) => Promise<Envelope>;
  /**
   * Two equal texts stand for the same content of a conversation, however it was changed; undefined if there is none.
   * Empty, and good for nothing, right after a change. Looking at it takes less than reading.
   */
  readonly stamp: (id: string) => Promise<Stamp | undefined>;
  /** False if there was none. */
  readonly remove: (id: string) => Promise<boolean>;
  /** Ties by id, ascending; what lacks the value comes last. Damaged files are told of and left out. */
  readonly list: (query: ListQuery) => AsyncIterable<Summary>;
  /** Every conversation, read whole, in no particular order. Damaged files are told of and left out. */
  readonly scan: (options: { readonly damaged: ReportDamage }) => AsyncIterable<Envelope>;
}

export interface StoreOptions {
  /** Need not exist: then it is an empty store, and the first `create` makes it. */
  readonly directory: string;
  readonly host: StoreHost;
  readonly summarise: Summarise;
}

/** Touches nothing until it is used. */
export function openStore({ directory, host, summarise }: StoreOptions): Store {
  const site = siteOf(directory, host);
  return {
    create: (envelope) => createConversation(site, summarise, envelope),
    read: async (id) => readWhole(site, await fileOf(id)),
    update: (id, edit) => updateConversation(site, summarise, id, edit),
    stamp: async (id) => stampAndSize(pathOf(site, await fileOf(id))),
    remove: (id) => removeConversation(site, id),
    list: (query) => listSummaries(site, summarise, query),
    scan: ({ damaged }) => scanEnvelopes(site, damaged),
  };
}

async function* scanEnvelopes(site: Site, damaged: ReportDamage): AsyncGenerator<Envelope, void> {
  for (const shard of shardsIn(site)) {
    for (const name of namesIn(folderOf(site, shard))) {
      const envelope = await readOrTell(site, `${shard}/${name}`, damaged);
      if (envelope !== undefined) yield envelope;
    }
  }
}

async function readOrTell(site: Site, file: string, damaged: ReportDamage): Promise<Envelope | undefined> {
  try {
    const envelope = await readEnvelope(site, file);
    if (typeof envelope !== 'string') return envelope;
    damaged({ file: pathOf(site, file), message: envelope });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    damaged({ file: pathOf(site, file), message: error.message });
  }
  return undefined;
}

function shardsIn(site: Site): string[] {
  try {
    return readdirSync(site.conversations)
      .filter((name) => /^[0-9a-f]{2}$/.test(name))
      .toSorted();
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return [];
    throw diskFailure(error, site.conversations);
  }
}
