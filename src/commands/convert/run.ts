import type { Context } from '../../context.ts';
import { convert } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, Kind } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import { formatNamed } from '../../formats/index.ts';
import type { Entry } from '../../input/records.ts';
import { createLossTally, type ReportedLoss } from '../../output/losses.ts';
import { applySets, complete, oddSets } from '../documents/completeness.ts';
import { documentOf, placeName } from '../documents/document.ts';
import { inputPaths, readInput } from '../documents/input.ts';
import { collectFailures, type Failures } from '../failures.ts';
import { lossesOf, openSession, type Session } from '../session.ts';
import type { ConvertOptions } from './index.ts';
import { type Outputs, openOutputs } from './outputs.ts';

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
  const paths = inputPaths(context, files);
  const tally = createLossTally();
  let count = 0;
  let lost: readonly ReportedLoss[] = [];

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
    lost = lossesOf(losses, count, id);
    if (options.strict === true) refuseLosses(lost, entry, format);
    return value;
  };

  const outputs = await openOutputs(session, options);
  const failures = failuresBehind(outputs, session);
  try {
    for (const path of paths) {
      const input = await readInput(context, path, { beforeReading: outputs.flush });
      const alone = input.container === 'object' && paths.length === 1;
      const writer = outputs.writer(paths.length > 1 ? 'ndjson' : input.container);
      try {
        for await (const entry of input.entries) {
          let value: JsonObject | undefined;
          lost = [];
          try {
            value = await failures.attempt(() => convertEntry(entry), { alone });
          } finally {
            // A run that --strict fails is the one whose losses are wanted most.
            for (const loss of lost) tally.add(loss);
            if (options.report !== undefined) await outputs.report(lost);
          }
          // Not a part of the attempt: an output that cannot be written is no fault of the record.
          if (value !== undefined) await writer.write(value);
          count += 1;
        }
      } finally {
        await writer.close();
      }
    }
    await outputs.finish();
  } finally {
    await session.reportLosses(tally);
    await outputs.end();
  }
  if (count === 0) await session.warn('the input is empty: nothing was converted');
  failures.finish();
}

/** What was converted before a failure is out before anybody hears of it. */
function failuresBehind({ flush }: Outputs, session: Session): Failures {
  const reportFailure = async (failure: Failure): Promise<void> => {
    await flush();
    await session.reportFailure(failure);
  };
  return collectFailures({ ...session, reportFailure }, 'record', 'converted');
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
