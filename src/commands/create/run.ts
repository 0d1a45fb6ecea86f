import type { Context } from '../../context.ts';
import { convert } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Kind } from '../../core/format.ts';
import { formatNamed, infoOf } from '../../formats/index.ts';
import type { Entry, Input } from '../../input/records.ts';
import { createLossTally } from '../../output/losses.ts';
import { openProvider } from '../../providers/open.ts';
import type { Provider } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { hasContent } from '../content/options.ts';
import { emptyDocument, overlay } from '../content/overlay.ts';
import { complete, createFlags, missingIn, oddSets } from '../documents/completeness.ts';
import { documentOf, valueOf } from '../documents/document.ts';
import { inputPath, readInput } from '../documents/input.ts';
import { printPlan } from '../plan.ts';
import { lossesOf, mayAsk, openSession, type Session } from '../session.ts';
import { printLocated } from '../show/print.ts';
import { askForContent, askForMissing } from './ask.ts';
import type { CreateOptions } from './index.ts';

/** Creates one conversation and prints it without its messages, or its id alone. */
export async function create(
  file: string | undefined,
  options: CreateOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.create) throw unable(provider, 'create');
  const path = inputPath(context, file, hasContent(options));
  const given = path === undefined ? undefined : await soleEntry(await readInput(context, path), session);
  if (given === 'nothing') return;
  const content = given === undefined && !hasContent(options) ? await askFor(session, options) : options;
  const base = await baseDocument(given, options, provider);
  const targeted = await intoProvider(base, provider, session);
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

/** The one record of an input. @throws Failure `usage` if there are more. */
async function soleEntry(input: Input, session: Session): Promise<Entry | 'nothing'> {
  const entries: Entry[] = [];
  for await (const entry of input.entries) {
    entries.push(entry);
    if (entries.length > 1) break;
  }
  const [first] = entries;
  if (!first) {
    await session.warn('the input is empty: nothing was created');
    return 'nothing';
  }
  if (entries.length === 1) return first;
  throw new Failure(
    'usage',
    `${first.source.name} holds more than one conversation; create takes one at a time`,
    {
      hint: 'create them one by one, as in `jq -c .[] file.json | while read -r line; do echo "$line" | convo create; done`',
    },
  );
}

async function askFor(session: Session, options: CreateOptions) {
  if (mayAsk(session.context, options.input)) return askForContent(await session.context.prompter(), options);
  throw new Failure('usage', 'there is nothing to create', {
    hint: 'give a file, pipe one in, or say what it holds with --title, -m or --set',
  });
}

async function baseDocument(
  given: Entry | undefined,
  options: CreateOptions,
  provider: Provider,
): Promise<Document> {
  const format = options.format === undefined ? undefined : formatNamed(options.format);
  const kind = kindSaid(options);
  // An empty object says as little as no file at all.
  if (given && Object.keys(valueOf(given)).length > 0) {
    return documentOf(given, { format, kind, flag: '--format' }, { partial: true });
  }
  if (!given && kind === 'record') {
    throw new Failure('usage', '--record says what a file is, and there is none', {
      hint: 'leave it out, or name the file',
    });
  }
  const own = await (format ?? infoOf(provider.format)).load();
  if (own.request) return emptyDocument(own, kind ?? 'request');
  throw new Failure('unsupported', own.keeping.cannot.create ?? `${own.title} cannot create conversations`, {
    hint: 'a record of one can be stored: give it as a file',
  });
}

function kindSaid({ record, request }: CreateOptions): Kind | undefined {
  if (record === true) return 'record';
  return request === true ? 'request' : undefined;
}

/**
 * Converts a document that the provider does not take as it is, and says what is lost. A place that is called is sent
 * requests: a record is sent as the request that would make it.
 */
async function intoProvider(document: Document, provider: Provider, session: Session): Promise<Document> {
  const taken = provider.takes(document.format.name);
  if (taken && (document.kind === 'request' || !provider.plan)) return document;
  const format = taken ? document.format : await infoOf(provider.format).load();
  const kind: Kind = format.request ? 'request' : 'record';
  const { output, losses, id } = convert(document, format, kind);
  const tally = createLossTally();
  for (const loss of lossesOf(losses, 0, id)) tally.add(loss);
  await session.reportLosses(tally);
  return { format, kind, value: output };
}
