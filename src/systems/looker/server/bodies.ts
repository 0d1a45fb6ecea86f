import type { Context } from 'hono';
import * as z from 'zod/mini';
import { isObject, type JsonObject, member } from '../../../core/json.ts';
import { without } from '../../../core/mapping.ts';
import { once } from '../../../core/once.ts';
import { object, optional, type Schema } from '../../../core/schema/build.ts';
import { type Problem, problemsOf } from '../../../core/schema/problems.ts';
import { readJson } from '../../../serve/body.ts';
import { request } from '../schema.ts';
import { readOnlyMembers, readOnlyMessageMembers } from '../version.ts';
import { refuse, refuseFields } from './refusals.ts';

/** What creates a conversation. Members that are read-only, messages among them, are ignored. @throws Refusal 422 */
export async function readNewConversation(c: Context): Promise<JsonObject> {
  const body = writable(await readObject(c), conversationReadOnly);
  refuseIf(c, problemsOf(request(), body, { warnings: false }));
  return body;
}

/** The members of a conversation that change. @throws Refusal 422 */
export async function readConversationChange(c: Context): Promise<JsonObject> {
  const body = writable(await readObject(c), conversationReadOnly);
  const problems = problemsOf(request(), body, { warnings: false });
  refuseIf(
    c,
    problems.filter(({ missing }) => missing !== true),
  );
  return body;
}

/** Messages to save, in order. @throws Refusal 422 that names each element in want of something */
export async function readNewMessages(c: Context): Promise<JsonObject[]> {
  const body = await readObject(c);
  refuseIf(c, problemsOf(newMessages(), body, { warnings: false }));
  const list = member(body, 'messages');
  const messages = Array.isArray(list) ? list.filter((item) => isObject(item)) : [];
  return messages.map((message) => writable(message, readOnlyMessageMembers));
}

/** The members of a message that change. @throws Refusal 422 */
export async function readMessageChange(c: Context): Promise<JsonObject> {
  const body = writable(await readObject(c), readOnlyMessageMembers);
  refuseIf(c, problemsOf(messageChange(), body, { warnings: false }));
  return body;
}

const conversationReadOnly: ReadonlySet<string> = new Set([...readOnlyMembers, 'messages']);

function writable(body: JsonObject, readOnly: ReadonlySet<string>): JsonObject {
  return without(
    body,
    [...readOnly].map((name) => [name]),
  );
}

/** An empty body is one without members. */
async function readObject(c: Context): Promise<JsonObject> {
  const body = await readJson(c);
  if (body === undefined) return {};
  if (!isObject(body)) throw refuse(c, 400, 'the body has to be an object');
  return body;
}

function refuseIf(c: Context, problems: readonly Problem[]): void {
  if (problems.length > 0) throw refuseFields(c, problems);
}

const content = (): Schema => z.record(z.string(), z.unknown());

const newMessages = once(() =>
  object({ messages: z.array(object({ type: z.string(), message: content() })) }),
);

const messageChange = once(() => object({ type: optional(z.string()), message: optional(content()) }));
