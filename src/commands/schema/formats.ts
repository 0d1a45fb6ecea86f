import type { FormatInfo } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { formats } from '../../formats/index.ts';
import type { Column } from '../../output/columns.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import { renderTable } from '../../output/table.ts';
import type { Session } from '../session.ts';

const columns: readonly Column[] = [
  { header: 'name', cut: 'last' },
  { header: 'aliases', cut: 'last' },
  { header: 'has', minimum: 'record, request, errors'.length },
  { header: 'summary', cut: 'first', minimum: 30 },
  { header: 'documentation', minimum: 60, spare: true },
];

/** Prints all formats. */
export async function listFormats({ format, stdout, appearance }: Session): Promise<void> {
  const rows = await Promise.all(formats.map(rowOf));
  if (format === 'ndjson') {
    for (const row of rows) await writeNdjson(stdout, row);
  } else if (format === 'json') {
    const array = openArray(stdout);
    for (const row of rows) await array.element(row);
    await array.close();
  } else {
    const cells = rows.map((row) => [
      row.name,
      row.aliases.join(', '),
      row.has.join(', '),
      row.summary,
      row.documentation,
    ]);
    await stdout.write(renderTable(columns, cells, appearance));
  }
}

interface FormatRow extends JsonObject {
  name: string;
  aliases: string[];
  title: string;
  has: string[];
  summary: string;
  documentation: string;
}

async function rowOf({
  name,
  aliases,
  system,
  title,
  summary,
  documentation,
  load,
}: FormatInfo): Promise<FormatRow> {
  const { request, errors } = await load();
  const has = ['record', ...(request ? ['request'] : []), ...(errors ? ['errors'] : [])];
  return { name, aliases: [...aliases], system, title, summary, has, documentation };
}
