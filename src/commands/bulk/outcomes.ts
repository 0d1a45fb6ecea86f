import type { Outcome, Source } from '../../bulk/outcome.ts';
import type { JsonObject } from '../../core/json.ts';
import { failureObject } from '../../output/diagnostics.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import { neutralise } from '../../output/terminal-text.ts';
import type { Session } from '../session.ts';

/** Prints what became of each conversation. */
export interface Outcomes {
  readonly add: (outcome: Outcome, title: string | null) => Promise<void>;
  /** Ends the output, also after a failure. */
  readonly close: () => Promise<void>;
}

export type Shape =
  /** A line for each, as they come. */
  | 'lines'
  /** The ids of those that were made alone. */
  | 'ids'
  /** A table at the end. */
  | 'table';

/** As JSON each is an object; `shape` is what people get. */
export function openOutcomes(session: Session, shape: Shape): Outcomes {
  const { stdout, format } = session;
  if (shape === 'ids')
    return { add: ({ id, status }) => writeId(session, id, status), close: async () => {} };
  if (format === 'ndjson') {
    return { add: (outcome) => writeNdjson(stdout, objectOf(outcome)), close: async () => {} };
  }
  if (format === 'json') {
    const array = openArray(stdout);
    return { add: (outcome) => array.element(objectOf(outcome)), close: () => array.close() };
  }
  return shape === 'table'
    ? openTable(session)
    : { add: (outcome) => writeLine(session, outcome), close: async () => {} };
}

/** Where a conversation comes from, for people: `requests.ndjson:12`, `conv_1`. */
export function placeOf({ file, line, id }: Source): string {
  if (file === null) return id ?? '';
  return line === null ? file : `${file}:${line}`;
}

function objectOf({ source, id, status, losses, error }: Outcome): JsonObject {
  return {
    file: source.file,
    line: source.line,
    source: { provider: source.provider, id: source.id },
    id,
    status,
    losses: losses.map(({ path, kind, reason }) => ({ path, kind, reason })),
    error: error && failureObject(error),
  };
}

async function writeId({ stdout }: Session, id: string | null, status: Outcome['status']): Promise<void> {
  if (id !== null && (status === 'created' || status === 'updated')) await stdout.write(`${id}\n`);
}

async function writeLine({ stdout }: Session, { source, id, status }: Outcome): Promise<void> {
  const words = [status.padEnd('created'.length), placeOf(source), ...(id === null ? [] : ['→', id])];
  await stdout.write(`${neutralise(words.join(' '))}\n`);
}

function openTable({ stdout, appearance }: Session): Outcomes {
  const rows: (string | number | null)[][] = [];
  return {
    add: async ({ source, status, losses }, title) => {
      const lost = losses.filter(({ kind }) => kind !== 'assigned').length;
      rows.push([status, placeOf(source), title, lost]);
    },
    async close() {
      if (rows.length === 0) return;
      const { renderTable } = await import('../../output/table.ts');
      const columns = [
        { header: 'status', cut: 'last' },
        { header: 'conversation', cut: 'last' },
        { header: 'title', cut: 'first' },
        { header: 'lost', align: 'right' },
      ] as const;
      await stdout.write(renderTable(columns, rows, appearance));
    },
  };
}
