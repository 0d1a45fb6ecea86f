import type { Destination } from '../../bulk/destination.ts';
import { openTurns } from '../../bulk/gate.ts';
import { withJournal } from '../../bulk/journal.ts';
import { type InputKey, inputKeys } from '../../bulk/keys.ts';
import { makeOnce } from '../../bulk/make.ts';
import type { Context } from '../../context.ts';
import { type Document, readModel } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Loss } from '../../core/ledger.ts';
import type { Entry, Input } from '../../input/records.ts';
import { identityOf } from '../../providers/identity.ts';
import { findPlace, openPlace } from '../../providers/open.ts';
import type { Provider } from '../../providers/provider.ts';
import { journalPath, openDestination, tellingWidth, widthFor, withGrace } from '../bulk/destination.ts';
import { refuseLosses } from '../bulk/losses.ts';
import { resumeCommand } from '../bulk/resume.ts';
import { type Brought, type Item, type ItemTelling, runMany, sessionForMany } from '../bulk/run.ts';
import { overlay } from '../content/overlay.ts';
import { complete, createFlags, oddSets } from '../documents/completeness.ts';
import { lineOf, placeName } from '../documents/document.ts';
import type { Session } from '../session.ts';
import type { CreateOptions } from './index.ts';
import { baseDocument, intoProvider } from './prepare.ts';

/** An input of many conversations. */
export interface Many {
  readonly input: Input;
  /** The file it comes from, `-` for stdin. */
  readonly path: string;
}

/** Creates each conversation of an input once, however often the command is cut off and run again. */
export async function createMany(
  session: Session,
  { input, path: file }: Many,
  options: CreateOptions,
): Promise<void> {
  const { context } = session;
  const place = await findPlace(context, options.provider);
  const identity = await identityOf(context, place);
  const quiet = sessionForMany(session, options);
  const width = widthFor([place], options);
  const provider = await openPlace(withGrace(context), place, tellingWidth(quiet.telling, width));
  const path = journalPath(context, options, identity);
  await withJournal({ path, host: await context.storeHost() }, async (journal) => {
    const destination = openDestination(quiet, { provider, journal }, options);
    const count = await runMany(quiet, {
      ...options,
      items: itemsOf(input, { destination, identity, options, session: quiet }),
      width,
      shape: options.quiet === true ? 'ids' : 'lines',
      done: 'created',
      resume: resumeCommand(context, { path: file, takesProvider: true }),
      journal: path,
      whole: await bytesIn(context, file),
      trouble: journal.trouble,
    });
    if (count === 0) await session.warn('the input is empty: nothing was created');
  });
}

/** What entries weigh together, about; undefined if nobody knows. */
async function bytesIn({ files }: Context, path: string): Promise<number | undefined> {
  return path === '-' || /\.gz$/i.test(path) ? undefined : await files.size(path);
}

function bytesOf({ source, start, end }: Entry): number {
  return Buffer.byteLength(source.text.slice(start, end));
}

interface Making {
  readonly destination: Destination;
  readonly identity: string;
  readonly options: CreateOptions;
  readonly session: Session;
}

/** Keys depend on what came before, so that each is made while the input is read. */
async function* itemsOf(input: Input, making: Making): AsyncGenerator<Item> {
  const keys = inputKeys(making.identity);
  const inTurn = openTurns();
  let index = 0;
  for await (const entry of input.entries) {
    const source = { file: entry.source.name, line: lineOf(entry), provider: null, id: null };
    const known = { index: index++, weight: bytesOf(entry) };
    try {
      const document = await baseDocument(entry, making.options, making.destination.provider);
      const model = readModel(document);
      const key = keys.keyOf(document, model);
      const task = { ...key, entry, document };
      yield {
        ...known,
        source: { ...source, id: model.id ?? null },
        title: model.title ?? null,
        bring: (telling) => inTurn(key.key, () => bring(making, task, telling)),
      };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      yield { ...known, source, title: null, bring: () => Promise.reject(error) };
    }
  }
}

interface Given extends InputKey {
  readonly entry: Entry;
  readonly document: Document;
}

async function bring(
  { destination, options, session }: Making,
  { key, digest, isOther, entry, document: base }: Given,
  { lose, made }: ItemTelling,
): Promise<Brought> {
  const { journal, provider } = destination;
  if (isOther) throw sameId();
  const known = journal.get(key);
  if (known?.state === 'done') {
    return { id: known.id, status: known.digest === digest ? 'skipped' : 'changed' };
  }
  const { document, losses } = await targeted(base, entry, { options, provider, session });
  lose(losses);
  if (options.strict === true) refuseLosses(losses, document.format.title);
  return makeOnce(destination, { key, digest, document, newId: options.newId === true, made });
}

/** Which of the two is meant nobody can tell: the first of the input counts, in every run. */
export function sameId(): Failure {
  return new Failure('conflict', 'another conversation before it in the input has the same id', {
    hint: 'take one of the two out, or give this one another id',
  });
}

/** A document of the input as it is to be made, flags laid over it. @throws Failure `invalid` for what it lacks */
export async function targeted(
  base: Document,
  entry: Entry,
  making: { readonly options: CreateOptions; readonly provider: Provider; readonly session: Session },
): Promise<{ readonly document: Document; readonly losses: readonly Loss[] }> {
  const { options, provider, session } = making;
  const { document, losses } = await intoProvider(base, provider);
  const typed = overlay(document, options);
  const laid = provider.withDefaults?.(typed) ?? typed;
  const whole = complete(laid, { place: placeName(entry), flagFor: createFlags(laid.format) });
  for (const oddity of oddSets(whole, options.set ?? [])) await session.warn(oddity);
  return { document: whole, losses };
}
