import type { Document } from '../../../core/document.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { summariseRecord } from '../../../core/summary.ts';
import type { Account } from '../../../providers/account.ts';
import type { Seat } from '../../../providers/remote.ts';
import { isBefore } from '../../../providers/skew.ts';
import { orq } from '../index.ts';
import type { Api } from './api.ts';
import { bodyOf } from './document.ts';
import { pages } from './list.ts';
import { idIn } from './requests.ts';

/** The display name of what is made of a document, and its entity; either may be null. */
export function traceOf(document: Document, account: Account): JsonObject {
  const body = bodyOf(document, { account, lost: () => undefined });
  return { name: member(body, 'displayName') ?? null, entity: entityIn(body) ?? null };
}

export interface Sent {
  readonly trace: JsonObject;
  readonly since: string;
}

/**
 * Conversations since a time with exactly this display name, of the same entity. Undefined if Orq.ai did not show all,
 * if there is no name to know one by, or if it cannot be told when one of them was made.
 */
export async function findCreated(
  api: Api,
  { account, ahead }: Pick<Seat, 'account' | 'ahead'>,
  { trace, since }: Sent,
): Promise<readonly string[] | undefined> {
  const [name, given] = [member(trace, 'name'), member(trace, 'entity')];
  if (typeof name !== 'string' || name === '') return undefined;
  const entity = typeof given === 'string' ? given : undefined;
  const format = await orq.load();
  let isWhole = true;
  const found: string[] = [];
  const warn = (): void => void (isWhole = false);
  for await (const records of pages({ api, account }, { warn }, entity)) {
    const page = records.map((record) => {
      const summary = summariseRecord(orq, format, record);
      return { record, summary, before: isBefore(summary.created_at, since, ahead()) };
    });
    for (const { record, summary, before } of page) {
      const id = idIn(record);
      const isOne = summary.title === name && (entity === undefined || (summary.agent ?? entity) === entity);
      if (before === true || !isOne || id === undefined) continue;
      if (before === undefined) return undefined;
      found.push(id);
    }
    if (page.some(({ before }) => before === true)) break;
  }
  return isWhole ? found : undefined;
}

function entityIn(body: JsonObject): string | undefined {
  const metadata: JsonValue = member(body, 'metadata') ?? null;
  const entity = isObject(metadata) ? member(metadata, 'entityId') : undefined;
  return typeof entity === 'string' ? entity : undefined;
}
