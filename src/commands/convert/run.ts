import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Entry, Input } from '../../input/records.ts';
import { createLossTally, type LossTally } from '../../output/losses.ts';
import { inputPaths, readInput } from '../documents/input.ts';
import { openSections, type Sections } from '../documents/sections.ts';
import { collectFailures, type Failures } from '../failures.ts';
import { lossesOf, openSession, type Session } from '../session.ts';
import { type ConvertedSection, type FailureData, failureOf } from './converted.ts';
import { type Converter, type ConvertPlan, openConverter } from './converter.ts';
import type { ConvertOptions } from './index.ts';
import { type Outputs, openOutputs, type RecordWriter } from './outputs.ts';

/** Converts record by record; of many records and files, those that can be converted are, and the others are named. */
export async function convertFiles(
  files: readonly string[],
  options: ConvertOptions,
  context: Context,
): Promise<void> {
  const converter = await openConverter(options);
  const session = openSession(context, options);
  const paths = inputPaths(context, files);
  const outputs = await openOutputs(session, options);
  const run: Run = {
    context,
    session,
    options,
    converter,
    sections: openSections(context, 'convert', planOf(options)),
    outputs,
    tally: createLossTally(),
    failures: failuresBehind(outputs, session),
    records: 0,
  };
  let unread: readonly Failure[] = [];
  const [only, ...others] = paths;
  try {
    if (only !== undefined && others.length === 0) await convertOne(only, run);
    else unread = await convertMany(paths, run);
    // What takes the place of a file is whole.
    if (unread.length === 0) await outputs.finish();
  } finally {
    await run.sections.end();
    await session.reportLosses(run.tally);
    await outputs.end();
  }
  refuseUnread(unread, run, paths.length);
  if (run.records === 0) await session.warn('the input is empty: nothing was converted');
  run.failures.finish();
}

interface Run {
  readonly context: Context;
  readonly session: Session;
  readonly options: ConvertOptions;
  readonly converter: Converter;
  readonly sections: Sections<'convert'>;
  readonly outputs: Outputs;
  readonly tally: LossTally;
  readonly failures: Failures;
  /** How many were read so far. */
  records: number;
}

/** A file, in the shape it has. */
async function convertOne(path: string, run: Run): Promise<void> {
  const input = await open(path, run);
  const writer = run.outputs.writer(input.container);
  try {
    await convertInput(run, input, { writer, isAlone: true });
  } finally {
    await writer.close();
  }
}

/** Several, one behind the other in one shape. The failures of those that cannot be read to their end come back. */
async function convertMany(paths: readonly string[], run: Run): Promise<readonly Failure[]> {
  const unread: Failure[] = [];
  const writer = run.outputs.writer('ndjson');
  try {
    for (const path of paths) {
      const failure = await tryFile(path, run, writer);
      if (failure) unread.push(failure);
    }
  } finally {
    await writer.close();
  }
  return unread;
}

/** Converts one of several files; the failure to read it is reported and comes back, be it in the middle. */
async function tryFile(path: string, run: Run, writer: RecordWriter): Promise<Failure | undefined> {
  try {
    await convertInput(run, await open(path, run), { writer, isAlone: false });
    return undefined;
  } catch (error) {
    if (!isUnread(error)) throw error;
    await run.outputs.flush();
    await run.session.reportFailure(error);
    return error;
  }
}

function open(path: string, { context, outputs }: Run): Promise<Input> {
  return readInput(context, path, { beforeReading: outputs.flush });
}

/** What is wrong with a record has been reported by now. */
function isUnread(error: unknown): error is Failure {
  return error instanceof Failure && (error.code === 'unreadable' || error.code === 'invalid');
}

/** @throws Failure with the code of the first file that could not be read to its end, if there is one */
function refuseUnread(unread: readonly Failure[], { options, failures }: Run, files: number): void {
  const [first] = unread;
  if (!first) return;
  const others = failures.outcome();
  const said = others ? `, and ${others.message}` : '';
  const { out } = options;
  const hint =
    out === undefined || out === '-'
      ? {}
      : { hint: `nothing was written to ${out}, which would not be whole` };
  throw new Failure(first.code, `${unread.length} of ${files} files could not be read${said}`, hint);
}

interface Target {
  readonly writer: RecordWriter;
  /** There is no other file: a sole value that fails is all there is. */
  readonly isAlone: boolean;
}

/** What is large is converted by several threads, and what they cannot tell, in turn. */
async function convertInput(run: Run, input: Input, { writer, isAlone }: Target): Promise<void> {
  const alone = isAlone && input.container === 'object';
  const hasReport = run.options.report !== undefined;
  const entries = await run.sections.work(input, {
    taskOf: (section) => ({ section, layout: writer.layout, hasReport }),
    take: (converted) => takeSection(run, writer, converted),
  });
  for await (const entry of entries) await convertEntry(run, entry, { writer, isAlone: alone });
}

async function convertEntry(run: Run, entry: Entry, { writer, isAlone }: Target): Promise<void> {
  const { session, options, converter, outputs, tally, failures } = run;
  const attempted = converter.convert(entry);
  const { value, failure, losses, id } = attempted instanceof Promise ? await attempted : attempted;
  tally.addAll(losses, run.records, id);
  if (options.report !== undefined) await outputs.report(lossesOf(losses, run.records, id));
  if (value && run.records === 0) for (const oddity of converter.oddities(value)) await session.warn(oddity);
  await failures.attempt(async () => settled(failure), { alone: isAlone });
  // Not a part of the attempt: an output that cannot be written is no fault of the record.
  if (value) await writer.write(value);
  run.records += 1;
}

/** What is sent to another thread: nothing but what decides about the conversion. */
function planOf({ from, to, request, set, strict }: ConvertOptions): ConvertPlan {
  return {
    to,
    ...(from !== undefined && { from }),
    ...(request !== undefined && { request }),
    ...(set && { set }),
    ...(strict !== undefined && { strict }),
  };
}

/** Does with a section what {@link convertEntry} does with each record of it. */
async function takeSection(run: Run, writer: RecordWriter, converted: ConvertedSection): Promise<void> {
  const { session, outputs, tally, failures, records: before } = run;
  session.context.signal.throwIfAborted();
  tally.merge(converted.patterns, before);
  await outputs.report(converted.report.map((loss) => ({ ...loss, record: before + loss.record })));
  if (before === 0) for (const oddity of converted.oddities) await session.warn(oddity);
  const failed = converted.pieces.filter(isFailure).length;
  failures.passed(converted.records - failed);
  for (const piece of converted.pieces) {
    if (isFailure(piece)) await failures.attempt(async () => settled(failureOf(piece)));
    else await writer.writeAll(piece);
  }
  run.records += converted.records;
}

function isFailure(piece: ConvertedSection['pieces'][number]): piece is FailureData {
  return !(piece instanceof Uint8Array);
}

/** @throws the failure, if there is one */
function settled(failure: Failure | undefined): void {
  if (failure) throw failure;
}

/** What was converted before a failure is out before anybody hears of it. */
function failuresBehind({ flush }: Outputs, session: Session): Failures {
  const reportFailure = async (failure: Failure): Promise<void> => {
    await flush();
    await session.reportFailure(failure);
  };
  return collectFailures({ ...session, reportFailure }, 'record', 'converted');
}
