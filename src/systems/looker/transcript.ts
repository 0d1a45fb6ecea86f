import type { Block } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member, valueAt } from '../../core/json.ts';
import { isPart } from '../../core/parts.ts';

/**
 * What people are shown of a part that only Looker knows: data as tables, the queries behind them as code,
 * anything else as a note. Nothing for results that Google's own guide hides: samples of values, and empty ones.
 *
 * @see https://docs.cloud.google.com/gemini/docs/conversational-analytics-api/render-looker-data
 */
export function blocksOf(part: JsonObject): Block[] {
  if (!isPart(part, 'other') || part.format !== 'looker' || !isObject(part.value)) return [];
  if (part.kind === 'data') return dataBlocks(part.value);
  const subject = part.kind === 'chart' ? chartName(part.value) : subjectOf(part.value);
  return [note(part.kind, subject)];
}

function note(kind: string, subject: string | undefined): Block {
  return { kind: 'note', text: subject === undefined ? `[${kind}]` : `[${kind}] ${subject}` };
}

function dataBlocks(data: JsonObject): Block[] {
  const sql = textAt(data, ['generatedSql'], ['generated_sql']);
  const result = member(data, 'result');
  const blocks: Block[] = [];
  if (sql !== undefined) blocks.push({ kind: 'code', language: 'sql', text: sql });
  if (isObject(result)) blocks.push(...resultTable(result));
  else if (sql === undefined)
    blocks.push(note('data', textAt(data, ['query', 'name'], ['query', 'question'])));
  return blocks;
}

function resultTable(result: JsonObject): Block[] {
  const name = textAt(result, ['name']) ?? '';
  const rows = firstRows(result, ['formattedData', 'formatted_data', 'data']);
  if (name.endsWith('_sample_values') || rows.length === 0) return [];
  const columns = columnsOf(result, rows);
  return [
    {
      kind: 'table',
      columns: columns.map(({ title }) => title),
      rows: rows.map((row) => columns.map(({ key }) => cellOf(member(row, key)))),
    },
  ];
}

function firstRows(result: JsonObject, names: readonly string[]): JsonObject[] {
  for (const name of names) {
    const list = member(result, name);
    const rows = Array.isArray(list) ? list.filter(isObject) : [];
    if (rows.length > 0) return rows;
  }
  return [];
}

interface Column {
  readonly key: string;
  readonly title: string;
}

/** The columns of the schema; without one, every key of the rows. */
function columnsOf(result: JsonObject, rows: readonly JsonObject[]): Column[] {
  const fields = valueAt(result, ['schema', 'fields']);
  const columns = (Array.isArray(fields) ? fields : []).flatMap((field) => {
    const key = isObject(field) ? textAt(field, ['name']) : undefined;
    if (key === undefined || !isObject(field)) return [];
    return [{ key, title: textAt(field, ['displayName'], ['display_name']) ?? key }];
  });
  if (columns.length > 0) return columns;
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].map((key) => ({ key, title: key }));
}

function cellOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function chartName(chart: JsonObject): string | undefined {
  const config = valueAt(chart, ['result', 'vegaConfig']) ?? valueAt(chart, ['result', 'vega_config']);
  const drawn = isObject(config) ? textAt(config, ['title'], ['title', 'text']) : undefined;
  return (
    drawn ??
    textAt(chart, ['query', 'dataResultName'], ['query', 'data_result_name'], ['query', 'instructions'])
  );
}

function subjectOf(value: JsonObject): string | undefined {
  return textAt(
    value,
    ['query', 'question'],
    ['progressEvent', 'resultNaturalLanguage'],
    ['progress_event', 'result_natural_language'],
    ['questions', '0', 'question'],
  );
}

/** The first text that is not empty. */
function textAt(value: JsonObject, ...paths: readonly (readonly string[])[]): string | undefined {
  for (const path of paths) {
    const text = valueAt(value, path);
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}
