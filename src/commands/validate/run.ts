import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Kind } from '../../core/format.ts';
import { formatNamed } from '../../formats/index.ts';
import { DecodeProblem } from '../../input/decode.ts';
import type { Entry } from '../../input/records.ts';
import { sourceName } from '../../input/source.ts';
import type { Reading } from '../documents/document.ts';
import { inputPaths, openChunks } from '../documents/input.ts';
import { openSession, type Session } from '../session.ts';
import { checkEntry } from './check.ts';
import type { Finding } from './finding.ts';
import type { ValidateOptions } from './index.ts';
import { openReport, type Report } from './report.ts';
import { type CheckedInput, openChecked, undecodableFile } from './source.ts';
import { count, countMore, startTally, summary, type Tally } from './tally.ts';

/** Checks every record of every file. What is wrong with one, or with a file, does not stop the others. */
export async function validateFiles(
  files: readonly string[],
  options: ValidateOptions,
  context: Context,
): Promise<void> {
  const reading = await readingOf(options);
  const session = openSession(context, options);
  const tally = startTally();
  const report = openReport(session, options);
  const paths = inputPaths(context, files);
  const run = {
    context,
    session,
    reading,
    tally,
    report,
    strict: options.strict === true,
    many: paths.length > 1,
  };
  const unreadable: Failure[] = [];
  try {
    for (const path of paths) {
      const failure = await tryFile(path, run);
      if (failure && run.many) await session.reportFailure(failure);
      if (failure) unreadable.push(failure);
    }
  } finally {
    await report.close();
  }
  await conclude(run, options, { unreadable, files: paths.length });
}

interface Run {
  readonly context: Context;
  readonly session: Session;
  readonly reading: Reading;
  readonly tally: Tally;
  readonly report: Report;
  readonly strict: boolean;
  /** More than one file was named. */
  readonly many: boolean;
}

async function readingOf(options: ValidateOptions): Promise<Reading> {
  const format = options.format === undefined ? undefined : formatNamed(options.format);
  const asked = options.record === true ? 'record' : undefined;
  const kind: Kind | undefined = options.request === true ? 'request' : asked;
  const loaded = kind === 'request' ? await format?.load() : undefined;
  if (loaded && !loaded.request) {
    throw new Failure('unsupported', `${loaded.title} has no request: nothing creates a conversation there`);
  }
  return { format, kind, flag: '--format' };
}

/** Checks a file; the failure to read it comes back, be it in the middle. */
async function tryFile(path: string, run: Run): Promise<Failure | undefined> {
  try {
    const records = await checkFile(path, run);
    if (records === 0 && run.many && !run.report.quiet) {
      await run.session.warn(`${sourceName(path)} has nothing to validate in it`);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable') return error;
    throw error;
  }
}

/** Reports what is wrong in a file; how many records it has comes back. */
async function checkFile(path: string, run: Run): Promise<number> {
  const { tally, report } = run;
  let records = 0;
  const tell = async (findings: readonly Finding[]): Promise<void> => {
    count(tally, findings);
    await report.add(findings);
    records += 1;
  };
  try {
    const input = await openChecked(path, await openChunks(run.context, path));
    for await (const entry of input.entries) {
      if (entry.isLast !== true) await tell(await findingsOf(entry, input.undecodableIn(entry), run));
      else if (await tellUndecodable(input, run)) records += 1;
      else await tell(await findingsOf(entry, [], run));
    }
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    await tell([undecodableFile(path, error)]);
  }
  return records;
}

/** Reports what is no text behind the last record as that record's, however much it is; whether there was anything. */
async function tellUndecodable(input: CheckedInput, { tally, report }: Run): Promise<boolean> {
  let isFirst = true;
  for await (const finding of input.undecodableBehind()) {
    (isFirst ? count : countMore)(tally, [finding]);
    isFirst = false;
    await report.add([finding]);
  }
  return !isFirst;
}

/** Broken characters may well be why a record is no JSON: then that alone is said. */
async function findingsOf(
  entry: Entry,
  undecodable: readonly Finding[],
  run: Run,
): Promise<readonly Finding[]> {
  if (undecodable.length > 0 && !entry.outcome.ok) return undecodable;
  const findings = await checkEntry(entry, run.reading, run.strict);
  if (undecodable.length === 0) return findings;
  // What stands for a broken character was not found in the file.
  const sound = findings.filter(({ found }) => !found.includes('\uFFFD'));
  return [...undecodable, ...sound].toSorted((left, right) => left.offset - right.offset);
}

/** @throws Failure `unreadable` if a file could not be read, else `invalid` if there was an error or nothing at all. */
async function conclude(
  { context, tally }: Run,
  { quiet, output }: ValidateOptions,
  { unreadable, files }: { readonly unreadable: readonly Failure[]; readonly files: number },
): Promise<void> {
  const silent = quiet === true ? { silent: true as const } : {};
  const [first] = unreadable;
  if (first && files === 1) throw first;
  const said = summary(tally);
  if (first) {
    const unread = `${unreadable.length} of ${files} files could not be read`;
    throw new Failure('unreadable', tally.conversations === 0 ? unread : `${unread}; ${said}`);
  }
  if (tally.conversations === 0)
    throw new Failure('invalid', 'there is nothing to validate: the input is empty', silent);
  if (tally.errors > 0) throw new Failure('invalid', said, silent);
  if (quiet === true) return;
  const json = output === 'json' || output === 'ndjson';
  // On stderr JSON has warnings and errors only.
  if (!json) await context.stderr.open().write(`convo: ${said}\n`);
  else if (tally.warnings > 0)
    await context.stderr.open().write(`${JSON.stringify({ warning: { message: said } })}\n`);
}
