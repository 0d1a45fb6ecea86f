import { Failure } from '../../../core/errors.ts';
import { withTextsOf } from '../../../core/json/inexact.ts';
import type { JsonObject, JsonValue } from '../../../core/json.ts';
import type { Caller } from '../../../http/call.ts';
import { isHeaderText } from '../../../http/header-text.ts';
import type { Account } from '../../../providers/account.ts';
import { openKeyed } from '../../../providers/keyed.ts';
import type { Located } from '../../../providers/provider.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explain, isBusy } from './complaint.ts';
import { pagesOf } from './pages.ts';
import { isAddressable, listingItems, reading } from './requests.ts';

/** OpenAI as the provider talks to it. Nothing is sent, and no key is read, before it is asked for something. */
export interface Api extends Caller {
  /** The conversation without its items; undefined if it is not there. */
  readonly head: (id: string) => Promise<JsonObject | undefined>;
  /** A conversation with all its items. @throws Failure `not_found` if it has gone meanwhile. */
  readonly complete: (head: JsonObject, id: string) => Promise<Located>;
}

export function openApi(seat: Seat): Api {
  const { account, warn } = seat;
  const calls = openKeyed(seat, (key) => headersWith(account, key), explain, { isBusy });
  return {
    ...calls,
    head: async (id) => (isAddressable(id) ? calls.find(reading(id)) : undefined),
    async complete(head, id) {
      const items: JsonValue[] = [];
      const request = (after: string | undefined) => listingItems(id, after);
      for await (const page of pagesOf({ calls, title: account.title, request, warn })) items.push(...page);
      return locate(withItems(head, items), id);
    },
  };
}

/**
 * @throws Failure `usage` for a setting that can be no header.
 * @see https://platform.openai.com/docs/api-reference/authentication
 */
export function headersWith(account: Account, key: string): Readonly<Record<string, string>> {
  const organization = headerSetting(account, 'organization');
  const project = headerSetting(account, 'project');
  return {
    authorization: `Bearer ${key}`,
    ...(organization !== undefined && { 'openai-organization': organization }),
    ...(project !== undefined && { 'openai-project': project }),
  };
}

function headerSetting({ known, title }: Account, name: 'organization' | 'project'): string | undefined {
  const setting = known[name];
  if (!setting || isHeaderText(setting.value)) return setting?.value;
  const place = setting.source === 'the configuration' ? `the ${name} in ${setting.source}` : setting.source;
  throw new Failure('usage', `${place} has characters that no ${name} of ${title} has`, {
    hint: 'it is sent as a header: set it right, or take it out',
  });
}

export function locate(record: JsonObject, id: string): Located {
  return { id, format: 'openai', record };
}

/** The conversation, its numbers as exact as they were read. */
export function withItems(head: JsonObject, items: JsonValue): JsonObject {
  return withTextsOf({ ...head, items }, head);
}
