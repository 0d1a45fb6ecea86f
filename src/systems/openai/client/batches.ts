import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { itemTypeOf } from '../types.ts';
import { MOST_ITEMS } from './requests.ts';

export interface Batches<Entry> {
  readonly batches: readonly (readonly Entry[])[];
  /** Whether items that belong together had to be parted, as they are too many for one. */
  readonly isTorn: boolean;
}

/**
 * Items in their order, as many as one call takes. A call and its output, and reasoning and what follows it, are sent
 * together: OpenAI refuses one without the other.
 *
 * @see https://github.com/openai/openai-openapi/issues/536
 */
export function batchesOf<Entry extends { readonly item: JsonValue }>(
  entries: readonly Entry[],
): Batches<Entry> {
  const costs = costsOfCuts(entries.map(({ item }) => (isObject(item) ? item : {})));
  const batches: (readonly Entry[])[] = [];
  let isTorn = false;
  for (let start = 0; start < entries.length; ) {
    const end = cutAfter(start, costs);
    isTorn ||= (costs[end] ?? 0) > 0;
    batches.push(entries.slice(start, end));
    start = end;
  }
  return { batches, isTorn };
}

/** The cheapest cut within reach; of several the last. */
function cutAfter(start: number, costs: readonly number[]): number {
  const last = costs.length - 1;
  let best = Math.min(start + MOST_ITEMS, last);
  if (best === last) return best;
  for (let cut = best - 1; cut > start; cut -= 1) {
    if ((costs[cut] ?? 0) < (costs[best] ?? 0)) best = cut;
  }
  return best;
}

/** Reasoning that is torn from its follower is refused at once, an output from its call only later. */
const TORN_REASONING = 1_000_000;

/** What it costs to cut before each item, and, for nothing, behind the last. */
function costsOfCuts(items: readonly JsonObject[]): number[] {
  const costs = Array.from({ length: items.length + 1 }, () => 0);
  const changes = Array.from({ length: items.length + 1 }, () => 0);
  for (const [from, to] of pairsIn(items)) {
    changes[from + 1] = (changes[from + 1] ?? 0) + 1;
    changes[to + 1] = (changes[to + 1] ?? 0) - 1;
  }
  let open = 0;
  for (let cut = 0; cut < items.length; cut += 1) {
    open += changes[cut] ?? 0;
    const before = items[cut - 1];
    costs[cut] = open + (before && itemTypeOf(before) === 'reasoning' ? TORN_REASONING : 0);
  }
  return costs;
}

/** The places of each call and of the output that answers it. */
function pairsIn(items: readonly JsonObject[]): (readonly [from: number, to: number])[] {
  const open = new Map<string, number>();
  const pairs: (readonly [number, number])[] = [];
  items.forEach((item, index) => {
    const link = linkOf(item);
    if (!link) return;
    if (link.opens) open.set(link.key, index);
    else {
      const from = open.get(link.key);
      // Ids of calls may come again in a later turn.
      open.delete(link.key);
      if (from !== undefined) pairs.push([from, index]);
    }
  });
  return pairs;
}

function linkOf(item: JsonObject): { readonly key: string; readonly opens: boolean } | undefined {
  const type = itemTypeOf(item) ?? '';
  if (type === 'mcp_approval_request') return keyed('approval', member(item, 'id'), true);
  if (type === 'mcp_approval_response') return keyed('approval', member(item, 'approval_request_id'), false);
  return keyed('call', member(item, 'call_id'), !type.endsWith('_output'));
}

function keyed(kind: string, id: JsonValue | undefined, opens: boolean) {
  return typeof id === 'string' && id !== '' ? { key: `${kind} ${id}`, opens } : undefined;
}
