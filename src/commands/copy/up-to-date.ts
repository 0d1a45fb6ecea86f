import type { Task } from '../../bulk/destination.ts';
import { digestOfText } from '../../bulk/digest.ts';
import type { Done } from '../../bulk/journal.ts';
import type { Conversation } from '../../core/conversation.ts';
import { schemaOf } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Format } from '../../core/format.ts';
import { fromPointer, type JsonObject, valueAt } from '../../core/json.ts';
import { remove, replace } from '../../core/member-path.ts';
import { infoOf } from '../../formats/index.ts';
import type { Located, Provider } from '../../providers/provider.ts';
import { notFound, unable } from '../../providers/unable.ts';

/** A copy, and what its source is now. */
export interface Change {
  /** The source as the place would be given it to make it. */
  readonly task: Task;
  readonly known: Done;
  readonly model: Conversation;
}

/**
 * Makes of a copy what its source is now, as far as its place can: a store of our own takes it whole; a system takes
 * what can be changed there, and new messages behind those it has.
 * @throws Failure as {@link checkChange} does; `unsupported` for what the place cannot change, `conflict` if the copy
 * has other messages than it was given
 */
export async function bringUpToDate(provider: Provider, change: Change): Promise<void> {
  const { task, known, model } = change;
  const { document } = task;
  const made = await checkChange(provider, change);
  if (made) return void (await provider.replace?.(known.id, made));
  await provider.update?.(known.id, (current) => withMembersOf(change, current), { dryRun: false });
  // Of one that an earlier run left half made nobody knows how many it has.
  const hasMore = known.messages === undefined || (model.messages?.length ?? 0) > known.messages;
  if (!hasMore || !provider.finish) return;
  if (!(await provider.finish(known.id, document))) throw notFound(known.id, provider.title);
}

/**
 * What can be told of a change with nothing sent. What is to be there instead comes back, for a store of our own.
 * @throws Failure `unsupported` if messages changed that were copied already, or if the place cannot change anything
 */
export async function checkChange(provider: Provider, change: Change): Promise<Located | undefined> {
  const { task, known, model } = change;
  if (provider.replace && provider.create) {
    const made = await provider.create(task.document, { newId: false, dryRun: true });
    if (made.id !== known.id) throw new Failure('unsupported', 'the id of its source has changed');
    return made;
  }
  refuseRewriting(provider, known, model);
  if (!provider.update) throw unable(provider, 'update');
  return undefined;
}

/** JSON pointers of what a document says that can be changed once a conversation is made of it. */
export function changeableIn({ format, value }: Document): string[] {
  return changeable(format, value).filter((pointer) => valueAt(value, fromPointer(pointer)) !== undefined);
}

/** Messages that were copied cannot be changed there: only behind them something may have come. */
function refuseRewriting(provider: Provider, { messages: count = 0, said }: Done, model: Conversation): void {
  const before = (model.messages ?? []).slice(0, count);
  if (said === undefined || digestOfText(JSON.stringify(before)) === said) return;
  throw new Failure(
    'unsupported',
    `messages that were copied have changed since, and ${provider.title} takes new ones only`,
    { hint: 'delete the copy and copy it anew, with another --journal' },
  );
}

/** The record with those members of the source that can be changed in it, and without those that the source lost. */
async function withMembersOf(
  { task: { document }, known: { members = [] } }: Change,
  { format: name, record }: Located,
): Promise<JsonObject> {
  const format = await infoOf(name).load();
  const schema = schemaOf(format, 'record');
  // A record and a request may spell the same members otherwise.
  const asSent = changeable(format, document.value);
  return changeable(format, record).reduce((changed, pointer, index) => {
    const path = fromPointer(pointer);
    const sent = asSent[index] ?? pointer;
    const wanted = valueAt(document.value, path) ?? valueAt(document.value, fromPointer(sent));
    if (wanted !== undefined) return replace(changed, path, wanted, schema);
    return members.includes(pointer) || members.includes(sent) ? remove(changed, path) : changed;
  }, record);
}

function changeable({ keeping }: Format, value: JsonObject): readonly string[] {
  return keeping.update?.changeable(value) ?? [];
}
