import type { Context } from '../../context.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Entry, Input } from '../../input/records.ts';
import { openProvider } from '../../providers/open.ts';
import type { Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { openLossBook, refuseLosses } from '../bulk/losses.ts';
import { hasContent } from '../content/options.ts';
import { overlay } from '../content/overlay.ts';
import { complete, createFlags, missingIn, oddSets } from '../documents/completeness.ts';
import { inputPath, readInput } from '../documents/input.ts';
import { printPlan } from '../plan.ts';
import { mayAsk, openSession, type Session } from '../session.ts';
import { printLocated } from '../show/print.ts';
import { askForContent, askForMissing } from './ask.ts';
import type { CreateOptions } from './index.ts';
import { baseDocument, intoProvider } from './prepare.ts';

/** Creates one conversation and prints it without its messages, or its id alone; or many, see {@link createMany}. */
export async function create(
  file: string | undefined,
  options: CreateOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.create) throw unable(provider, 'create');
  const path = inputPath(context, file, hasContent(options));
  if (path === undefined) refuseForOne(options, 'there is no input');
  const input = path === undefined ? undefined : await readInput(context, path);
  if (input && path !== undefined && (input.container !== 'object' || session.format === 'ndjson')) {
    const many = { input, path };
    if (options.dryRun === true) {
      const { planMany } = await import('./plan-many.ts');
      return planMany(session, many, options, provider);
    }
    const { createMany } = await import('./many.ts');
    return createMany(session, many, options);
  }
  const given = input && (await soleEntry(input, session));
  if (given === 'nothing') return;
  if (given) refuseForOne(options, `${given.source.name} has one`);
  const content = given === undefined && !hasContent(options) ? await askFor(session, options) : options;
  const base = await baseDocument(given, options, provider);
  const targeted = await converted(base, options, provider, session);
  const typed = overlay(targeted, content);
  const laid = provider.withDefaults?.(typed) ?? typed;
  const lacking = missingIn(laid).length > 0 && mayAsk(context, options.input);
  const asked = lacking ? await askForMissing(laid, await context.prompter()) : laid;
  const place = given ? given.source.name : 'create';
  const piped = file === undefined && given !== undefined ? 'convo create' : undefined;
  const document = complete(asked, { place, flagFor: createFlags(asked.format), piped });
  for (const oddity of oddSets(document, options.set ?? [])) await session.warn(oddity);
  await createDocument(document, options, provider, session);
}

async function createDocument(
  document: Document,
  options: CreateOptions,
  provider: Provider,
  session: Session,
): Promise<void> {
  if (!provider.create) throw unable(provider, 'create');
  const dryRun = options.dryRun === true;
  if (provider.plan) refuseLocalFlags(options, provider);
  if (dryRun && provider.plan?.create) return printPlan(session, await provider.plan.create(document));
  const located = await provider.create(document, { newId: options.newId === true, dryRun });
  if (options.quiet === true) await session.stdout.write(`${located.id}\n`);
  else await printLocated(session, provider, located, { messages: dryRun });
}

/** @throws Failure `usage` for a flag that can have no effect at a system. */
function refuseLocalFlags({ newId, quiet, dryRun }: CreateOptions, { title }: Provider): void {
  if (newId === true)
    throw new Failure('usage', `--new-id has no effect: ${title} gives every conversation an id of its own`);
  if (quiet === true && dryRun === true) {
    throw new Failure('usage', '-q prints the id alone, and a dry run at a system makes none');
  }
}

/** The record of an input that is one object. */
async function soleEntry({ entries }: Input, session: Session): Promise<Entry | 'nothing'> {
  for await (const entry of entries) return entry;
  await session.warn('the input is empty: nothing was created');
  return 'nothing';
}

/** Flags that are about many have no effect on one. @throws Failure `usage` */
function refuseForOne({ jobs, rate, failFast, journal, again }: CreateOptions, why: string): void {
  const typed = [
    jobs !== undefined && '--jobs',
    rate !== undefined && '--rate',
    failFast === true && '--fail-fast',
    journal !== undefined && '--journal',
    again === true && '--again',
  ].find((flag) => flag !== false);
  if (typed === undefined) return;
  throw new Failure('usage', `${typed} is for many conversations, and ${why}`, {
    hint: 'an array, NDJSON, or any input with -o ndjson is many',
  });
}

/** The document as the provider takes it, once it is said what that loses. */
async function converted(
  base: Document,
  options: CreateOptions,
  provider: Provider,
  session: Session,
): Promise<Document> {
  const book = await openLossBook(session, options.report);
  const { document, losses, id } = await intoProvider(base, provider);
  book.add(0, id, losses);
  await book.close();
  if (options.strict === true) refuseLosses(losses, document.format.title);
  return document;
}

async function askFor(session: Session, options: CreateOptions) {
  if (mayAsk(session.context, options.input)) return askForContent(await session.context.prompter(), options);
  throw new Failure('usage', 'there is nothing to create', {
    hint: 'give a file, pipe one in, or say what it holds with --title, -m or --set',
  });
}
