import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Operation } from '../src/providers/provider.ts';
import type { RemoteSystem } from '../src/providers/remote.ts';
import { remoteSystems } from '../src/providers/systems.ts';

const path = join(import.meta.dirname, '../README.md');
const [begin, end] = ['<!-- what each system can do -->\n', '<!-- end -->\n'];
const operations: readonly Operation[] = ['create', 'show', 'list', 'update', 'append', 'delete'];

/** What the program itself goes by, as a table and the reasons below it. */
function capabilities(): string {
  const rows = [
    ['', ...operations],
    ['---', ...operations.map(() => '---')],
    ['local store', ...operations.map(() => 'yes')],
    ...remoteSystems.map((system) => [
      system.title,
      ...operations.map((operation) => ability(system, operation)),
    ]),
  ];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`);
  const notes = remoteSystems.flatMap((system) => [
    ...notesOf(system, system.limits),
    ...notesOf(system, system.cannot),
  ]);
  return `${table.join('\n')}\n\n${notes.join('\n')}\n`;
}

function ability({ cannot, limits }: RemoteSystem, operation: Operation): string {
  if (cannot[operation] !== undefined) return 'no';
  return limits[operation] === undefined ? 'yes' : 'partly';
}

function notesOf({ title }: RemoteSystem, notes: RemoteSystem['limits']): string[] {
  return operations.flatMap((operation) => {
    const note = notes[operation];
    return note === undefined ? [] : [`- ${title}, \`${operation}\`: ${note}`];
  });
}

it('the README says of each system what the program knows of it (UPDATE=1 writes it there)', () => {
  const readme = readFileSync(path, 'utf8');
  const [before, rest = ''] = readme.split(begin);
  const [present, after] = rest.split(end);
  const wanted = capabilities();
  if (process.env['UPDATE'] === '1' && after !== undefined) {
    writeFileSync(path, `${before}${begin}${wanted}${end}${after}`);
  } else {
    expect(present).toBe(wanted);
  }
});
