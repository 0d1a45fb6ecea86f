import type { Document } from '../../core/document.ts';
import { openArray, writeNdjson } from '../../output/json.ts';
import type { Provider } from '../../providers/provider.ts';
import { openLossBook, refuseLosses } from '../bulk/losses.ts';
import { withoutRepeats } from '../bulk/run.ts';
import { collectFailures } from '../failures.ts';
import { openPlan } from '../plan.ts';
import type { Session } from '../session.ts';
import { renderLocated } from '../show/print.ts';
import type { CreateOptions } from './index.ts';
import { type Many, targeted } from './many.ts';
import { baseDocument } from './prepare.ts';

/** Prints what creating an input would take: the calls, or in a store of our own the records that would be kept. */
export async function planMany(
  session: Session,
  { input }: Many,
  options: CreateOptions,
  provider: Provider,
): Promise<void> {
  const quiet = withoutRepeats(session);
  const printer = openPrinter(session, provider, options);
  const book = await openLossBook(session, options.report);
  const failures = collectFailures(session, 'conversation', 'created');
  let count = 0;
  try {
    for await (const entry of input.entries) {
      count += 1;
      await failures.attempt(async () => {
        const base = await baseDocument(entry, options, provider);
        const { document, losses } = await targeted(base, entry, { options, provider, session: quiet });
        book.add(entry.index, null, losses);
        if (options.strict === true) refuseLosses(losses, document.format.title);
        await printer.add(document);
      });
    }
  } finally {
    await printer.close();
    await book.close();
  }
  if (count === 0) await session.warn('the input is empty: nothing was created');
  failures.finish();
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
