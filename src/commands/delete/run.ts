import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { JsonObject } from '../../core/json.ts';
import { openArray, writeJson, writeNdjson } from '../../output/json.ts';
import { neutralise } from '../../output/terminal-text.ts';
import { openProvider } from '../../providers/open.ts';
import type { Provider } from '../../providers/provider.ts';
import { notFound, unable } from '../../providers/unable.ts';
import { collectFailures } from '../failures.ts';
import { readIds } from '../ids.ts';
import { printPlan } from '../plan.ts';
import { mayAsk, openSession, type Session } from '../session.ts';
import type { DeleteOptions } from './index.ts';

/** What became of one id. */
type Status = 'deleted' | 'would_delete' | 'missing';

/** Deletes each conversation; those that are not there are named, and decide the exit code. */
export async function deleteAll(
  ids: readonly string[],
  options: DeleteOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.remove) throw unable(provider, 'delete');
  const { remove } = provider;
  if (options.items === true && provider.keepsItems !== true) {
    throw new Failure('usage', `--items is for OpenAI: ${provider.title} keeps nothing of what is deleted`);
  }
  const wanted = await readIds(context, ids);
  const one = ids.length === 1 && ids[0] !== '-';
  const dryRun = options.dryRun === true;
  if (wanted.length > 0 && !dryRun && !(await confirmed(wanted, options, provider, context))) {
    throw new Failure('interrupted', 'cancelled: nothing was deleted');
  }
  const items = options.items === true;
  if (dryRun && provider.plan?.remove) {
    const { remove: planRemoval } = provider.plan;
    const plans = await Promise.all(wanted.map((id) => planRemoval(id, { dryRun, items })));
    return printPlan(session, plans.flat());
  }
  const failures = collectFailures(session, 'conversation', 'deleted');
  const writer = openWriter(session, one);
  try {
    for (const id of wanted) {
      await failures.attempt(
        async () => {
          const found = await remove(id, { dryRun, items });
          if (!found && options.ignoreMissing !== true) throw notFound(id, provider.title);
          await writer.write(id, statusOf(found, dryRun));
        },
        { alone: one, id },
      );
    }
  } finally {
    await writer.close();
  }
  if (wanted.length === 0) await session.warn('there are no ids: nothing was deleted');
  failures.finish();
}

async function confirmed(
  ids: readonly string[],
  { yes, input }: DeleteOptions,
  provider: Provider,
  context: Context,
): Promise<boolean> {
  if (yes === true) return true;
  const what = ids.length === 1 ? `conversation ${neutralise(ids[0] ?? '')}` : `${ids.length} conversations`;
  if (mayAsk(context, input)) {
    return (await context.prompter()).confirm(`Delete ${what} from ${provider.title}?`);
  }
  throw new Failure('usage', `deleting ${what} needs --yes, as there is nobody to ask`);
}

function statusOf(found: boolean, dryRun: boolean): Status {
  if (!found) return 'missing';
  return dryRun ? 'would_delete' : 'deleted';
}

interface StatusWriter {
  readonly write: (id: string, status: Status) => Promise<void>;
  readonly close: () => Promise<void>;
}

const words: Readonly<Record<Status, string>> = {
  deleted: 'deleted',
  would_delete: 'would delete',
  missing: 'not there:',
};

function openWriter({ format, stdout }: Session, one: boolean): StatusWriter {
  if (format === 'table') {
    return {
      write: (id, status) => stdout.write(`${words[status]} ${neutralise(id)}\n`),
      close: nothingMore,
    };
  }
  if (format === 'ndjson')
    return { write: (id, status) => writeNdjson(stdout, row(id, status)), close: nothingMore };
  if (one) return { write: (id, status) => writeJson(stdout, row(id, status)), close: nothingMore };
  const array = openArray(stdout);
  return { write: (id, status) => array.element(row(id, status)), close: () => array.close() };
}

function row(id: string, status: Status): JsonObject {
  return { id, status };
}

async function nothingMore(): Promise<void> {}
