import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Format } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { formatNamed } from '../../formats/index.ts';
import { createLossTally, type LossTally } from '../../output/losses.ts';
import { openProvider } from '../../providers/open.ts';
import type { Listed, Provider, SortKey } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { collectFailures } from '../failures.ts';
import { oneOf } from '../options.ts';
import { openSession } from '../session.ts';
import { parseFields, type SummaryField, summaryFields } from './columns.ts';
import { filtersOf, passes } from './filter.ts';
import type { ListOptions } from './index.ts';
import { openRows, type Shown } from './rows.ts';

/** What a table shows without being told. */
const tableLimit = 20;

/** Prints rows as they come. Limits count after filters; rows that are left out are said to be. */
export async function list(options: ListOptions, context: Context): Promise<void> {
  const session = openSession(context, withRecords(options, context));
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.list) throw unable(provider, 'list');
  if (options.quiet === true && (options.output === 'table' || options.output === 'csv')) {
    throw new Failure('usage', `-q prints ids alone, and -o ${options.output} more than that`);
  }
  const { sort, order } = parseSort(options.sort);
  const filters = filtersOf(options, sort, context.now());
  const limit = limitOf(options, session.format);
  const target =
    options.as === undefined || options.as === 'native' ? options.as : await formatNamed(options.as).load();
  if (options.search !== undefined && provider.plan) {
    await session.warn(`${provider.title} cannot search: each conversation is fetched to look through it`);
  }
  const tally = createLossTally();
  const failures = collectFailures(session, 'conversation', 'converted');
  const rows = openRows(session, fieldsOf(options, session.format), options.quiet === true);
  const asked = limit === undefined || filters.tests.length > 0 ? undefined : limit + 1;
  const warnings: string[] = [];
  let shown = 0;
  let more = false;
  try {
    for await (const listed of provider.list({
      sort,
      order,
      limit: asked,
      wanted: filters.wanted,
      warn: (message) => warnings.push(message),
    })) {
      context.signal.throwIfAborted();
      // Several filters and the output may each want the whole.
      const row = { ...listed, load: once(listed.load) };
      if (!(await passes(row, filters.tests))) continue;
      if (shown === limit) {
        more = true;
        break;
      }
      shown += 1;
      await failures.attempt(async () => rows.add(await showAs(row, provider, target, tally, shown - 1)));
    }
  } finally {
    await rows.close();
    for (const message of warnings) await session.warn(message);
  }
  if (shown === 0 && session.format === 'table') {
    await session.warn(filters.tests.length > 0 ? 'no conversation matches' : 'there are no conversations');
  }
  await session.reportLosses(tally);
  if (more) await session.warn(`there are more than the ${shown} shown; see them with --limit <n> or --all`);
  failures.finish();
}

/** Whole records are JSON, on a terminal too. */
function withRecords(options: ListOptions, { stdout }: Context): ListOptions {
  if (options.as === undefined) return options;
  if (options.output === 'table' || options.output === 'csv') {
    throw new Failure('usage', `--as prints whole records, which are no ${options.output}`, {
      hint: 'use -o json or -o ndjson with it',
    });
  }
  return options.output === 'auto' && stdout.isTTY === true ? { ...options, output: 'json' } : options;
}

function parseSort(text: string): { readonly sort: SortKey; readonly order: 'asc' | 'desc' } {
  const [key = '', order, ...rest] = text.split(':');
  if (rest.length > 0) {
    throw new Failure('usage', `--sort takes <key>[:asc|desc], not ${JSON.stringify(text)}`);
  }
  const sort = oneOf('sort key', ['created', 'updated', 'title'])(key);
  // The newest first, but titles from A to Z.
  const usual = sort === 'title' ? 'asc' : 'desc';
  return { sort, order: order === undefined ? usual : oneOf('sort order', ['asc', 'desc'])(order) };
}

function limitOf({ limit, all, quiet }: ListOptions, format: string): number | undefined {
  if (limit !== undefined) return limit;
  return format === 'table' && all !== true && quiet !== true ? tableLimit : undefined;
}

function fieldsOf({ fields }: ListOptions, format: string): readonly SummaryField[] {
  if (fields !== undefined) return parseFields(fields);
  return format === 'json' || format === 'ndjson'
    ? summaryFields
    : summaryFields.filter((field) => field !== 'metadata');
}

/** Whole records may need converting, which most lists do not. */
async function showAs(
  row: Listed,
  provider: Provider,
  target: Format | 'native' | undefined,
  tally: LossTally,
  index: number,
): Promise<Shown> {
  if (target === undefined) return { provider, row };
  const located = await row.load();
  if (target === 'native') return { record: located.record };
  const { recordAs } = await import('./records.ts');
  return { record: await recordAs(located, target, tally, index) };
}
