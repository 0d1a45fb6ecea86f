import { convert } from '../../../core/convert.ts';
import type { Document } from '../../../core/document.ts';
import { Failure } from '../../../core/errors.ts';
import { refuseInexact } from '../../../core/json/inexact.ts';
import { isObject, type JsonObject, member, setMember, toPointer } from '../../../core/json.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import type { HttpRequest } from '../../../http/exchange.ts';
import type { Seat } from '../../../providers/remote.ts';
import { lookerFormats } from '../format.ts';
import { request as requestSchema } from '../schema.ts';
import { writableMembers, writableMessageMembers } from '../version.ts';
import { creating } from './requests.ts';

/** The calls that make a conversation. */
export interface Making {
  readonly conversation: HttpRequest & { readonly body: JsonObject };
  /** Those to save once the id is known; absent if there are none. */
  readonly messages?: readonly JsonObject[];
}

/**
 * The calls that make a conversation of a document. A record is made anew from what a request can say of it; what is
 * not sent is told, a line for each pattern. @throws Failure `invalid` if Looker needs more than the document has.
 */
export function makingOf(document: Document, { warn, lost }: Pick<Seat, 'warn' | 'lost'>): Making {
  const format = document.format.system === 'looker' ? document.format : lookerFormats['looker@26.10'];
  const { output, losses } = convert(document, format, 'request');
  lost(losses);
  checkRequest(output);
  const { messages = [], ...conversation } = writablePart(output, warn);
  return {
    conversation: creating(conversation),
    ...(Array.isArray(messages) && messages.length > 0 && { messages: messages.filter(isObject) }),
  };
}

/** Messages as Looker is sent them; members that it sets itself stay out. */
export function messagesToSend(messages: readonly JsonObject[]): JsonObject[] {
  return messages.map((message) => pick(message, writableMessageMembers));
}

function checkRequest(request: JsonObject): void {
  refuseInexact(request, 'sent');
  const problems = problemsOf(requestSchema(), request, { warnings: false });
  if (problems.length === 0) return;
  const isOnlyName = problems.every(({ path }) => path.length === 1 && path[0] === 'name');
  throw new Failure('invalid', 'Looker would not take this conversation', {
    issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
    ...(isOnlyName && { hint: 'give it a name with --title' }),
  });
}

/** What of a request can be sent. Members that are read-only, and those that no version documents, are not. */
function writablePart(request: JsonObject, warn: (message: string) => void): JsonObject {
  const list = member(request, 'messages');
  const messages = Array.isArray(list) ? list.filter(isObject) : [];
  const unsent = [
    ...namesBeside(request, writableMembers).map((name) => `/${name}`),
    ...messages
      .flatMap((message) => namesBeside(message, writableMessageMembers))
      .map((name) => `/messages/*/${name}`),
  ];
  if (unsent.length > 0) {
    warn(`not sent, as Looker takes no such members: ${[...new Set(unsent)].join(', ')}`);
  }
  return {
    ...pick(request, writableMembers),
    ...(messages.length > 0 && { messages: messagesToSend(messages) }),
  };
}

function namesBeside(object: JsonObject, known: readonly string[]): string[] {
  return Object.keys(object).filter((name) => !known.includes(name));
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    if (names.includes(name)) setMember(picked, name, value);
  }
  return picked;
}
