import { isObject, type JsonValue } from '../core/json.ts';
import type { Summary } from './envelope.ts';

/** What the index remembers of a file: either its summary or why it has none. */
export interface Row {
  /** As `fileOf` gives it. */
  readonly file: string;
  readonly stamp: string;
  readonly summary: Summary | undefined;
  /** A clause, when there is no summary. */
  readonly damage: string | undefined;
}

/** A row whose file has a summary. */
export interface SoundRow extends Row {
  readonly summary: Summary;
}

export function isSound(row: Row): row is SoundRow {
  return row.summary !== undefined;
}

export type WrittenRow = readonly [string, string, Summary] | readonly [string, string, null, string];

/** As it stands in the index. */
export function writeRow({ file, stamp, summary, damage }: Row): WrittenRow {
  return summary === undefined ? [file, stamp, null, damage ?? ''] : [file, stamp, summary];
}

/** Undefined for what no version of this program can have written. */
export function readRow(value: unknown): Row | undefined {
  if (!Array.isArray(value)) return undefined;
  const [file, stamp, summary, damage]: unknown[] = value;
  if (!isFile(file) || typeof stamp !== 'string') return undefined;
  if (summary === null && typeof damage === 'string') return { file, stamp, summary: undefined, damage };
  return isSummary(summary) ? { file, stamp, summary, damage: undefined } : undefined;
}

/** Whether this can be a file of the store: what an index says is never believed so far as to leave the store. */
export function isFile(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{2}\/[^/\\]+$/.test(value);
}

function isSummary(value: unknown): value is Summary {
  if (!isObject(value)) return false;
  const { id, format, title, agent, model, messages, created_at, updated_at, metadata } = value;
  return (
    typeof id === 'string' &&
    typeof format === 'string' &&
    [title, agent, model, created_at, updated_at].every(isTextOrNull) &&
    (messages === null || typeof messages === 'number') &&
    (metadata === null || isObject(metadata))
  );
}

function isTextOrNull(value: JsonValue | undefined): boolean {
  return value === null || typeof value === 'string';
}
