import CliTable from 'cli-table3';
import { type Cell, cellText } from './cell.ts';
import { type Column, fittingColumns, GAP, leastWidth, shareWidth } from './columns.ts';
import { renderDetails } from './details.ts';
import { type Appearance, plain } from './style.ts';
import { displayWidth, truncate } from './width.ts';

/** Headers of a data table's own may be long; they need not stay whole for it to be drawn as a table. */
const LEAST_DATA_COLUMN = 8;

/**
 * A table without borders under upper-case headers; `rows` hold a cell for each of `columns`. With a width no
 * line is longer: columns are cut, spare ones left out, and where that is not enough each row is drawn as a
 * list of its cells. Without, nothing is cut. Ends in a newline; without rows the headers stand alone.
 */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  appearance: Appearance = {},
): string {
  const shouting = columns.map((column) => ({ ...column, header: column.header.toUpperCase() }));
  return layOut(shouting, rows, appearance);
}

/** A table that is itself data: as {@link renderTable}, but with its headers as they are. Rows may be ragged. */
export function renderDataTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  appearance: Appearance = {},
): string {
  const count = rows.reduce((most, row) => Math.max(most, row.length), headers.length);
  const columns = Array.from({ length: count }, (_, index): Column => {
    const header = cellText(headers[index]);
    return { header, minimum: Math.min(displayWidth(header), LEAST_DATA_COLUMN) };
  });
  return count === 0 ? '' : layOut(columns, rows, appearance);
}

function layOut(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { width, style = plain }: Appearance,
): string {
  const shown = fittingColumns(columns, width);
  if (width !== undefined && leastWidth(shown) > width) return renderStacked(columns, rows, { width, style });
  const places = shown.map((column) => columns.indexOf(column));
  const texts = [
    shown.map((column) => column.header),
    ...rows.map((row) => places.map((place) => cellText(row[place]))),
  ];
  const natural = shown.map((_, index) =>
    texts.reduce((most, row) => Math.max(most, displayWidth(row[index] ?? '')), 1),
  );
  const widths = width === undefined ? natural : shareWidth(shown, natural, width);
  const cut = texts.map((row) => row.map((text, index) => truncate(text, widths[index] ?? 0)));
  return alignRows(shown, cut, widths)
    .map((line, index) => `${fill(line, cut[index] ?? [], index === 0 ? style.bold : same)}\n`)
    .join('');
}

function renderStacked(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  appearance: Appearance,
): string {
  return rows
    .map((row) =>
      renderDetails(
        columns.map((column, index) => [column.header, cellText(row[index])]),
        appearance,
      ),
    )
    .join('\n');
}

const STAND_IN = 'x';
/** cli-table3 takes quadratic time, so that long tables go through it in parts. */
const ROWS_AT_ONCE = 8;

/**
 * cli-table3 pads by a width table of 2019 that knows no newer emoji and no marks but the Latin ones. It gets
 * stand-ins of the right width, which the texts then replace, so that nothing but our own count matters.
 */
function alignRows(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string[] {
  const lines: string[] = [];
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const table = new CliTable({
      chars: { ...noBorders, middle: ' '.repeat(GAP) },
      style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
      colAligns: columns.map((column) => column.align ?? 'left'),
      colWidths: [...widths],
    });
    const part = rows.slice(start, start + ROWS_AT_ONCE);
    table.push(...part.map((row) => row.map((text) => STAND_IN.repeat(displayWidth(text)))));
    lines.push(...table.toString().split('\n'));
  }
  return lines;
}

const noBorders = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
};

function fill(line: string, texts: readonly string[], paint: (text: string) => string): string {
  const visible = texts.filter((text) => displayWidth(text) > 0);
  let next = 0;
  return line.trimEnd().replace(/x+/g, () => paint(visible[next++] ?? ''));
}

function same(text: string): string {
  return text;
}
