import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { noLedger } from '../../../src/core/ledger.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';
import { blocksOf } from '../../../src/systems/looker/transcript.ts';
import sales from '../../fixtures/looker/sales.json' with { type: 'json' };

const part = (kind: string, value: JsonObject): JsonObject => ({
  type: 'other',
  format: 'looker',
  kind,
  value,
});

describe('what people are shown of an answer', () => {
  it('is its data as a table, and charts by name', () => {
    const { messages } = lookerFormats['looker@26.10'].read(sales, 'record', noLedger);
    const blocks = messages?.flatMap((message) => (message.parts ?? []).flatMap(blocksOf));
    expect(blocks).toEqual([
      { kind: 'note', text: '[data] sales_by_region' },
      {
        kind: 'table',
        columns: ['orders.region', 'orders.total'],
        rows: [
          ['EU', '10.5'],
          ['US', '7'],
        ],
      },
      { kind: 'note', text: '[chart]' },
    ]);
  });

  it('has the formatted values and the titles of columns where there are some', () => {
    const result = {
      schema: { fields: [{ name: 'a', displayName: 'Total' }, { name: 'b' }] },
      data: [{ a: 1234.5, b: null }],
      formattedData: [{ a: '$1,234.50', b: null }],
    };
    expect(blocksOf(part('data', { result }))).toEqual([
      { kind: 'table', columns: ['Total', 'b'], rows: [['$1,234.50', '']] },
    ]);
  });

  it('takes the columns from the rows where no schema names them', () => {
    const table = blocksOf(part('data', { result: { data: [{ a: 1 }, { b: [true] }] } }));
    expect(table).toEqual([
      {
        kind: 'table',
        columns: ['a', 'b'],
        rows: [
          ['1', ''],
          ['', '[true]'],
        ],
      },
    ]);
  });

  it('leaves out samples of values and empty results', () => {
    expect(blocksOf(part('data', { result: { name: 'x_sample_values', data: [{ a: 1 }] } }))).toEqual([]);
    expect(blocksOf(part('data', { result: { name: 'x', data: [] } }))).toEqual([]);
  });

  it('is SQL as code', () => {
    for (const key of ['generatedSql', 'generated_sql']) {
      expect(blocksOf(part('data', { [key]: 'SELECT 1' }))).toEqual([
        { kind: 'code', language: 'sql', text: 'SELECT 1' },
      ]);
    }
  });

  it.each<[string, JsonObject, string]>([
    ['chart', { result: { vegaConfig: { title: 'Sales' } } }, '[chart] Sales'],
    ['chart', { result: { vegaConfig: { title: { text: 'Sales' } } } }, '[chart] Sales'],
    ['chart', { query: { dataResultName: 'by_region' } }, '[chart] by_region'],
    ['schema', { query: { question: 'Which fields?' } }, '[schema] Which fields?'],
    ['clarification', { questions: [{ question: 'Which year?' }] }, '[clarification] Which year?'],
    ['keyDriverAnalysis', {}, '[keyDriverAnalysis]'],
  ])('is a note of a %s', (kind, value, text) => {
    expect(blocksOf(part(kind, value))).toEqual([{ kind: 'note', text }]);
  });

  it('is nothing for the parts of others', () => {
    expect(blocksOf({ type: 'text', text: 'x' })).toEqual([]);
  });
});
