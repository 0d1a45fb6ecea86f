import type { Task } from '../../bulk/destination.ts';
import { digestOfText } from '../../bulk/digest.ts';
import type { Done } from '../../bulk/journal.ts';
import type { Conversation } from '../../core/conversation.ts';
import { schemaOf } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import { fromPointer, type JsonObject, valueAt } from '../../core/json.ts';
import { replace } from '../../core/member-path.ts';
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
 * @throws Failure `unsupported` if messages changed that were copied already
 */
export async function bringUpToDate(provider: Provider, { task, known, model }: Change): Promise<void> {
  const { document } = task;
  if (provider.replace && provider.create) {
    const made = await provider.create(document, { newId: false, dryRun: true });
    if (made.id !== known.id) throw new Failure('unsupported', 'the id of its source has changed');
    return void (await provider.replace(known.id, made));
  }
  refuseRewriting(provider, known, model);
  if (!provider.update) throw unable(provider, 'update');
  await provider.update(known.id, (current) => withMembersOf(document.value, current), { dryRun: false });
  const hasMore = (model.messages?.length ?? 0) > (known.messages ?? 0);
  if (!hasMore || !provider.finish) return;
  if (!(await provider.finish(known.id, document))) throw notFound(known.id, provider.title);
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

/** The record with those members of another document that can be changed in it. */
async function withMembersOf(value: JsonObject, { format: name, record }: Located): Promise<JsonObject> {
  const format = await infoOf(name).load();
  const pointers = format.keeping.update?.changeable(record) ?? [];
  return pointers.reduce((changed, pointer) => {
    const path = fromPointer(pointer);
    const wanted = valueAt(value, path);
    return wanted === undefined ? changed : replace(changed, path, wanted, schemaOf(format, 'record'));
  }, record);
}
