import type { World } from '../core/format.ts';
import { summariseRecord } from '../core/summary.ts';
import { formatNamed } from '../formats/index.ts';
import { type Envelope, openStore, type Store, type StoreHost } from '../store/index.ts';
import type { DamagedFile, Listed, ListQuery, Located, Provider } from './provider.ts';
import { notFound } from './unable.ts';

export interface LocalOptions {
  readonly name: string;
  readonly directory: string;
  readonly host: StoreHost;
  readonly world: () => Promise<World>;
}

/** The embedded store: documents of every format, each kept as its own system would keep it. */
export function openLocal({ name, directory, host, world }: LocalOptions): Provider {
  const store = openLocalStore({ directory, host });
  const title = name === 'local' ? 'the local store' : `the local store ${name}`;
  const find = async (id: string): Promise<Located | undefined> => {
    const envelope = await store.read(id);
    return envelope && locate(envelope);
  };
  // Reading needs no schema; what writing needs is loaded when something is written.
  const writes = async () => (await import('./local-writes.ts')).openWrites(store, title, await world());
  return {
    name,
    title,
    format: 'convo',
    cannot: {},
    takes: () => true,
    show: find,
    list: (query) => listStore(store, query, find),
    create: async (document, options) => (await writes()).create(document, options),
    update: async (id, edit, options) => (await writes()).update(id, edit, options),
    append: async (id, messagesFor, options) => (await writes()).append(id, messagesFor, options),
    keep: async (made) => (await writes()).keep(made),
    replace: async (id, { format, record }) => locate(await store.update(id, () => ({ format, id, record }))),
    remove: async (id, { dryRun }) => (dryRun ? (await store.read(id)) !== undefined : store.remove(id)),
  };
}

/** The store behind a local provider. */
export function openLocalStore({ directory, host }: Pick<LocalOptions, 'directory' | 'host'>): Store {
  return openStore({ directory, host, summarise: summariseEnvelope });
}

/** A stored conversation as providers hand it out. */
export function locate({ id, format, record }: Envelope): Located {
  return { id, format: formatNamed(format).name, record };
}

async function summariseEnvelope({ id, format: name, record }: Envelope) {
  const info = formatNamed(name);
  return { ...summariseRecord(info, await info.load(), record), id };
}

async function* listStore(
  store: Store,
  { sort, order, limit, warn, damaged: tell }: ListQuery,
  find: (id: string) => Promise<Located | undefined>,
): AsyncGenerator<Listed> {
  const damaged =
    tell ?? (({ file, message }: DamagedFile): void => warn(`${file} was left out: ${message}`));
  for await (const summary of store.list({ sort, order, ...(limit !== undefined && { limit }), damaged })) {
    yield {
      summary,
      async load() {
        const located = await find(summary.id);
        if (!located) throw notFound(summary.id, 'the local store');
        return located;
      },
    };
  }
}
