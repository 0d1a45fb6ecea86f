import type { JsonObject } from '../../core/json.ts';
import { csvLine } from '../../output/csv.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import type { Listed, Provider } from '../../providers/provider.ts';
import type { Session } from '../session.ts';
import { columnFor, type SummaryField, summaryOf } from './columns.ts';

/** A row to print: a summary, or a whole record. */
export type Shown = { readonly provider: Provider; readonly row: Listed } | { readonly record: JsonObject };

export interface Rows {
  readonly add: (shown: Shown) => Promise<void>;
  /** Ends the output, also after a failure. */
  readonly close: () => Promise<void>;
}

/** Prints rows in the format of the session. Only a table waits for the last one, to know its widths. */
export function openRows(session: Session, fields: readonly SummaryField[], quiet: boolean): Rows {
  const { stdout } = session;
  if (quiet) return { add: (shown) => writeId(session, idOf(shown)), close: nothingMore };
  switch (session.format) {
    case 'table':
      return openTable(session, fields);
    case 'ndjson':
      return { add: (shown) => writeNdjson(stdout, objectOf(shown, fields)), close: nothingMore };
    case 'json': {
      const array = openArray(stdout);
      return { add: (shown) => array.element(objectOf(shown, fields)), close: () => array.close() };
    }
    case 'csv':
      return openCsv(session, fields);
  }
}

/** An id with a line break would be read as two by whoever reads lines. */
async function writeId({ stdout, warn }: Session, id: string): Promise<void> {
  if (/[\r\n]/.test(id)) await warn(`the id ${JSON.stringify(id)} does not fit on a line and was left out`);
  else await stdout.write(`${id}\n`);
}

function openTable({ stdout, appearance }: Session, fields: readonly SummaryField[]): Rows {
  const rows: Shown[] = [];
  return {
    add: async (shown) => void rows.push(shown),
    async close() {
      if (rows.length === 0) return;
      const { renderTable } = await import('../../output/table.ts');
      const cells = rows.map((shown) => fields.map((field) => cell(objectOf(shown, fields)[field], field)));
      await stdout.write(renderTable(fields.map(columnFor), cells, appearance));
    },
  };
}

function openCsv({ stdout }: Session, fields: readonly SummaryField[]): Rows {
  let begun = false;
  const begin = async (): Promise<void> => {
    if (!begun) await stdout.write(csvLine(fields));
    begun = true;
  };
  return {
    async add(shown) {
      await begin();
      const object = objectOf(shown, fields);
      await stdout.write(csvLine(fields.map((field) => object[field])));
    },
    close: begin,
  };
}

function objectOf(shown: Shown, fields: readonly SummaryField[]): JsonObject {
  if ('record' in shown) return shown.record;
  const summary = summaryOf(shown.provider, shown.row);
  return Object.fromEntries(fields.map((field) => [field, summary[field] ?? null]));
}

function idOf(shown: Shown): string {
  return 'row' in shown ? shown.row.summary.id : '';
}

/** A table tells times to the second; the other outputs have every digit. */
function cell(value: JsonObject[string] | undefined, field: SummaryField): string | number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return field.endsWith('_at') ? value.replace(/\.\d+Z$/, 'Z') : value;
  return typeof value === 'number' ? value : JSON.stringify(value);
}

async function nothingMore(): Promise<void> {}
