import type { Destination, Task } from '../../bulk/destination.ts';
import { digestOf, digestOfText } from '../../bulk/digest.ts';
import type { Done } from '../../bulk/journal.ts';
import { copyKey } from '../../bulk/keys.ts';
import { choosesIds, makeOnce } from '../../bulk/make.ts';
import { sameOrConflict } from '../../bulk/make-kept.ts';
import type { Conversation } from '../../core/conversation.ts';
import { type Document, readModel } from '../../core/document.ts';
import type { Loss } from '../../core/ledger.ts';
import { infoOf } from '../../formats/index.ts';
import type { Listed, Provider } from '../../providers/provider.ts';
import { refuseLosses } from '../bulk/losses.ts';
import type { Brought } from '../bulk/run.ts';
import { intoProvider } from '../create/prepare.ts';
import { applySets, complete, oddSets } from '../documents/completeness.ts';
import type { Session } from '../session.ts';
import type { CopyOptions } from './index.ts';
import { bringUpToDate } from './up-to-date.ts';

/** Conversations on their way from one place to another. */
export interface Copying {
  readonly source: Provider;
  readonly destination: Destination;
  readonly identities: { readonly from: string; readonly to: string };
  readonly options: CopyOptions;
  readonly session: Session;
}

type Lose = (losses: readonly Loss[]) => void;

/** Copies a conversation, or brings its copy up to date, or leaves it alone, as the journal says. */
export async function bring(copying: Copying, row: Listed, lose: Lose): Promise<Brought> {
  const { destination, options } = copying;
  const looked = await lookAt(copying, row);
  if ('status' in looked) return looked;
  const { known } = looked;
  if (known && options.update !== true) return { id: known.id, status: 'changed' };
  const task = await taskOf(copying, row, looked, lose);
  if (!known) return makeOnce(destination, task);
  await destination.pace();
  await bringUpToDate(destination.provider, { task, known, model: looked.model });
  destination.journal.done(task.key, { digest: task.digest, id: known.id, ...task.source });
  return { id: known.id, status: 'updated' };
}

/** What {@link bring} would do, as far as that can be known with nothing sent. */
export async function foresee(copying: Copying, row: Listed, lose: Lose): Promise<Brought> {
  const { destination, options } = copying;
  const { provider, create, journal, again } = destination;
  const looked = await lookAt(copying, row);
  if ('status' in looked) return looked;
  const { known, key } = looked;
  if (known && options.update !== true) return { id: known.id, status: 'changed' };
  const { document } = await taskOf(copying, row, looked, lose);
  if (known) return { id: known.id, status: 'updated' };
  if (provider.plan?.create) await provider.plan.create(document);
  else {
    const made = await create(document, { newId: false, dryRun: true });
    const present = await provider.show?.(made.id);
    if (present) return { id: made.id, status: sameOrConflict(made, present) };
  }
  const begun = journal.get(key);
  const isLost = begun !== undefined && begun.id === undefined && !provider.findCreated && !again;
  return { id: begun?.id ?? null, status: isLost ? 'unknown' : 'created' };
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

async function taskOf(copying: Copying, row: Listed, looked: Looked, lose: Lose): Promise<Task> {
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
    source: {
      // A file can be changed by hand and say nothing of it.
      ...(!choosesIds(source) && row.summary.updated_at !== null && { updated: row.summary.updated_at }),
      messages: messages?.length ?? 0,
      said: digestOfText(JSON.stringify(messages)),
    },
  };
}
