import { inputKeys } from '../../bulk/keys.ts';
import { type Reading, readJournal } from '../../bulk/read-journal.ts';
import { type Document, readModel } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Entry, Input } from '../../input/records.ts';
import type { Note } from '../../output/diagnostics.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import { identityOf } from '../../providers/identity.ts';
import { findPlace } from '../../providers/open.ts';
import type { Provider } from '../../providers/provider.ts';
import { journalPath } from '../bulk/destination.ts';
import { openLossLog } from '../bulk/loss-log.ts';
import { refuseLosses } from '../bulk/losses.ts';
import { withoutRepeats } from '../bulk/run.ts';
import { placeName } from '../documents/document.ts';
import { collectFailures, type Failures } from '../failures.ts';
import { openPlan } from '../plan.ts';
import type { Session } from '../session.ts';
import { renderLocated } from '../show/print.ts';
import type { CreateOptions } from './index.ts';
import { type Many, sameId, targeted } from './many.ts';
import { baseDocument } from './prepare.ts';

/**
 * Prints what creating an input would take: the calls, or in a store of our own the records that would be kept. What
 * an earlier run made is left out, as it would not be made again.
 */
export async function planMany(
  session: Session,
  { input }: Many,
  options: CreateOptions,
  provider: Provider,
): Promise<void> {
  const { context } = session;
  const identity = await identityOf(context, await findPlace(context, options.provider));
  const path = journalPath(context, options, identity);
  const { count, made, failures } = await readJournal(path, (journal) =>
    planEach(session, { input, options, provider, identity, journal }),
  );
  if (count === 0) await session.warn('the input is empty: nothing was created');
  if (made > 0) await session.note(noteOfMade(made, path));
  failures.finish();
}

interface Planning {
  readonly input: Input;
  readonly options: CreateOptions;
  readonly provider: Provider;
  readonly identity: string;
  readonly journal: Reading;
}

interface Planned {
  /** How many conversations there are. */
  readonly count: number;
  /** How many of them were made before. */
  readonly made: number;
  readonly failures: Failures;
}

async function planEach(
  session: Session,
  { input, options, provider, identity, journal }: Planning,
): Promise<Planned> {
  const quiet = withoutRepeats(session);
  const keys = inputKeys(identity);
  const printer = openPrinter(session, provider, options);
  const book = await openLossLog(session, options.report);
  const failures = collectFailures(session, 'conversation', 'created');
  let count = 0;
  let made = 0;
  try {
    for await (const entry of input.entries) {
      const index = count++;
      await failures.attempt(async () => {
        const base = await baseDocument(entry, options, provider);
        const { key, isOther } = keys.keyOf(base, readModel(base));
        if (isOther) throw named(sameId(), entry);
        if (journal.get(key)?.state === 'done') {
          made += 1;
          return;
        }
        const { document, losses } = await targeted(base, entry, { options, provider, session: quiet });
        await book.add(index, null, losses);
        if (options.strict === true) refuseLosses(losses, document.format.title);
        await printer.add(document);
      });
    }
  } finally {
    await printer.close();
    await book.close();
  }
  return { count, made, failures };
}

function named({ code, message, details }: Failure, entry: Entry): Failure {
  return new Failure(code, `${placeName(entry)}: ${message}`, details);
}

function noteOfMade(count: number, journal: string): Note {
  const what = count === 1 ? '1 conversation' : `${count} conversations`;
  return {
    name: 'left_out',
    text: `left out ${what}, made before as ${journal} says`,
    fields: { count, journal },
  };
}

interface Printer {
  readonly add: (document: Document) => Promise<void>;
  readonly close: () => Promise<void>;
}

function openPrinter(session: Session, provider: Provider, options: CreateOptions): Printer {
  const { stdout, format } = session;
  const { plan } = provider;
  if (plan) {
    const printer = openPlan(session);
    const add = async (document: Document): Promise<void> => {
      for (const request of (await plan.create?.(document)) ?? []) await printer.add(request);
    };
    return { add, close: printer.close };
  }
  const array = openArray(stdout);
  return {
    async add(document) {
      const made = await provider.create?.(document, { newId: options.newId === true, dryRun: true });
      if (!made) return;
      if (format === 'json') await array.element(made.record);
      else if (format === 'ndjson') await writeNdjson(stdout, made.record);
      else await stdout.write(`${await renderLocated(session, provider, made, { messages: true })}\n`);
    },
    close: async () => (format === 'json' ? array.close() : undefined),
  };
}
