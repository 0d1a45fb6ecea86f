import type { Message } from '../../core/conversation.ts';
import { packExtension, placeExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { equal, isObject, type JsonObject, member, toPointer } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { type Path, readRows } from '../../core/mapping.ts';
import { makeMessage } from '../../core/parts.ts';
import { readContent } from './content.ts';
import { defaultPlaces } from './places.ts';
import { messageRows } from './rows.ts';
import { writableMessageMembers } from './version.ts';

/** A message in the model. It always has an extension of Looker's, by which the steps of its agent are known. */
export function readMessage(native: JsonObject, kind: Kind, ledger: Ledger): Message {
  const { base, content } = contentOf(native);
  const sayings = readContent(content, ledger);
  const taken: Path[] = typeof member(native, 'type') === 'string' ? [['type']] : [];
  for (const saying of sayings) for (const path of saying.taken) taken.push([...base, ...path]);
  const { model, rest, written } = readRows(messageRows(kind, base), native, ledger, { taken });
  const { role, form } = readRole(native, content);
  const parts = sayings.map(({ part }) => part);
  const places = sayings.map(({ place }) => toPointer(place));
  const looker =
    packExtension({
      rest,
      written: {
        ...written,
        ...form,
        ...(base.length === 0 &&
          (parts.length > 0 || member(model, 'created_at') !== undefined) && { unwrapped: true }),
        ...(!equal(places, defaultPlaces(role, parts)) && { places }),
        ...(kind === 'request' && hasMore(native) && { request: true }),
      },
    }) ?? {};
  if (role !== undefined) model['role'] = role;
  const message = makeMessage(model, parts, { looker });
  ledger.origin(message, 'role', native, 'type');
  placeExtension(message, 'looker', native, ledger);
  ledger.reduced(looker, 'order', 'the messages stand in this order; its numbers are not kept');
  return message;
}

const wrappers = ['userMessage', 'user_message', 'systemMessage', 'system_message'];

/** Where the content lies: in `message`, or in the message itself where it was saved as the chat sent it. */
function contentOf(native: JsonObject): { readonly base: readonly string[]; readonly content: JsonObject } {
  const inner = member(native, 'message');
  if (isObject(inner)) return { base: ['message'], content: inner };
  const isUnwrapped = wrappers.some((key) => Object.hasOwn(native, key));
  return isUnwrapped ? { base: [], content: native } : { base: ['message'], content: {} };
}

interface Role {
  readonly role: string | undefined;
  /** How it was written, where that is not plain. */
  readonly form: JsonObject;
}

function readRole(native: JsonObject, content: JsonObject): Role {
  const type = member(native, 'type');
  if (typeof type === 'string') {
    const role = roleOf(type);
    return { role, form: typeFor(role) === type ? {} : { type } };
  }
  const role = inferRole(content);
  if (role === undefined) return { role, form: {} };
  return { role, form: { type: null } };
}

/** In Looker `system` is the agent, never a system prompt. Other words are kept. */
export function roleOf(type: string): string {
  if (type === 'user') return 'user';
  return type === 'system' ? 'assistant' : type;
}

/** The type of the messages of a role; `undefined` if Looker has none. */
export function typeFor(role: string | undefined): string | undefined {
  if (role === 'user') return 'user';
  return role === 'assistant' ? 'system' : undefined;
}

function inferRole(content: JsonObject): string | undefined {
  const has = (...keys: readonly string[]) => keys.some((key) => Object.hasOwn(content, key));
  if (has('userMessage', 'user_message')) return 'user';
  return has('systemMessage', 'system_message', 'error') ? 'assistant' : undefined;
}

function hasMore(native: JsonObject): boolean {
  return Object.keys(native).some((key) => !writableMessageMembers.includes(key));
}
