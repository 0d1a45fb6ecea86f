import { Failure } from '../../../core/errors.ts';
import { isObject, type JsonObject, member } from '../../../core/json.ts';
import type { Caller } from '../../../http/call.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import { PAGE_SIZE, type Paging, textId } from './requests.ts';

/** What is asked for page by page, and by whom. */
export interface Paged {
  readonly calls: Caller;
  readonly title: string;
  readonly request: (paging: Paging) => HttpRequest;
  /** The member that tells items apart. */
  readonly id: string;
  readonly limit?: number | undefined;
  readonly warn: (message: string) => void;
}

/**
 * The items of a list, a page at a time; the next is asked for when one is taken. Pages are counted from the first row
 * as it is then, so that rows move into the next page when others come: those are given once.
 */
export async function* pagesOf(paged: Paged): AsyncGenerator<JsonObject[], void> {
  const { calls, title, request, id, warn } = paged;
  const limit = Math.min(paged.limit ?? PAGE_SIZE, PAGE_SIZE);
  let before: ReadonlySet<string | undefined> = new Set();
  for (let page = 0; ; page += 1) {
    const answer = await calls.ask(request({ page, limit }));
    const list = member(answer, 'items');
    if (!Array.isArray(list)) {
      throw new Failure('unavailable', `${title} answered with something that is no list`);
    }
    const items = list.filter(isObject);
    const ids = items.map((item) => textId(item, id));
    const fresh = items.filter((_, index) => ids[index] === undefined || !before.has(ids[index]));
    if (list.length > 0 && fresh.length === 0) {
      return warn(`${title} gave the same page again; there may be more than is shown`);
    }
    yield fresh;
    if (list.length === 0 || list.length < sizeIn(answer)) return;
    before = new Set(ids);
  }
}

/** How long a full page is; a server that does not say is asked until it has no more. */
function sizeIn(answer: JsonObject): number {
  const size = member(answer, 'page_size');
  return typeof size === 'number' ? size : 0;
}
