import type { JsonValue } from '../core/json.ts';

/**
 * One record of RFC 4180, with its line end. Null and absent are empty, an empty text is `""`, objects and
 * arrays are their JSON.
 *
 * The line end is `\n`, where the RFC has CRLF: every reader of CSV takes it, and `cut`, `awk` and `while read`
 * leave no `\r` behind. Texts that a spreadsheet takes for formulas (`=…`, `+…`, `@…`) are not altered: the file
 * carries the data as it is, and guarding them belongs to whoever opens it in a spreadsheet.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function csvLine(values: readonly (JsonValue | undefined)[]): string {
  const line = values.map(csvField).join(',');
  // Readers skip an empty line, and with it a record whose only value is absent.
  return line === '' ? '""\n' : `${line}\n`;
}

function csvField(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
