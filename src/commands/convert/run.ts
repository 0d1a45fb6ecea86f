import type { Context } from '../../context.ts';
import { convert } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, Kind } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { formatNamed } from '../../formats/index.ts';
import type { Container, Entry } from '../../input/records.ts';
import { openBatch } from '../../output/batch.ts';
import { openArray, writeJson, writeNdjson } from '../../output/json.ts';
import { createLossTally, type ReportedLoss } from '../../output/losses.ts';
import type { Sink } from '../../output/sink.ts';
import { applySets, complete, oddSets } from '../documents/completeness.ts';
import { documentOf, placeName } from '../documents/document.ts';
import { inputPaths, readInput } from '../documents/input.ts';
import { collectFailures } from '../failures.ts';
import { lossesOf, openSession, type Session } from '../session.ts';
import type { ConvertOptions } from './index.ts';

/** Converts record by record; of many, those that can be converted are, and the others are named. */
export async function convertFiles(
  files: readonly string[],
  options: ConvertOptions,
  context: Context,
): Promise<void> {
  const target = formatNamed(options.to);
  const from = options.from === undefined ? undefined : formatNamed(options.from);
  const format = await target.load();
  const kind: Kind = options.request === true ? 'request' : 'record';
  if (kind === 'request' && !format.request) {
    throw new Failure('unsupported', `${format.title} has no request: nothing creates a conversation there`);
  }
  const session = openSession(context, options);
  // Better to know before the work than after it.
  if (options.report !== undefined) await writeReport(context, options.report, []);
  const paths = inputPaths(context, files);
  const tally = createLossTally();
  const report: ReportedLoss[] = [];
  const failures = collectFailures(session, 'record', 'converted');
  let count = 0;

  const convertEntry = async (entry: Entry): Promise<JsonObject> => {
    const document = await documentOf(entry, { format: from, flag: '--from' });
    const { output, losses, id } = convert(document, format, kind);
    const value = applySets(output, options.set ?? [], format, kind);
    // Finding a place takes longer than the check, and only a failure needs it.
    const wording = {
      get place() {
        return placeName(entry);
      },
    };
    const done = complete({ format, kind, value }, wording);
    if (count === 0) for (const oddity of oddSets(done, options.set ?? [])) await session.warn(oddity);
    const reported = lossesOf(losses, count, id);
    for (const loss of reported) tally.add(loss);
    if (options.report !== undefined) report.push(...reported);
    if (options.strict === true) refuseLosses(reported, entry, format);
    return value;
  };

  try {
    for (const path of paths) {
      const input = await readInput(context, path);
      const alone = input.container === 'object' && paths.length === 1;
      const writer = openWriter(session, options, paths.length > 1 ? 'ndjson' : input.container);
      try {
        for await (const entry of input.entries) {
          await failures.attempt(() => writer.writing(() => convertEntry(entry)), { alone });
          count += 1;
        }
      } finally {
        await writer.close();
      }
    }
  } finally {
    // A run that --strict fails is the one whose losses are wanted most.
    await session.reportLosses(tally);
    if (options.report !== undefined) await writeReport(context, options.report, report);
  }
  if (count === 0) await session.warn('the input is empty: nothing was converted');
  failures.finish();
}

function refuseLosses(losses: readonly ReportedLoss[], entry: Entry, format: Format): void {
  const counted = losses.filter((loss) => loss.kind !== 'assigned');
  if (counted.length === 0) return;
  const what = counted.length === 1 ? 'a value' : `${counted.length} values`;
  throw new Failure(
    'lossy',
    `${placeName(entry)}: ${format.title} cannot carry ${what}, and --strict was given`,
    {
      issues: counted.map(({ path, kind, reason }) => ({ path, message: `${kind}: ${reason}` })),
    },
  );
}

interface RecordWriter {
  /** Writes what comes of `make`. If that fails, what came before is out before anybody hears of it. */
  readonly writing: (make: () => Promise<JsonObject>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One object for one object, an array for an array, lines for lines. */
function openWriter({ stdout }: Session, options: ConvertOptions, container: Container): RecordWriter {
  const batch = openBatch(stdout);
  const { write, close } = recordsIn(shapeOf(options.output, container), batch);
  return {
    async writing(make) {
      let value: JsonObject;
      try {
        value = await make();
      } catch (error) {
        await batch.flush();
        throw error;
      }
      await write(value);
    },
    async close() {
      await close();
      await batch.flush();
    },
  };
}

interface Records {
  readonly write: (value: JsonObject) => Promise<void>;
  readonly close: () => Promise<void>;
}

function recordsIn(shape: Container, sink: Sink): Records {
  if (shape === 'array') {
    const array = openArray(sink);
    return { write: (value) => array.element(value), close: () => array.close() };
  }
  const write = shape === 'ndjson' ? writeNdjson : writeJson;
  return { write: (value) => write(sink, value), close: async () => undefined };
}

/** What was typed decides; else what came in. */
function shapeOf(typed: ConvertOptions['output'], container: Container): Container {
  if (typed === 'ndjson') return 'ndjson';
  return typed === 'json' && container === 'ndjson' ? 'array' : container;
}

async function writeReport(context: Context, path: string, losses: readonly ReportedLoss[]): Promise<void> {
  const lines = losses.map(({ record, id, path: at, kind, reason }) =>
    JSON.stringify({ record, id, path: at, kind, reason }),
  );
  await context.files.write(path, lines.map((line) => `${line}\n`).join(''));
}
