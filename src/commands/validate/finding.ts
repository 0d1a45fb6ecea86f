import { type Excerpt, excerpt } from '../../core/json/locate.ts';
import type { JsonObject } from '../../core/json.ts';
import { positionIn, type SourceText } from '../../input/records.ts';

/** One problem in its place. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Offset in the whole text of the file, which findings are sorted by. */
  readonly offset: number;
  /** JSON pointer into the record; empty for the record as a whole. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly expected: string;
  readonly found: string;
  readonly message: string;
  /** Absent where the file is no text. */
  readonly excerpt?: Excerpt;
}

type What = Pick<Finding, 'path' | 'severity' | 'expected' | 'found' | 'message'>;

/** A problem that stands at an offset of a text. */
export function findingAt(source: SourceText, offset: number, what: What): Finding {
  const { name, text, origin } = source;
  const place = { ...positionIn(source, offset), offset: origin.offset + offset };
  return { file: name, ...place, ...what, excerpt: excerpt(text, offset) };
}

/** The finding as programs read it. */
export function findingJson({
  file,
  line,
  column,
  path,
  severity,
  expected,
  found,
  message,
}: Finding): JsonObject {
  return { file, line, column, path, severity, expected, found, message };
}
