import { digestOf } from '../../../bulk/digest.ts';
import type { Document } from '../../../core/document.ts';
import { type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { ListQuery } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { isBefore } from '../../../providers/skew.ts';
import type { Api } from './api.ts';
import { makingOf, messagesToSend } from './document.ts';
import { searchRows } from './search.ts';
import { messagesOf } from './stored.ts';

/** The name of what is made of a document, and a digest of each of its messages. */
export function traceOf(document: Document): JsonObject {
  const { conversation, messages = [] } = makingOf(document, { warn: untold, lost: untold });
  return { name: member(conversation.body, 'name') ?? '', messages: messages.map(digestOf) };
}

/**
 * The user's conversations since a time that have exactly this name, and no messages but the first of those that were
 * to be there. Undefined if Looker did not show all, or if it cannot be told when one of them was made.
 */
export async function findCreated(
  api: Api,
  { ahead }: Pick<Seat, 'ahead'>,
  { trace, since }: { readonly trace: JsonObject; readonly since: string },
): Promise<readonly string[] | undefined> {
  const name = member(trace, 'name');
  const list = member(trace, 'messages');
  if (typeof name !== 'string' || !Array.isArray(list)) return undefined;
  let isWhole = true;
  const query: ListQuery = {
    sort: 'created',
    order: 'desc',
    wanted: { where: [{ path: ['title'], values: [name] }] },
    warn: () => void (isWhole = false),
  };
  const found: string[] = [];
  for await (const { id, record } of searchRows(api, query)) {
    const before = isBefore(textIn(record, 'created_at'), since, ahead());
    if (before === true) break;
    if (member(record, 'name') !== name) continue;
    const there = await api.find(id);
    if (!there || !isBeginning(messagesOf(there.record), list)) continue;
    if (before === undefined) return undefined;
    found.push(id);
  }
  return isWhole ? found : undefined;
}

function untold(): void {}

function textIn(record: JsonObject, key: string): string | undefined {
  const text = member(record, key);
  return typeof text === 'string' ? text : undefined;
}

function isBeginning(present: readonly JsonObject[], sent: readonly JsonValue[]): boolean {
  return (
    present.length <= sent.length &&
    messagesToSend(present).every((each, index) => digestOf(each) === sent[index])
  );
}
