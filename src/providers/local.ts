import { changedPaths } from '../core/changes.ts';
import { type Document, readModel } from '../core/convert.ts';
import { Failure } from '../core/errors.ts';
import type { Format, World } from '../core/format.ts';
import { type JsonObject, toPointer } from '../core/json.ts';
import { noLedger } from '../core/ledger.ts';
import { problemsOf } from '../core/schema/problems.ts';
import { summarise } from '../core/summary.ts';
import { formatNamed } from '../formats/index.ts';
import { type Envelope, openStore, type Store, type StoreHost } from '../store/index.ts';
import type { Listed, Located, Provider } from './provider.ts';

export interface LocalOptions {
  readonly name: string;
  readonly directory: string;
  readonly host: StoreHost;
  readonly world: World;
}

/** The embedded store: documents of every format, each kept as its own system would keep it. */
export function openLocal({ name, directory, host, world }: LocalOptions): Provider {
  const store = openStore({ directory, host, summarise: summariseEnvelope });
  const find = async (id: string): Promise<Located | undefined> => {
    const envelope = await store.read(id);
    return envelope && locate(envelope);
  };
  const change = async (
    id: string,
    dryRun: boolean,
    edit: (current: Located, format: Format) => Promise<JsonObject>,
  ): Promise<Located> => {
    const apply = async (envelope: Envelope): Promise<Envelope> => {
      const current = locate(envelope);
      const record = await edit(current, await loadFormat(current.format));
      return { ...envelope, record };
    };
    if (!dryRun) return locate(await store.update(id, apply));
    const present = await store.read(id);
    if (!present) throw notFound(id, name);
    return locate(await apply(present));
  };
  return {
    name,
    title: name === 'local' ? 'the local store' : `the local store ${name}`,
    format: 'convo',
    takes: () => true,
    show: find,
    list: (query) => listStore(store, query, find),
    async create(document, { newId, dryRun }) {
      const located = keep(document, world, newId);
      if (dryRun) return located;
      await store.create(located);
      return located;
    },
    update: (id, edit, { dryRun }) =>
      change(id, dryRun, async (current, format) => {
        const { update } = format.keeping;
        if (!update) throw cannot(format, 'update');
        const edited = await edit(current);
        const changes = changedPaths(current.record, edited);
        if (changes.length === 0) return current.record;
        checkChanges(format, changes, update.changeable);
        return checked(format, id, update.touch(edited, world));
      }),
    append: (id, messagesFor, { dryRun }) =>
      change(id, dryRun, async (current, format) => {
        if (!format.keeping.append) throw cannot(format, 'append');
        return checked(format, id, format.keeping.append(current.record, await messagesFor(current), world));
      }),
    remove: async (id, { dryRun }) => (dryRun ? (await store.read(id)) !== undefined : store.remove(id)),
  };
}

export function notFound(id: string, provider: string): Failure {
  return new Failure('not_found', `there is no conversation ${JSON.stringify(id)} in ${provider}`, { id });
}

async function loadFormat(name: string): Promise<Format> {
  return formatNamed(name).load();
}

async function summariseEnvelope({ id, format: name, record }: Envelope) {
  const format = await loadFormat(name);
  return { ...summarise(readModel({ format, kind: 'record', value: record }), format.name), id };
}

function locate({ id, format, record }: Envelope): Located {
  return { id, format: formatNamed(format).name, record };
}

async function* listStore(
  store: Store,
  { sort, order, limit, warn }: Parameters<NonNullable<Provider['list']>>[0],
  find: (id: string) => Promise<Located | undefined>,
): AsyncGenerator<Listed> {
  const damaged = ({ file, message }: { readonly file: string; readonly message: string }): void =>
    warn(`${file} was left out: ${message}`);
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

/** A request becomes what its system would keep; a record stays as it is, id included. */
function keep(document: Document, world: World, newId: boolean): Located {
  const { format, kind, value } = document;
  if (kind === 'request') {
    if (!format.keeping.create) throw cannot(format, 'create');
    const record = format.keeping.create(value, world);
    const { id } = readModel({ format, kind: 'record', value: record });
    return { id: id ?? '', format: format.name, record };
  }
  const model = readModel(document);
  if (model.id !== undefined && model.id !== '' && !newId)
    return { id: model.id, format: format.name, record: value };
  const id = (format.keeping.newId ?? ((from: World) => `conv_${from.ulid()}`))(world);
  return { id, format: format.name, record: format.write({ ...model, id }, 'record', noLedger) };
}

function cannot(format: Format, operation: 'create' | 'update' | 'append'): Failure {
  const reason = format.keeping.cannot[operation] ?? `${format.title} cannot ${operation}`;
  return new Failure('unsupported', reason, {
    hint: 'keep a copy in the convo format instead: `convo convert --to convo`',
  });
}

function checkChanges(
  format: Format,
  changes: readonly (readonly string[])[],
  changeable: readonly string[],
): void {
  const pointers = changes.map(toPointer);
  const refused = pointers.filter(
    (pointer) => !changeable.some((each) => pointer === each || pointer.startsWith(`${each}/`)),
  );
  if (refused.length === 0) return;
  throw new Failure('unsupported', `${format.title} cannot change ${refused.join(', ')}`, {
    hint: `what it can change: ${changeable.join(', ')}`,
    issues: refused.map((path) => ({ path, message: 'cannot be changed' })),
  });
}

/** The record, still valid and still the same conversation. */
function checked(format: Format, id: string, record: JsonObject): JsonObject {
  const problems = problemsOf(format.record(), record, { warnings: false });
  if (problems.length > 0) {
    throw new Failure('invalid', `the changed conversation would be no valid ${format.name} record`, {
      issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
    });
  }
  if (readModel({ format, kind: 'record', value: record }).id !== id) {
    throw new Failure('unsupported', 'the id of a conversation cannot be changed', {
      hint: 'create a copy with `convo create --new-id`',
    });
  }
  return record;
}
