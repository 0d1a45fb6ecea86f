import type { Document } from '../../../core/document.ts';
import { equal, isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { compareTimes, parseTime, type Time } from '../../../core/time.ts';
import type { ListQuery } from '../../../providers/provider.ts';
import { sinceWithSkew } from '../../../providers/skew.ts';
import type { Api } from './api.ts';
import { makingOf, messagesToSend } from './document.ts';
import { searchRows } from './search.ts';

/**
 * The user's conversations since a time that have exactly this name, and no messages but the first of those that are
 * to be there. Undefined if Looker did not show all.
 */
export async function findCreated(
  api: Api,
  document: Document,
  since: string,
): Promise<readonly string[] | undefined> {
  const { conversation, messages = [] } = makingOf(document, { warn: untold, lost: untold });
  const name = member(conversation.body, 'name') ?? '';
  const from = sinceWithSkew(since);
  if (!from) return undefined;
  let isWhole = true;
  const query: ListQuery = {
    sort: 'created',
    order: 'desc',
    wanted: { where: [{ path: ['title'], values: [name] }] },
    warn: () => void (isWhole = false),
  };
  const found: string[] = [];
  for await (const { id, record } of searchRows(api, query)) {
    if (isBefore(record, from)) break;
    if (!equal(member(record, 'name'), name)) continue;
    const there = await api.find(id);
    if (there && isBeginning(member(there.record, 'messages'), messages)) found.push(id);
  }
  return isWhole ? found : undefined;
}

function untold(): void {}

/** What does not say when it was created may be the one. */
function isBefore(record: JsonObject, from: Time): boolean {
  const text = member(record, 'created_at');
  const time = typeof text === 'string' ? parseTime(text) : undefined;
  return time !== undefined && compareTimes(time, from) < 0;
}

function isBeginning(present: JsonValue | undefined, sent: readonly JsonObject[]): boolean {
  const list = Array.isArray(present) ? present.filter(isObject) : [];
  return list.length <= sent.length && messagesToSend(list).every((each, index) => equal(each, sent[index]));
}
