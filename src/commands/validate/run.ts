import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import { DecodeProblem } from '../../input/decode.ts';
import type { Entry } from '../../input/records.ts';
import { sourceName } from '../../input/source.ts';
import { inputPaths, openChunks } from '../documents/input.ts';
import { openSections, type Sections } from '../documents/sections.ts';
import { openSession, type Session } from '../session.ts';
import type { CheckedSection } from './checked.ts';
import { type Checker, openChecker, planOf } from './checker.ts';
import type { Finding } from './finding.ts';
import type { ValidateOptions } from './index.ts';
import { openReport, type Report } from './report.ts';
import { type CheckedInput, openChecked, undecodableFile } from './source.ts';
import { count, countMore, merge, startTally, summary, type Tally } from './tally.ts';

/** Checks every record of every file. What is wrong with one, or with a file, does not stop the others. */
export async function validateFiles(
  files: readonly string[],
  options: ValidateOptions,
  context: Context,
): Promise<void> {
  const plan = planOf(options);
  const check = await openChecker(plan);
  const session = openSession(context, options);
  const tally = startTally();
  const report = openReport(session, options);
  const paths = inputPaths(context, files);
  const run = {
    context,
    session,
    check,
    sections: openSections(context, 'validate', plan),
    tally,
    report,
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
    await run.sections.end();
    await report.close();
  }
  await conclude(run, options, { unreadable, files: paths.length });
}

interface Run {
  readonly context: Context;
  readonly session: Session;
  readonly check: Checker;
  readonly sections: Sections<'validate'>;
  readonly tally: Tally;
  readonly report: Report;
  /** More than one file was named. */
  readonly many: boolean;
}

/** Checks a file; the failure to read it comes back, be it in the middle. */
async function tryFile(path: string, run: Run): Promise<Failure | undefined> {
  try {
    const before = run.tally.conversations;
    await checkFile(path, run);
    if (run.tally.conversations === before && run.many && !run.report.quiet) {
      await run.session.warn(`${sourceName(path)} has nothing to validate in it`);
    }
    return undefined;
  } catch (error) {
    if (error instanceof Failure && error.code === 'unreadable') return error;
    throw error;
  }
}

/** Reports what is wrong in a file. */
async function checkFile(path: string, run: Run): Promise<void> {
  try {
    const input = await openChecked(path, await openChunks(run.context, path));
    const entries = await run.sections.work(input, {
      taskOf: (section) => section,
      take: (checked) => takeSection(checked, run),
    });
    for await (const entry of entries) {
      if (entry.isLast !== true) await tell(await findingsOf(entry, input.undecodableIn(entry), run), run);
      else if (!(await tellUndecodable(input, run))) await tell(await findingsOf(entry, [], run), run);
    }
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    await tell([undecodableFile(path, error)], run);
  }
}

/** Reports what was found in a record. */
async function tell(findings: readonly Finding[], { tally, report }: Run): Promise<void> {
  count(tally, findings);
  await report.add(findings);
}

async function takeSection(checked: CheckedSection, { tally, report }: Run): Promise<void> {
  merge(tally, checked.tally);
  await report.add(checked.findings);
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
  const findings = await run.check(entry);
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
