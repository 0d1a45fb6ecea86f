import { comparing, inOrder, newestFirst } from './order.ts';
import { isSound, type SoundRow } from './row.ts';
import { changedRows, changeOf, type View } from './view.ts';

const compareSummaries = comparing(newestFirst);

/**
 * All rows with a summary, newest first, reading no more of the snapshot than is asked for. What the view takes in
 * between two rows is in the later ones. Files in `skip`, which may grow meanwhile, are not given.
 * Throws `BrokenIndex`.
 */
export function* sortedRows(view: View, skip: ReadonlySet<string> = new Set()): Generator<SoundRow, void> {
  const isHidden = (row: SoundRow) => skip.has(row.file) || changeOf(view, row.file) !== undefined;
  const isOver = (row: SoundRow) => skip.has(row.file) || changeOf(view, row.file) !== row;
  let taken = view.arrivals.length;
  // The next one is the last of the array, where taking it costs nothing.
  const changed = inOrder(changedRows(view).filter(isSound), newestFirst).toReversed();
  const old = view.snapshot?.rows();
  let next = old?.next().value;
  for (;;) {
    for (const row of view.arrivals.slice(taken)) if (isSound(row)) insert(changed, row);
    taken = view.arrivals.length;
    while (next && isHidden(next)) next = old?.next().value;
    const last = changed.at(-1);
    if (last && isOver(last)) changed.pop();
    else if (last && (!next || compare(last, next) < 0)) {
      changed.pop();
      yield last;
    } else if (next) {
      const row = next;
      next = old?.next().value;
      yield row;
    } else return;
  }
}

function insert(rows: SoundRow[], row: SoundRow): void {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = rows[middle];
    if (other !== undefined && compare(other, row) > 0) low = middle + 1;
    else high = middle;
  }
  rows.splice(low, 0, row);
}

function compare(left: SoundRow, right: SoundRow): number {
  return compareSummaries(left.summary, right.summary);
}
