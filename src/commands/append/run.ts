import type { Context } from '../../context.ts';
import { convert, schemaOf } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, FormatInfo } from '../../core/format.ts';
import { isObject, type JsonObject, member, toPointer } from '../../core/json.ts';
import { problemsOf } from '../../core/schema/problems.ts';
import { detect, infoOf } from '../../formats/index.ts';
import type { Entry } from '../../input/records.ts';
import { createLossTally, type LossTally } from '../../output/losses.ts';
import { openProvider } from '../../providers/open.ts';
import type { Located } from '../../providers/provider.ts';
import { unable } from '../../providers/unable.ts';
import { emptyDocument, overlay } from '../content/overlay.ts';
import { documentOf, placeName, valueOf } from '../documents/document.ts';
import { inputPath, readInput } from '../documents/input.ts';
import { printPlan } from '../plan.ts';
import { lossesOf, openSession } from '../session.ts';
import { printLocated } from '../show/print.ts';
import type { AppendOptions } from './index.ts';

/** Adds messages and prints the conversation without them. */
export async function append(
  id: string,
  file: string | undefined,
  options: AppendOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options, { writes: true });
  const provider = await openProvider(context, options.provider, session.telling);
  if (!provider.append) throw unable(provider, 'append');
  const path = inputPath(context, file, options.message !== undefined);
  if (path === undefined && options.message === undefined) {
    throw new Failure('usage', 'there is nothing to add', { hint: 'give a file or -m <text>' });
  }
  const entries: Entry[] = [];
  if (path !== undefined)
    for await (const entry of (await readInput(context, path)).entries) entries.push(entry);
  if (entries.length === 0 && options.message === undefined) {
    await session.warn('the input is empty: nothing was added');
    return;
  }
  const tally = createLossTally();
  const dryRun = options.dryRun === true;
  let added = 0;
  const collect = async (current: Located): Promise<readonly JsonObject[]> => {
    const messages = await messagesFor(current, entries, options, tally);
    added = messages.length;
    return messages;
  };
  if (dryRun && provider.plan?.append) {
    await printPlan(session, await provider.plan.append(id, collect));
    return session.reportLosses(tally);
  }
  const located = await provider.append(id, collect, { dryRun });
  if (added === 0) await session.warn('there are no messages in the input: nothing was added');
  await session.reportLosses(tally);
  if (options.quiet === true) await session.stdout.write(`${located.id}\n`);
  else await printLocated(session, provider, located, { messages: dryRun });
}

/** All that is to be added, in the form that a request of the conversation's format has it. */
async function messagesFor(
  current: Located,
  entries: readonly Entry[],
  options: AppendOptions,
  tally: LossTally,
): Promise<readonly JsonObject[]> {
  const info = infoOf(current.format);
  const format = await info.load();
  if (!format.keeping.append)
    throw new Failure('unsupported', format.keeping.cannot.append ?? `${format.title} cannot add messages`);
  const messages: JsonObject[] = [];
  for (const [index, entry] of entries.entries())
    messages.push(...(await fromEntry(entry, info, format, tally, index)));
  if (options.message !== undefined) {
    const { value } = overlay(emptyDocument(format, 'request'), { message: options.message });
    messages.push(...listIn(value, info));
  }
  return messages;
}

/** An entry is a conversation, whose messages are meant, or one message of the conversation's own system. */
async function fromEntry(
  entry: Entry,
  info: FormatInfo,
  format: Format,
  tally: LossTally,
  index: number,
): Promise<readonly JsonObject[]> {
  const value = valueOf(entry);
  if (isMessage(value) || detect(value).length === 0) {
    const list = Array.isArray(member(value, info.messagesKey)) ? listIn(value, info) : [value];
    checkMessages(list, entry, info, format);
    return list;
  }
  const document = await documentOf(entry, { flag: '--format' });
  const { output, losses, id } = convert(document, format, 'request');
  for (const loss of lossesOf(losses, index, id)) {
    // Only the messages are wanted; what else the conversation says is not lost here.
    if (isWithin(loss.path, ['items', 'messages', 'sessions'])) tally.add(loss);
  }
  return listIn(output, info);
}

/** Messages of every system say what or whose they are; conversations of none do. A call's `name` is no mark. */
function isMessage(value: JsonObject): boolean {
  return Object.hasOwn(value, 'type') || Object.hasOwn(value, 'role');
}

function isWithin(path: string, keys: readonly string[]): boolean {
  return keys.some((key) => path === `/${key}` || path.startsWith(`/${key}/`));
}

function listIn(value: JsonObject, { messagesKey }: FormatInfo): JsonObject[] {
  const list = member(value, messagesKey);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function checkMessages(list: readonly JsonObject[], entry: Entry, info: FormatInfo, format: Format): void {
  const wrapped = { ...emptyDocument(format, 'request').value, [info.messagesKey]: [...list] };
  const problems = problemsOf(schemaOf(format, 'request'), wrapped, { warnings: false }).filter(
    (problem) => problem.path[0] === info.messagesKey,
  );
  if (problems.length === 0) return;
  throw new Failure('invalid', `${placeName(entry)}: this is no message of ${format.title}`, {
    issues: problems.map(({ path, message }) => ({ path: toPointer(path.slice(2)), message })),
  });
}
