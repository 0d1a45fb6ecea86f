import { changedPaths } from '../core/changes.ts';
import { inOrder } from '../core/convert.ts';
import { type Document, readModel } from '../core/document.ts';
import { Failure } from '../core/errors.ts';
import type { Format, World } from '../core/format.ts';
import { refuseInexact } from '../core/json/inexact.ts';
import { type JsonObject, toPointer } from '../core/json.ts';
import { noLedger } from '../core/ledger.ts';
import { problemsOf } from '../core/schema/problems.ts';
import { readWithoutMessages } from '../core/summary.ts';
import { formatNamed, infoOf } from '../formats/index.ts';
import type { Envelope, Store } from '../store/index.ts';
import { checkChanges, checkSent } from './checks.ts';
import { locate } from './local.ts';
import type { Located, Provider } from './provider.ts';
import { notFound } from './unable.ts';

type Writes = Required<Pick<Provider, 'create' | 'keep' | 'update' | 'append'>>;

/** The operations of the local store that have to know what a format can do. */
export function openWrites(store: Store, title: string, world: World): Writes {
  const change = async (
    id: string,
    dryRun: boolean,
    edit: (current: Located, format: Format) => Promise<JsonObject>,
  ): Promise<Located> => {
    const apply = async (envelope: Envelope): Promise<Envelope> => {
      const current = locate(envelope);
      return { ...envelope, record: await edit(current, await formatNamed(current.format).load()) };
    };
    if (!dryRun) return locate(await updateIn(store, title, id, apply));
    const present = await store.read(id);
    if (!present) throw notFound(id, title);
    return locate(await apply(present));
  };
  return {
    async create(document, { newId, dryRun }) {
      const located = recordOf(document, world, newId);
      if (!dryRun) await createIn(store, located);
      return located;
    },
    keep: (made) => createIn(store, made),
    update: (id, edit, { dryRun }) =>
      change(id, dryRun, async (current, format) => {
        const { update } = format.keeping;
        if (!update) throw cannot(format, 'update');
        const edited = await edit(current);
        const changes = changedPaths(current.record, edited);
        if (changes.length === 0) return current.record;
        checkChanges(format, changes, update.changeable(current.record));
        if (update.sent && format.request) checkSent(format, update.sent(edited), format.request());
        return checked(format, id, update.touch(edited, world));
      }),
    append: (id, messagesFor, { dryRun }) =>
      change(id, dryRun, async (current, format) => {
        if (!format.keeping.append) throw cannot(format, 'append');
        const messages = await messagesFor(current);
        if (messages.length === 0) return current.record;
        return checked(format, id, format.keeping.append(current.record, messages, world));
      }),
  };
}

async function createIn(store: Store, located: Located): Promise<void> {
  try {
    await store.create(located);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'conflict') throw error;
    throw new Failure('conflict', error.message, {
      ...error.details,
      hint: 'keep both by giving it another id: --new-id',
    });
  }
}

/** Says where it looked. */
async function updateIn(
  store: Store,
  title: string,
  id: string,
  edit: (current: Envelope) => Promise<Envelope>,
): Promise<Envelope> {
  try {
    return await store.update(id, edit);
  } catch (error) {
    throw error instanceof Failure && error.code === 'not_found' ? notFound(id, title) : error;
  }
}

/** A request becomes what its system would keep; a record stays as it is, id included. */
function recordOf(document: Document, world: World, newId: boolean): Located {
  const { format, kind, value } = document;
  refuseInexact(value, 'stored');
  if (kind === 'request') {
    if (!format.keeping.create) throw cannot(format, 'create');
    const record = inOrder(format.record(), format.keeping.create(value, world));
    const { id } = readWithoutMessages(infoOf(format.name), format, record);
    return { id: id ?? '', format: format.name, record };
  }
  const model = readModel(document);
  if (model.id === '' && !newId) {
    throw new Failure('invalid', 'the id of this record is empty', { hint: 'give it another with --new-id' });
  }
  if (model.id !== undefined && !newId) return { id: model.id, format: format.name, record: value };
  const id = (format.keeping.newId ?? ((from: World) => `conv_${from.ulid()}`))(world);
  return { id, format: format.name, record: format.write({ ...model, id }, 'record', noLedger) };
}

function cannot(format: Format, operation: 'create' | 'update' | 'append'): Failure {
  const reason = format.keeping.cannot[operation] ?? `${format.title} cannot ${operation}`;
  return new Failure('unsupported', reason, {
    hint: 'keep a copy in the convo format instead: `convo convert --to convo`',
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
