import { displayWidth } from './width.ts';

/** Columns between two columns of a table. */
export const GAP = 2;

/** A column of a table. */
export interface Column {
  readonly header: string;
  /** Numbers stand at the right; absent: at the left. */
  readonly align?: 'right';
  /** Where a terminal is too narrow: titles are cut `first`, ids `last`; absent: in between. */
  readonly cut?: 'first' | 'last';
  /** It is never cut to fewer columns than this. Absent: as wide as its header. */
  readonly minimum?: number;
  /** It may be left out where a terminal is too narrow for the minimum of every column. */
  readonly spare?: boolean;
}

/**
 * The columns that a terminal of `width` has room for: all of them, or without as many spare ones, last first,
 * as have to go. Depends on what the columns are, never on what is in them. No width: all.
 */
export function fittingColumns(columns: readonly Column[], width: number | undefined): Column[] {
  if (width === undefined || leastWidth(columns) <= width) return [...columns];
  const last = columns.findLastIndex((column) => column.spare === true);
  return last === -1 ? [...columns] : fittingColumns(columns.toSpliced(last, 1), width);
}

/** The narrowest that a table of these columns can be. */
export function leastWidth(columns: readonly Column[]): number {
  return columns.reduce((sum, column) => sum + minimumOf(column), GAP * (columns.length - 1));
}

/**
 * How wide each column is drawn in a table of at most `width`: as wide as its content asks, cut in the order
 * the columns say, the widest of them first. Needs `width` ≥ {@link leastWidth}.
 */
export function shareWidth(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const widths = natural.map((columnWidth) => Math.min(columnWidth, width));
  let excess = widths.reduce((sum, columnWidth) => sum + columnWidth, GAP * (columns.length - 1)) - width;
  for (const turn of ['first', undefined, 'last'] as const) {
    while (excess > 0) {
      const widest = widestOf(columns, widths, turn);
      if (widest === -1) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
      excess -= 1;
    }
  }
  return widths;
}

function widestOf(columns: readonly Column[], widths: readonly number[], turn: Column['cut']): number {
  let widest = -1;
  columns.forEach((column, index) => {
    const width = widths[index] ?? 0;
    if (column.cut !== turn || width <= minimumOf(column)) return;
    if (widest === -1 || width > (widths[widest] ?? 0)) widest = index;
  });
  return widest;
}

function minimumOf(column: Column): number {
  return Math.max(1, column.minimum ?? displayWidth(column.header));
}
