import { expect } from 'vitest';
import { positionAt } from '../../src/core/json/locate.ts';
import { type Entry, readRecords } from '../../src/input/records.ts';

/** The bytes of a text in UTF-8. */
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** All entries of a text. */
export async function entriesOf(
  text: string,
  name: string,
): Promise<{ container: string; entries: Entry[] }> {
  const { container, entries } = readRecords(name, bytesOf(text));
  const all: Entry[] = [];
  for await (const entry of entries) all.push(entry);
  return { container, entries: all };
}

/** Values as they are; problems as `line:column kind message (hint)`. */
export async function read(text: string, name = 'a.json') {
  const { container, entries } = await entriesOf(text, name);
  const shown = entries.map(({ outcome, source }): unknown => {
    if (outcome.ok) return outcome.value;
    const { offset, kind, message, hint } = outcome.problem;
    const { line, column } = positionAt(source.text, offset);
    return `${line}:${column} ${kind}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
  });
  for (const { outcome, start, end, source } of entries) {
    if (outcome.ok) expect(JSON.parse(source.text.slice(start, end))).toStrictEqual(outcome.value);
  }
  return [container, ...shown];
}

/** A value as people and jq write it. */
export const pretty = (value: unknown) => JSON.stringify(value, null, 2);
