import { type Destination, doneOf, type Task } from '../../bulk/destination.ts';
import { digestOf, digestOfText } from '../../bulk/digest.ts';
import type { Begun, Done } from '../../bulk/journal.ts';
import { copyKey } from '../../bulk/keys.ts';
import { choosesIds, makeOnce } from '../../bulk/make.ts';
import { sameOrConflict } from '../../bulk/make-kept.ts';
import type { Conversation } from '../../core/conversation.ts';
import { type Document, readModel } from '../../core/document.ts';
import { infoOf } from '../../formats/index.ts';
import type { Listed, Provider } from '../../providers/provider.ts';
import { refuseLosses } from '../bulk/losses.ts';
import type { Brought, ItemTelling } from '../bulk/run.ts';
import { intoProvider } from '../create/prepare.ts';
import { applySets, complete, oddSets } from '../documents/completeness.ts';
import type { Session } from '../session.ts';
import type { CopyOptions } from './index.ts';
import { bringUpToDate, changeableIn, checkChange } from './up-to-date.ts';

/** Conversations on their way from one place to another. */
export interface Copying {
  readonly source: Provider;
  readonly destination: Destination;
  readonly identities: { readonly from: string; readonly to: string };
  readonly options: CopyOptions;
  readonly session: Session;
}

/** Copies a conversation, or brings its copy up to date, or leaves it alone, as the journal says. */
export async function bring(copying: Copying, row: Listed, telling: ItemTelling): Promise<Brought> {
  const { destination, options } = copying;
  const { journal } = destination;
  const looked = await lookAt(copying, row);
  if ('status' in looked) return looked;
  if (looked.known && options.update !== true) return { id: looked.known.id, status: 'changed' };
  const task = await taskOf(copying, row, looked, telling);
  const made = looked.known ? undefined : await makeOnce(destination, task);
  const entry = looked.known ?? journal.get(task.key);
  // An earlier run may have made it of what the source was then.
  if (made && (made.status !== 'changed' || options.update !== true)) return made;
  if (entry?.state !== 'done') throw new Error(`${task.key} was made, and the journal does not say so`);
  telling.made(entry.id);
  await destination.pace();
  await bringUpToDate(destination.provider, { task, known: entry, model: looked.model });
  journal.done(task.key, doneOf(task, entry));
  return { id: entry.id, status: 'updated' };
}

/** What {@link bring} would do, as far as that can be known with nothing sent. */
export async function foresee(copying: Copying, row: Listed, telling: ItemTelling): Promise<Brought> {
  const { destination, options } = copying;
  const { provider, create, journal } = destination;
  const looked = await lookAt(copying, row);
  if ('status' in looked) return looked;
  const { known, key, model } = looked;
  if (known && options.update !== true) return { id: known.id, status: 'changed' };
  const task = await taskOf(copying, row, looked, telling);
  if (known) {
    telling.made(known.id);
    await checkChange(provider, { task, known, model });
    return { id: known.id, status: 'updated' };
  }
  const begun = journal.get(key);
  if (begun?.state === 'begun') {
    const status = await foreseeTakingUp(copying, begun, looked);
    if (status !== undefined) return { id: begun.id ?? null, status };
  }
  if (provider.plan?.create) await provider.plan.create(task.document);
  else {
    const made = await create(task.document, { newId: false, dryRun: true });
    const present = await provider.show?.(made.id);
    if (present) return { id: made.id, status: sameOrConflict(made, present) };
  }
  return { id: null, status: 'created' };
}

/** Of what an earlier run began; undefined where it is not there for all that is known, and would be made. */
async function foreseeTakingUp(
  { destination: { provider, again }, options }: Copying,
  begun: Begun,
  { digest }: Looked,
): Promise<Brought['status'] | undefined> {
  if (begun.id === undefined) {
    if (again) return undefined;
    if (!provider.findCreated || !begun.trace) return 'unknown';
  } else if (choosesIds(provider) && !(await provider.show?.(begun.id))) return undefined;
  if (begun.digest === digest) return 'created';
  return options.update === true ? 'updated' : 'changed';
}

interface Looked {
  readonly key: string;
  readonly digest: string;
  readonly base: Document;
  readonly model: Conversation;
  /** The copy that an earlier run made of what has changed since. */
  readonly known: Done | undefined;
}

/** What is there to be copied; what is known to be copied already is asked for no more than it takes to tell. */
async function lookAt(copying: Copying, row: Listed): Promise<Looked | Brought> {
  const { destination, identities } = copying;
  const { id, updated_at } = row.summary;
  const key = copyKey(identities.to, identities.from, id);
  const entry = destination.journal.get(key);
  const known = entry?.state === 'done' ? entry : undefined;
  if (known && updated_at !== null && known.updated === updated_at)
    return { id: known.id, status: 'skipped' };
  const { format, record } = await row.load();
  const digest = digestOf(record);
  if (known?.digest === digest) return { id: known.id, status: 'skipped' };
  const base: Document = { format: await infoOf(format).load(), kind: 'record', value: record };
  return { key, digest, base, model: readModel(base), known };
}

async function taskOf(
  copying: Copying,
  row: Listed,
  looked: Looked,
  { lose, made }: ItemTelling,
): Promise<Task> {
  const { source, destination, options, session } = copying;
  const { provider } = destination;
  const sets = options.set ?? [];
  const { document, losses } = await intoProvider(looked.base, provider);
  const { format, kind, value } = document;
  lose(losses);
  if (options.strict === true) refuseLosses(losses, format.title);
  const typed = { format, kind, value: applySets(value, sets, format, kind) };
  const laid = provider.withDefaults?.(typed) ?? typed;
  const whole = complete(laid, { place: row.summary.id });
  for (const oddity of oddSets(whole, sets)) await session.warn(oddity);
  const { messages = [] } = looked.model;
  return {
    key: looked.key,
    digest: looked.digest,
    document: whole,
    newId: false,
    made,
    source: {
      // A file can be changed by hand and say nothing of it.
      ...(!choosesIds(source) && row.summary.updated_at !== null && { updated: row.summary.updated_at }),
      messages: messages?.length ?? 0,
      said: digestOfText(JSON.stringify(messages)),
      ...(provider.plan && { members: changeableIn(whole) }),
    },
  };
}
