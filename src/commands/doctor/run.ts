import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Settings } from '../../settings.ts';
import { overviewOf } from '../provider/overview.ts';
import { allPlaces, chosenPlace } from '../provider/places.ts';
import { openSession, type Session } from '../session.ts';
import type { DoctorOptions } from './index.ts';
import { examineAccount, type PlaceReport, storePlace, tryAccount } from './place.ts';
import { printReport, problemsIn, type Report } from './report.ts';
import { examineStore } from './store.ts';
import { variablesThatMatter } from './variables.ts';

/** Looks at everything and prints it. @throws Failure with the code of the first problem if there is one. */
export async function examine(options: DoctorOptions, context: Context): Promise<void> {
  const session = openSession(context, options);
  const report = await examineAll(runningOnce(context), session, options.offline === true);
  await printReport(session, report);
  const problems = problemsIn(report);
  const [first] = problems;
  if (!first) return;
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  throw new Failure(first.failure.code, `doctor found ${count}`);
}

/** A command may ask a person for a password: once is enough. */
function runningOnce(context: Context): Context {
  const outputs = new Map<string, Promise<string>>();
  return {
    ...context,
    runCommand: (command) => {
      const output = outputs.get(command) ?? context.runCommand(command);
      outputs.set(command, output);
      return output;
    },
  };
}

async function examineAll(context: Context, session: Session, offline: boolean): Promise<Report> {
  const { settings, ...configuration } = await readConfiguration(context);
  const chosen = chosenPlace(settings, context);
  const unknown = !allPlaces(settings, context).some(({ name }) => name === chosen.name);
  return {
    version: context.version,
    runtime: context.runtime,
    configuration,
    chosen: { ...chosen, ...(unknown && { problem: noSuchDefault(chosen) }) },
    variables: variablesThatMatter(context.environment, settings),
    places: await examinePlaces(context, settings, { session, offline }),
  };
}

async function readConfiguration(
  context: Context,
): Promise<Report['configuration'] & { readonly settings: Settings }> {
  const file = await context.settings();
  const { exists } = await context.files.access(file.path);
  try {
    return { path: file.path, exists, settings: await file.read() };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { path: file.path, exists, settings: {}, problem: error };
  }
}

function noSuchDefault({ name, source }: Report['chosen']): Failure {
  return new Failure('usage', `the default provider, ${name} by ${source}, is not there`, {
    hint: 'choose another with `convo provider default`, or add it with `convo provider add`',
  });
}

/** One after the other until keys were read, which may ask a person; then all systems at once. */
async function examinePlaces(
  context: Context,
  settings: Settings,
  { session, offline }: { session: Session; offline: boolean },
): Promise<readonly PlaceReport[]> {
  const examined: (() => Promise<PlaceReport>)[] = [];
  for (const place of allPlaces(settings, context)) {
    context.signal.throwIfAborted();
    if (place.kind === 'local') {
      const overview = await overviewOf(context, place, settings);
      const report = storePlace(overview, await examineStore(context, place.directory));
      examined.push(async () => report);
    } else {
      const report = await examineAccount(context, place, settings);
      const { telling } = session;
      examined.push(async () => (offline ? report : tryAccount(context, { place, report, telling })));
    }
  }
  return Promise.all(examined.map((finish) => finish()));
}
