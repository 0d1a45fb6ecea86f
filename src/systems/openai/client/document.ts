import { convert } from '../../../core/convert.ts';
import type { Document } from '../../../core/document.ts';
import { Failure } from '../../../core/errors.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { type JsonObject, type JsonValue, member, toPointer } from '../../../core/json.ts';
import { oddities } from '../../../core/schema/oddities.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import type { Seat } from '../../../providers/remote.ts';
import { openaiFormat } from '../format.ts';
import { request as requestSchema } from '../schema.ts';
import { batchesOf } from './batches.ts';
import { adding, creating, type NewConversation } from './requests.ts';
import { type Sendable, sendableItems } from './sendable.ts';

type Telling = Pick<Seat, 'warn' | 'lost'>;

/** Items that go in one call, in their order. */
export type Batch = readonly Sendable[];

/** The calls that make a conversation. */
export interface Making {
  readonly conversation: NewConversation;
  /** The items that go with it. */
  readonly first: Batch;
  /** Those that are added once the id is known. */
  readonly others: readonly Batch[];
}

/**
 * The calls that make a conversation of a document. A record is made anew from what a request can say of it; what is
 * not sent is told, a line for each pattern.
 * @throws Failure `invalid` for what OpenAI would not take.
 */
export function makingOf(document: Document, telling: Telling): Making {
  const { output, losses } = convert(document, openaiFormat, 'request');
  telling.lost(losses);
  refuseInexact(output, 'sent');
  const { items, ...others } = output;
  const body = documented(others, telling.warn);
  checkRequest(body);
  const [first = [], ...more] = batchesFor(Array.isArray(items) ? items : [], telling);
  const conversation = creating(first.length === 0 ? body : { ...body, items: itemsIn(first) });
  return { conversation, first, others: more };
}

/** What is to be added, as it is sent: each batch in a call of its own. */
export function batchesFor(items: readonly JsonValue[], { warn, lost }: Telling): readonly Batch[] {
  const { sendable, losses } = sendableItems(items);
  lost(losses);
  const body = documented({ items: sendable.map(({ item }) => item) }, warn);
  checkRequest(body);
  const list = member(body, 'items');
  const cleaned = sendable.map(
    (entry, index): Sendable => ({ ...entry, item: (Array.isArray(list) ? list[index] : null) ?? null }),
  );
  const { batches, isTorn } = batchesOf(cleaned);
  if (isTorn) {
    warn('items that belong together are sent in several calls, as they are too many for one');
  }
  return batches;
}

/** The call that adds a batch. */
export function addingBatch(id: string, batch: Batch): HttpRequest {
  return adding(id, itemsIn(batch));
}

function itemsIn(batch: Batch): JsonValue[] {
  return batch.map(({ item }) => item);
}

/** OpenAI refuses what it does not know; what it has added since, a record may hold. */
function documented(body: JsonObject, warn: Seat['warn']): JsonObject {
  const unknown = oddities(requestSchema(), body).filter(({ aboutKey }) => aboutKey === true);
  if (unknown.length === 0) return body;
  const patterns = new Set(unknown.map(({ path }) => patternOf(toPointer(path))));
  warn(`not sent, as OpenAI documents no such members: ${[...patterns].join(', ')}`);
  const pointers = new Set(unknown.map(({ path }) => toPointer(path)));
  return membersBut(body, '', pointers);
}

function membersBut(object: JsonObject, at: string, left: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(object).flatMap(([key, value]) => {
    const pointer = `${at}${toPointer([key])}`;
    return left.has(pointer) ? [] : [[key, valueBut(value, pointer, left)] as const];
  });
  return Object.fromEntries(kept);
}

function valueBut(value: JsonValue, at: string, left: ReadonlySet<string>): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => valueBut(item, `${at}/${index}`, left));
  return membersBut(value, at, left);
}

function checkRequest(body: JsonObject): void {
  const problems = problemsOf(requestSchema(), body, { warnings: false });
  if (problems.length === 0) return;
  throw new Failure('invalid', 'OpenAI would not take this conversation', {
    issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
  });
}

function patternOf(pointer: string): string {
  return pointer.replaceAll(/\/(?:0|[1-9]\d*)(?=\/|$)/g, '/*');
}
