import { Failure } from '../../../core/errors.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import type { Caller } from '../../../http/call.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import { PAGE_SIZE } from './requests.ts';

/** What is asked for page by page, and by whom. */
export interface Paged {
  readonly calls: Caller;
  readonly title: string;
  readonly request: (after: string | undefined) => HttpRequest;
  /** Told if there may be more than could be had. */
  readonly warn: (message: string) => void;
}

/**
 * A list, a page at a time; the next is asked for when one is taken. A page that came before ends it: not every server
 * that speaks OpenAI's language knows what comes after what, or when there is no more.
 */
export async function* pagesOf({ calls, title, request, warn }: Paged): AsyncGenerator<JsonValue[], void> {
  const seen = new Set<string>();
  let after: string | undefined;
  while (true) {
    const answer = await calls.ask(request(after));
    const data = member(answer, 'data');
    if (!Array.isArray(data)) throw noList(title);
    if (data.length === 0) return;
    const saysMore = member(answer, 'has_more') === true;
    const last = lastOf(answer, data);
    if (last !== undefined && seen.has(last)) {
      if (saysMore) warn(`${title} gave the same page again; there may be more than is shown`);
      return;
    }
    yield data;
    if (!saysMore && data.length < PAGE_SIZE) return;
    if (last === undefined) {
      if (saysMore) warn(`${title} did not say where the next page begins; there is more than is shown`);
      return;
    }
    seen.add(last);
    after = last;
  }
}

/** Where the next page begins; servers leave it out, null or empty. */
function lastOf(answer: JsonObject, data: readonly JsonValue[]): string | undefined {
  const item = data.at(-1);
  const ids = [member(answer, 'last_id'), isObject(item) ? member(item, 'id') : undefined];
  return ids.filter((id) => typeof id === 'string').find((id) => id !== '');
}

function noList(title: string): Failure {
  return new Failure('unavailable', `${title} answered with something that is no list`, {
    status: 200,
    hint: 'is the address right? `convo doctor` shows it',
  });
}
