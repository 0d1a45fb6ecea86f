import { openTurns } from '../../bulk/gate.ts';
import { type Journal, readJournal, withJournal } from '../../bulk/journal.ts';
import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { identityOf } from '../../providers/identity.ts';
import { findPlace, openPlace } from '../../providers/open.ts';
import type { Listed } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { concurrencyFor, journalPath, openDestination, withGrace } from '../bulk/destination.ts';
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
  const source = await openPlace(context, from, session.telling);
  const provider = await openPlace(withGrace(context), to, session.telling);
  if (!source.list) throw unable(source, 'list');
  if (!provider.create) throw unable(provider, 'create');
  const filters = filtersOf(options, 'created', context.now());
  const path = journalPath(context, options, identities.to);
  const run = async (journal: Journal, more: Pick<ManyOptions, 'shape'> & { readonly journal?: string }) => {
    const destination = openDestination(context, { provider, journal }, options);
    const copying: Copying = { source, destination, identities, options, session };
    const { journal: _flag, ...others } = options;
    await runMany(session, {
      ...others,
      ...more,
      items: itemsOf(copying, filters),
      concurrency: concurrencyFor(provider, options),
      done: 'copied',
      piped: false,
      total: options.limit,
    });
  };
  if (options.dryRun === true) return run(asRead(path), { shape: 'table' });
  const shape = options.quiet === true ? 'ids' : 'lines';
  await withJournal({ path, host: await context.storeHost() }, (journal) =>
    run(journal, { shape, journal: path }),
  );
}

/** Asks the source for no more than what is wanted, newest first. */
async function* itemsOf(copying: Copying, { tests, wanted }: Filters): AsyncGenerator<Item> {
  const { source, options, session } = copying;
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const rows = source.list?.({
    sort: 'created',
    order: 'desc',
    limit: tests.length > 0 ? undefined : options.limit,
    wanted,
    warn: session.telling.warn,
  });
  const inTurn = openTurns();
  let index = 0;
  for await (const row of rows ?? []) {
    if (!(await passes(row, tests))) continue;
    const item = itemOf(copying, row, index);
    // A list that changes while it is read may have one twice.
    yield { ...item, bring: (lose) => inTurn(row.summary.id, () => item.bring(lose)) };
    index += 1;
    if (index >= limit) return;
  }
  if (index === 0) {
    await session.warn(tests.length > 0 ? 'no conversation matches' : 'there are no conversations');
  }
}

function itemOf(copying: Copying, row: Listed, index: number): Item {
  const { source, options } = copying;
  const { id, title } = row.summary;
  return {
    source: { file: null, line: null, provider: source.name, id },
    index,
    title,
    bring: (lose) => (options.dryRun === true ? foresee(copying, row, lose) : bring(copying, row, lose)),
  };
}

/** A dry run looks at the journal and leaves it alone. */
function asRead(path: string): Journal {
  const entries = readJournal(path);
  return {
    get: (key) => entries.get(key),
    isOurs: () => false,
    knows: () => false,
    begun: refuse,
    done: () => undefined,
    undone: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new Error('a dry run writes nothing');
}
