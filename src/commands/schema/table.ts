import { Failure } from '../../core/errors.ts';
import type { Column } from '../../output/columns.ts';
import { type Appearance, plain, type Style } from '../../output/style.ts';
import { renderTable } from '../../output/table.ts';
import { displayWidth, wrap } from '../../output/width.ts';
import type { FieldRow, Section } from './sections.ts';

const columns: readonly Column[] = [
  { header: 'name', cut: 'last' },
  { header: 'type' },
  { header: 'required', cut: 'last' },
  { header: 'meaning' },
];
const GAPS = 2 * (columns.length - 1);
const MOST_TYPE = 30;
const LEAST_MEANING = 24;
const INDENT = '    ';

/**
 * A table for each section under its place. On a terminal types and meanings are wrapped, never cut; where it is
 * too narrow even so, every field is a paragraph.
 */
export function renderSections(sections: readonly Section[], appearance: Appearance): string {
  const { style = plain, width } = appearance;
  const narrow = width !== undefined && sections.some((section) => roomFor(section, width) < LEAST_MEANING);
  return sections
    .map((section) => {
      const title = width === undefined ? [section.place] : wrap(section.place, width);
      const heading =
        section.place === '' ? '' : title.map((line) => `${style.bold(style.cyan(line))}\n`).join('');
      return heading + (narrow ? renderParagraphs(section, width, style) : renderFields(section, appearance));
    })
    .join('\n');
}

/** What a table leaves for the meaning. */
function roomFor({ rows }: Section, width: number): number {
  return width - widest(rows, ({ name }) => name) - typeWidth(rows) - 'required'.length - GAPS;
}

function typeWidth(rows: readonly FieldRow[]): number {
  return Math.min(
    MOST_TYPE,
    widest(rows, ({ type }) => type),
  );
}

function widest(rows: readonly FieldRow[], cell: (row: FieldRow) => string): number {
  return Math.max('name'.length, ...rows.map((row) => displayWidth(cell(row))));
}

function renderFields(section: Section, appearance: Appearance): string {
  const { width } = appearance;
  const cells = section.rows.flatMap(({ name, type, required, meaning }) => {
    const need = required ? 'yes' : 'no';
    if (width === undefined) return [[name, type, need, meaning]];
    const types = wrap(type, typeWidth(section.rows));
    const meanings = wrap(meaning, roomFor(section, width));
    return Array.from({ length: Math.max(types.length, meanings.length) }, (_, line) => {
      const [first, second] = line === 0 ? [name, need] : ['', ''];
      return [first, types[line], second, meanings[line]];
    });
  });
  return renderTable(columns, cells, appearance);
}

function renderParagraphs({ rows }: Section, width: number, style: Style): string {
  const lines = rows.flatMap(({ name, type, required, meaning }) => {
    const words = [`${type}; ${required ? 'required' : 'optional'}`, ...(meaning === '' ? [] : [meaning])];
    const below = words.flatMap((text) => wrap(text, width - INDENT.length));
    return [...wrap(name, width).map(style.bold), ...below.map((line) => INDENT + line)];
  });
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * The fields at a path and below it. Brackets need not be written, and variants are steps: `items.message.role`.
 * @throws Failure `usage` if there are none.
 */
export function sectionsAt(sections: readonly Section[], path: string, format: string): Section[] {
  const wanted = plainPath(path);
  const found = sections
    .map(({ place, rows }) => ({
      place,
      rows: rows.filter((row) => `${plainPath(`${place} ${row.name}`)}.`.startsWith(`${wanted}.`)),
    }))
    .filter(({ rows }) => rows.length > 0);
  if (found.length > 0) return found;
  throw new Failure('usage', `${format} has no fields at ${JSON.stringify(path)}`, {
    hint: `see them all with \`convo schema ${format}\``,
  });
}

function plainPath(path: string): string {
  return path
    .replaceAll(/\[\]|[()]/g, ' ')
    .trim()
    .replaceAll(/[\s.]+/g, '.');
}
