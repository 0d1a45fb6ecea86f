import { openTurns } from '../../bulk/gate.ts';
import { type Journal, withJournal } from '../../bulk/journal.ts';
import { type Reading, readJournal } from '../../bulk/read-journal.ts';
import { isFinal } from '../../bulk/run.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { once } from '../../core/once.ts';
import { identityOf, isSameAccount } from '../../providers/identity.ts';
import { findPlace, openPlace } from '../../providers/open.ts';
import type { DamagedFile, Listed, Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { journalPath, openDestination, tellingWidth, widthFor, withGrace } from '../bulk/destination.ts';
import { resumeCommand } from '../bulk/resume.ts';
import { type Item, type ManyOptions, runMany, sessionForMany } from '../bulk/run.ts';
import { type Filters, filtersOf, passes } from '../list/filter.ts';
import { openSession } from '../session.ts';
import { bring, type Copying, foresee } from './bring.ts';
import type { CopyOptions } from './index.ts';

/** Names of providers. */
export interface Ends {
  readonly from: string;
  readonly to: string;
}

/** Copies each conversation once, however often the command is cut off and run again. */
export async function copy(ends: Ends, options: CopyOptions, context: Context): Promise<void> {
  const session = sessionForMany(openSession(context, options, { writes: true }), options);
  const [from, to] = [await findPlace(context, ends.from), await findPlace(context, ends.to)];
  const identities = { from: await identityOf(context, from), to: await identityOf(context, to) };
  if (identities.from === identities.to) {
    throw new Failure('usage', `${ends.from} and ${ends.to} are the same place`);
  }
  if (await isSameAccount(context, from, to)) {
    await session.warn(
      `${ends.from} and ${ends.to} have the same address: if they are the same account too, each conversation is copied beside itself`,
    );
  }
  const width = widthFor([from, to], options);
  const telling = tellingWidth(session.telling, width);
  const source = await openPlace(context, from, telling);
  const provider = await openPlace(withGrace(context), to, telling);
  if (!source.list) throw unable(source, 'list');
  if (!provider.create) throw unable(provider, 'create');
  const filters = filtersOf(options, 'changed', context.now());
  const path = journalPath(context, options, identities.to);
  const run = async (journal: Journal, more: Pick<ManyOptions, 'shape'> & { readonly journal?: string }) => {
    const destination = openDestination(session, { provider, journal }, options);
    const copying: Copying = { source, destination, identities, options, session };
    const { journal: _flag, ...others } = options;
    await runMany(session, {
      ...others,
      ...more,
      items: itemsOf(copying, filters),
      width,
      done: 'copied',
      resume: resumeCommand(context),
      whole: options.limit,
      trouble: journal.trouble,
    });
  };
  if (options.dryRun === true) {
    return readJournal(path, (reading) => run(asRead(reading), { shape: 'table' }));
  }
  const shape = options.quiet === true ? 'ids' : 'lines';
  await withJournal({ path, host: await context.storeHost() }, (journal) =>
    run(journal, { shape, journal: path }),
  );
}

/** Those that are to be copied, and those of which that cannot be told: each is an item that says why. */
async function* itemsOf(copying: Copying, filters: Filters): AsyncGenerator<Item> {
  const { source, options, session } = copying;
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const { rows, damaged } = rowsOf(copying, filters);
  const inTurn = openTurns();
  let index = 0;
  let taken = 0;
  for await (const row of rows) {
    for (const file of damaged.splice(0)) yield damagedItem(source, file, index++);
    const loaded = { ...row, load: once(row.load) };
    const passed = await isWanted(loaded, filters.tests);
    if (passed === false) continue;
    const item = itemOf(copying, loaded, index++);
    if (passed === true) {
      // A list that changes while it is read may have one twice.
      yield { ...item, bring: (telling) => inTurn(row.summary.id, () => item.bring(telling)) };
      taken += 1;
      if (taken >= limit) return;
    } else yield { ...item, bring: () => Promise.reject(passed) };
  }
  for (const file of damaged) yield damagedItem(source, file, index++);
  if (index > 0) return;
  await session.warn(filters.tests.length > 0 ? 'no conversation matches' : 'there are no conversations');
}

/**
 * Asks the source for no more than what is wanted: what was changed since a time, the last changed first, else the
 * newest first. Files that cannot be read are collected while the rows are.
 */
function rowsOf({ source, options, session }: Copying, { tests, wanted }: Filters) {
  const damaged: DamagedFile[] = [];
  const rows = source.list?.({
    sort: hasChanges(source) && (wanted?.since ?? wanted?.until) !== undefined ? 'updated' : 'created',
    order: 'desc',
    limit: tests.length > 0 ? undefined : options.limit,
    wanted,
    warn: session.telling.warn,
    damaged: (file) => void damaged.push(file),
  });
  return { rows: rows ?? [], damaged };
}

/** Whether its conversations have times of change to sort by; where they have none, the newest changed last. */
function hasChanges({ format }: Provider): boolean {
  return format !== 'syllable' && format !== 'openai';
}

/** A failure if that cannot be told of this one. */
async function isWanted(row: Listed, tests: Filters['tests']): Promise<boolean | Failure> {
  try {
    return await passes(row, tests);
  } catch (error) {
    if (!(error instanceof Failure) || isFinal(error)) throw error;
    return error;
  }
}

function itemOf(copying: Copying, row: Listed, index: number): Item {
  const { source, options } = copying;
  const { id, title } = row.summary;
  return {
    source: { file: null, line: null, provider: source.name, id },
    index,
    title,
    bring: (telling) =>
      options.dryRun === true ? foresee(copying, row, telling) : bring(copying, row, telling),
  };
}

/** What it holds nobody can tell, not even its id. */
function damagedItem({ name }: Provider, { file, message }: DamagedFile, index: number): Item {
  return {
    source: { file, line: null, provider: name, id: null },
    index,
    title: null,
    bring: () => Promise.reject(new Failure('invalid', `${file}: ${message}`)),
  };
}

/** A dry run looks at the journal and leaves it alone. */
function asRead({ get }: Reading): Journal {
  return {
    get,
    isOurs: () => false,
    knows: () => false,
    begun: refuse,
    done: () => undefined,
    undone: refuse,
    trouble: () => undefined,
  };
}

async function refuse(): Promise<never> {
  throw new Error('a dry run writes nothing');
}
