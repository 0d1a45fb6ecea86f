import type { Context } from '../../context.ts';
import type { Column } from '../../output/columns.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import { placeName } from '../../providers/key.ts';
import { type OutputOptions, openSession, type Session } from '../session.ts';
import { type Overview, overviewJson, overviewOf } from './overview.ts';
import { allPlaces } from './places.ts';

/** Prints every provider there is, and what each can do. Sends nothing and reads no key. */
export async function listProviders(options: OutputOptions, context: Context): Promise<void> {
  const session = openSession(context, options);
  const settings = await (await context.settings()).read();
  const places = allPlaces(settings, context);
  await printOverviews(
    session,
    await Promise.all(places.map((place) => overviewOf(context, place, settings))),
  );
}

async function printOverviews(session: Session, overviews: readonly Overview[]): Promise<void> {
  const { stdout, format, appearance } = session;
  if (format === 'ndjson') {
    for (const overview of overviews) await writeNdjson(stdout, overviewJson(overview));
    return;
  }
  if (format === 'json') {
    const array = openArray(stdout);
    for (const overview of overviews) await array.element(overviewJson(overview));
    return array.close();
  }
  const { renderTable } = await import('../../output/table.ts');
  await stdout.write(renderTable(columns, overviews.map(cellsOf), appearance));
}

const columns: readonly Column[] = [
  { header: 'name', cut: 'last' },
  { header: 'system' },
  { header: 'default' },
  ...['create', 'show', 'list', 'update', 'append', 'delete'].map((header) => ({
    header,
    minimum: 'partly'.length,
  })),
  { header: 'address', cut: 'first', minimum: 16, spare: true },
  { header: 'key', cut: 'first', minimum: 16, spare: true },
];

function cellsOf({ name, system, chosen, location, key, capabilities }: Overview): string[] {
  return [
    name,
    system,
    chosen ? 'yes' : '',
    ...capabilities.map(({ possible }) => possible),
    location?.value ?? '-',
    key ? placeName(key.value) : '-',
  ];
}
