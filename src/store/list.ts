import type { ReportDamage, Summarise, Summary } from './envelope.ts';
import { keep } from './keep.ts';
import { logPath } from './log.ts';
import { ABSENT, markOf, stampOf } from './marks.ts';
import { shardOf, shards } from './names.ts';
import { inOrder, type Order } from './order.ts';
import type { Row } from './row.ts';
import { dirtyShards, rescan } from './shards.ts';
import { pathOf, type Site } from './site.ts';
import { BrokenIndex, snapshotPath } from './snapshot.ts';
import { sortedRows } from './sorted-rows.ts';
import { sweep } from './sweep.ts';
import { changeOf, damagedRows, emptyView, openView, type View } from './view.ts';
import { discard } from './write.ts';

export interface ListQuery extends Order {
  /** All if absent. */
  readonly limit?: number;
  readonly damaged: ReportDamage;
}

/** One run over the store: what was given and told so far outlives a broken index. */
interface Run {
  readonly site: Site;
  readonly summarise: Summarise;
  readonly query: ListQuery;
  readonly view: View;
  /** Shards looked at during this run: their rows need no further check. */
  readonly fresh: Set<string>;
  readonly given: Set<string>;
  readonly told: Set<string>;
}

/**
 * Summaries in the order asked for. Newest first, only as much is read as is taken, and files are checked as they
 * come up; any other order looks at every file first. An index that makes no sense is made anew without a word.
 */
export async function* listSummaries(
  site: Site,
  summarise: Summarise,
  query: ListQuery,
): AsyncGenerator<Summary, void> {
  if (markOf(site.conversations) === ABSENT) return;
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  if (left <= 0) return;
  for await (const summary of summaries({ site, summarise, query })) {
    yield summary;
    left -= 1;
    if (left <= 0) return;
  }
}

async function* summaries(what: Pick<Run, 'site' | 'summarise' | 'query'>): AsyncGenerator<Summary, void> {
  const progress = { given: new Set<string>(), told: new Set<string>() };
  try {
    yield* attempt({ ...what, ...progress, view: openView(what.site), fresh: new Set() });
  } catch (error) {
    if (!(error instanceof BrokenIndex)) throw error;
    discard(snapshotPath(what.site));
    discard(logPath(what.site));
    yield* attempt({ ...what, ...progress, view: emptyView(), fresh: new Set() });
  }
}

async function* attempt(run: Run): AsyncGenerator<Summary, void> {
  const { site, view, query } = run;
  const isNewestFirst = query.sort === 'created' && query.order === 'desc';
  try {
    const suspects = isNewestFirst ? dirtyShards(site, view) : shards;
    for (const shard of suspects) await look(run, shard);
    if (suspects.length > 0) sweep(site, suspects);
    keep(site, view);
    await tellDamage(run);
    if (isNewestFirst) yield* newest(run);
    else for (const { summary } of inOrder(Array.from(sortedRows(view)), query)) yield summary;
  } finally {
    keep(site, view);
    view.snapshot?.close();
  }
}

async function* newest(run: Run): AsyncGenerator<Summary, void> {
  for (const row of sortedRows(run.view, run.given)) {
    if (!(await isCurrent(run, row))) continue;
    run.given.add(row.file);
    yield row.summary;
  }
}

/** Whether the row is still what its file says; if not, the view knows better now. */
async function isCurrent(run: Run, row: Row): Promise<boolean> {
  const { site, view, fresh } = run;
  if (fresh.has(shardOf(row.file)) || stampOf(pathOf(site, row.file)) === row.stamp) return true;
  await look(run, shardOf(row.file));
  await tellDamage(run);
  const change = changeOf(view, row.file);
  return change === undefined || change === row;
}

async function look({ site, view, fresh, summarise }: Run, shard: string): Promise<void> {
  await rescan(site, view, shard, summarise);
  fresh.add(shard);
}

async function tellDamage(run: Run): Promise<void> {
  const { site, view, fresh, told, query } = run;
  for (const { file, stamp } of damagedRows(view)) {
    if (!fresh.has(shardOf(file)) && stampOf(pathOf(site, file)) !== stamp) await look(run, shardOf(file));
  }
  for (const { file, damage } of damagedRows(view)) {
    if (told.has(file)) continue;
    told.add(file);
    query.damaged({ file: pathOf(site, file), message: damage ?? '' });
  }
}
