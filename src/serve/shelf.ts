import { readModel } from '../core/document.ts';
import { Failure } from '../core/errors.ts';
import type { Format, FormatName, World } from '../core/format.ts';
import type { JsonObject } from '../core/json.ts';
import { noLedger } from '../core/ledger.ts';
import { problemsOf } from '../core/schema/problems.ts';
import { formatNamed, infoOf } from '../formats/index.ts';
import { openWrites } from '../providers/local-writes.ts';
import type { Envelope, ReportDamage, Stamp, Store } from '../store/index.ts';

/** A conversation as one system would have it. */
export interface Shelved {
  readonly id: string;
  /** A record in the system's format, messages included: valid, unless a file was changed by hand. */
  readonly record: JsonObject;
  /** False for a conversation of another system: it can be read and deleted here, and nothing else. */
  readonly own: boolean;
}

export interface ShelfOrder {
  readonly sort: 'created' | 'updated' | 'title';
  readonly order: 'asc' | 'desc';
}

/** What an edit is given: the record as it is kept, and the format it is kept in. */
export type ShelfEdit = (record: JsonObject, format: Format) => JsonObject;

/**
 * The store as one system sees it: its own conversations, and those of others as far as they have what a record of
 * the system requires. Writes last when they return.
 */
export interface Shelf {
  readonly find: (id: string) => Promise<Shelved | undefined>;
  /** What has no such time or title comes last; ties by id. Damaged files are left out. */
  readonly list: (order: ShelfOrder) => AsyncIterable<Shelved>;
  /** Keeps what the system makes of a valid request. */
  readonly create: (request: JsonObject) => Promise<Shelved>;
  /**
   * Changes a conversation while nobody else can; undefined if there is none.
   * @throws Failure `unsupported` if it is another system's, `unavailable` if others hold it for ten seconds; and
   * whatever `edit` throws, with nothing changed.
   */
  readonly change: (id: string, edit: ShelfEdit) => Promise<Shelved | undefined>;
  /** False if there was none to be seen. */
  readonly remove: (id: string) => Promise<boolean>;
}

export interface ShelfOptions {
  readonly store: Store;
  readonly format: FormatName;
  /** Members of a record that this interface of the system does not require, though the format does. */
  readonly mayLack?: readonly string[] | undefined;
  readonly world: World;
  readonly damaged: ReportDamage;
}

/** Conversations that were read before, by the bytes of their files; the oldest go when there are more. */
const MOST_REMEMBERED = 32 * 1024 * 1024;

export async function openShelf({
  store,
  format: name,
  mayLack = [],
  world,
  damaged,
}: ShelfOptions): Promise<Shelf> {
  const format = await infoOf(name).load();
  const present = async (envelope: Envelope): Promise<Shelved | undefined> =>
    viewOf(envelope, format, mayLack);
  const look = remembering(store, present);
  // A damaged one can go, though nobody can look at it.
  const isSeen = (id: string): Promise<boolean> =>
    look(id).then((shelved) => shelved !== undefined, isDamage);
  return {
    find: look,
    async *list({ sort, order }) {
      for await (const { id } of store.list({ sort, order, damaged })) {
        const shelved = await look(id).catch(damagedOnly);
        if (shelved) yield shelved;
      }
    },
    async create(request) {
      const writes = openWrites(store, 'the local store', world);
      const { id, record } = await writes.create(
        { format, kind: 'request', value: request },
        { newId: false, dryRun: false },
      );
      return { id, record, own: true };
    },
    async change(id, edit) {
      try {
        const edited = await store.update(id, async (envelope) => ({
          ...envelope,
          record: edit(envelope.record, await ownFormat(envelope, format)),
        }));
        return await present(edited);
      } catch (error) {
        if (error instanceof Failure && error.code === 'not_found') return undefined;
        throw error;
      }
    },
    remove: async (id) => (await isSeen(id)) && store.remove(id),
  };
}

/** Reads a conversation, or takes what it was when it was read last if its file has not changed. */
function remembering(
  store: Store,
  present: (envelope: Envelope) => Promise<Shelved | undefined>,
): (id: string) => Promise<Shelved | undefined> {
  const remembered = new Map<string, { readonly stamp: Stamp; readonly shelved: Shelved | undefined }>();
  let bytes = 0;
  const forget = (id: string): void => {
    bytes -= remembered.get(id)?.stamp.size ?? 0;
    remembered.delete(id);
  };
  return async (id) => {
    const stamp = await store.stamp(id);
    if (stamp === undefined) return undefined;
    const known = remembered.get(id);
    if (known && known.stamp.text === stamp.text) return known.shelved;
    const envelope = await store.read(id);
    const shelved = envelope && (await present(envelope));
    forget(id);
    // An empty stamp is one that a change within the same tick of the clock would not show in.
    if (stamp.text === '' || stamp.size > MOST_REMEMBERED) return shelved;
    remembered.set(id, { stamp, shelved });
    bytes += stamp.size;
    for (const oldest of remembered.keys()) {
      if (bytes <= MOST_REMEMBERED) break;
      forget(oldest);
    }
    return shelved;
  };
}

async function viewOf(
  envelope: Envelope,
  format: Format,
  mayLack: readonly string[],
): Promise<Shelved | undefined> {
  const { id, record } = envelope;
  const kept = await formatNamed(envelope.format).load();
  const own = kept.system === format.system;
  if (kept.name === format.name) return { id, record, own };
  // Somebody else may have changed the file; what is no valid record cannot be converted.
  if (problemsOf(kept.record(), record, { warnings: false }).length > 0) return undefined;
  const model = readModel({ format: kept, kind: 'record', value: record });
  const written = format.write({ ...model, id }, 'record', noLedger);
  const problems = problemsOf(format.record(), written, { warnings: false });
  const lacking = problems.filter(
    ({ missing, path }) => !(missing === true && mayLack.includes(String(path[0]))),
  );
  if (lacking.length > 0) return undefined;
  return { id, record: written, own };
}

async function ownFormat(envelope: Envelope, format: Format): Promise<Format> {
  const kept = await formatNamed(envelope.format).load();
  if (kept.system === format.system) return kept;
  throw new Failure(
    'unsupported',
    `conversation ${JSON.stringify(envelope.id)} is kept as ${kept.title} has it: through ${format.title} it can be read and deleted, and not changed`,
  );
}

/** A file that cannot be read is reported by the list itself. */
function damagedOnly(error: unknown): undefined {
  isDamage(error);
}

/** True, or the error is thrown again. */
function isDamage(error: unknown): true {
  if (error instanceof Failure && error.code === 'invalid') return true;
  throw error;
}
