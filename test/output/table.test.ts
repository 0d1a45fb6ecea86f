import { stripVTControlCharacters } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/output/columns.ts';
import { fittingColumns } from '../../src/output/columns.ts';
import { plain } from '../../src/output/style.ts';
import { renderDataTable, renderTable } from '../../src/output/table.ts';
import { displayWidth } from '../../src/output/width.ts';
import { anyText, honest, hostile, obeyed } from './hostile.ts';

const columns: readonly Column[] = [
  { header: 'id', cut: 'last', minimum: 12 },
  { header: 'title', cut: 'first', minimum: 10 },
  { header: 'messages', align: 'right' },
  { header: 'agent', spare: true },
];
const id = 'conv_01hzy4v9';
const linesOf = (text: string): string[] => text.split('\n').slice(0, -1);

describe('renderTable', () => {
  it('aligns texts at the left and numbers at the right, without borders or trailing spaces', () => {
    const rows = [
      [id, 'Refund', 12, 'a1'],
      [id, '会話の記録', 3, null],
    ];
    expect(renderTable(columns, rows)).toBe(
      [
        'ID             TITLE       MESSAGES  AGENT',
        'conv_01hzy4v9  Refund            12  a1',
        'conv_01hzy4v9  会話の記録         3',
        '',
      ].join('\n'),
    );
  });

  it.each([...hostile, ...honest])('keeps the next column in its place after %j', (text) => {
    const [header = '', row = ''] = linesOf(renderTable([{ header: 'a' }, { header: 'b' }], [[text, 'END']]));
    expect(displayWidth(row.slice(0, row.indexOf('END')))).toBe(header.indexOf('B'));
  });

  it('cuts nothing without a width', () => {
    expect(renderTable(columns, [[id, 'long '.repeat(200), 1, '']])).toContain('long '.repeat(200).trim());
  });

  it('cuts titles first and leaves ids whole as long as it can', () => {
    const rows = [[id, 'A question about the refund', 2, 'support-agent']];
    expect(linesOf(renderTable(columns, rows, { width: 50 }))[1]).toBe(
      'conv_01hzy4v9  A questio…         2  support-agent',
    );
    expect(linesOf(renderTable(columns, rows, { width: 44 }))[1]).toBe(
      'conv_01hzy4v9  A questio…         2  suppor…',
    );
    expect(linesOf(renderTable(columns, rows, { width: 34 }))[1]).toBe('conv_01hzy4…  A questio…         2');
  });

  it('leaves out spare columns by width alone, whatever is in them', () => {
    expect(fittingColumns(columns, 41).map(({ header }) => header)).toEqual([
      'id',
      'title',
      'messages',
      'agent',
    ]);
    expect(fittingColumns(columns, 40).map(({ header }) => header)).toEqual(['id', 'title', 'messages']);
    expect(fittingColumns(columns, undefined)).toHaveLength(4);
    expect(renderTable(columns, [['a', 'b', 1, 'c']], { width: 40 })).not.toContain('AGENT');
  });

  it('draws a list for each row where no table fits, with every column', () => {
    const rows = [
      [id, 'A question about the refund', 2, 'a1'],
      ['conv_2', null, 0, null],
    ];
    expect(renderTable(columns, rows, { width: 28 })).toBe(
      [
        'ID        conv_01hzy4v9',
        'TITLE     A question about',
        '          the refund',
        'MESSAGES  2',
        'AGENT     a1',
        '',
        'ID        conv_2',
        'TITLE',
        'MESSAGES  0',
        'AGENT',
        '',
      ].join('\n'),
    );
  });

  it('draws the headers alone when there are no rows', () => {
    expect(renderTable([{ header: 'id' }, { header: 'title' }], [])).toBe('ID  TITLE\n');
  });

  it('keeps the line of a row in which nothing stands', () => {
    expect(
      renderTable(
        [{ header: 'a' }, { header: 'b' }],
        [
          [null, ''],
          ['x', 'y'],
        ],
      ),
    ).toBe('A  B\n\nx  y\n');
  });

  it('aligns tables of any length', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => [index === 999 ? 'longer' : 'x', index]);
    const lines = linesOf(renderTable([{ header: 'a' }, { header: 'n', align: 'right' }], rows));
    expect(lines).toHaveLength(1001);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([11]));
  });

  it('emphasises headers without moving anything', () => {
    const style = { ...plain, bold: (text: string) => `\u001B[1m${text}\u001B[22m` };
    const rows = [[id, 'Refund', 12, 'a1']];
    const styled = renderTable(columns, rows, { style });
    expect(styled).toContain('\u001B[1mTITLE\u001B[22m');
    expect(stripVTControlCharacters(styled)).toBe(renderTable(columns, rows));
  });

  it('is harmless, within its width and without trailing spaces, whatever the data', () => {
    const row = fc.tuple(anyText, anyText, fc.integer(), anyText);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), fc.integer({ min: 8, max: 120 }), (rows, width) => {
        for (const line of linesOf(renderTable(columns, rows, { width }))) {
          expect(line).not.toMatch(obeyed);
          expect(line).not.toMatch(/ $/);
          expect(displayWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('has a line for each row where a table fits', () => {
    const row = fc.tuple(anyText, anyText, fc.integer(), anyText);
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        expect(linesOf(renderTable(columns, rows, { width: 60 }))).toHaveLength(rows.length + 1);
        expect(linesOf(renderTable(columns, rows))).toHaveLength(rows.length + 1);
      }),
    );
  });
});

describe('renderDataTable', () => {
  it('leaves headers as they are and takes ragged rows', () => {
    expect(renderDataTable(['orders.count'], [['12', 'extra'], []])).toBe(
      'orders.count\n12            extra\n\n',
    );
    expect(renderDataTable([], [])).toBe('');
  });

  it('cuts long headers before it gives up being a table', () => {
    expect(renderDataTable(['orders.created_month', 'orders.count'], [['2026-01', '5']], { width: 24 })).toBe(
      'orders.cre…  orders.cou…\n2026-01      5\n',
    );
  });
});
