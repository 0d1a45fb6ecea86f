import type { Document } from '../../../core/document.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { summariseRecord } from '../../../core/summary.ts';
import { compareTimes, parseTime } from '../../../core/time.ts';
import type { Account } from '../../../providers/account.ts';
import { sinceWithSkew } from '../../../providers/skew.ts';
import { orq } from '../index.ts';
import type { Api } from './api.ts';
import { bodyOf } from './document.ts';
import { pages } from './list.ts';
import { idIn } from './requests.ts';

export interface Sent {
  readonly document: Document;
  readonly since: string;
}

/**
 * Conversations since a time with exactly this display name, of the same entity. Undefined if Orq.ai did not show all,
 * or if there is no name to know one by.
 */
export async function findCreated(
  api: Api,
  account: Account,
  { document, since }: Sent,
): Promise<readonly string[] | undefined> {
  const body = bodyOf(document, { account, lost: () => undefined });
  const name = member(body, 'displayName');
  const from = sinceWithSkew(since);
  if (!from || typeof name !== 'string' || name === '') return undefined;
  const entity = entityIn(body);
  const format = await orq.load();
  let isWhole = true;
  const found: string[] = [];
  const warn = (): void => void (isWhole = false);
  for await (const records of pages({ api, account }, { warn }, entity)) {
    const page = records.map((record) => ({ record, summary: summariseRecord(orq, format, record) }));
    const recent = page.filter(({ summary }) => {
      const time = parseTime(summary.created_at ?? '');
      return time === undefined || compareTimes(time, from) >= 0;
    });
    for (const { record, summary } of recent) {
      const id = idIn(record);
      const isOne = summary.title === name && (entity === undefined || (summary.agent ?? entity) === entity);
      if (isOne && id !== undefined) found.push(id);
    }
    if (recent.length < page.length) break;
  }
  return isWhole ? found : undefined;
}

function entityIn(body: JsonObject): string | undefined {
  const metadata: JsonValue = member(body, 'metadata') ?? null;
  const entity = isObject(metadata) ? member(metadata, 'entityId') : undefined;
  return typeof entity === 'string' ? entity : undefined;
}
