import type { Message } from '../../core/conversation.ts';
import { extensionsWith, placeExtension } from '../../core/extension.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows } from '../../core/mapping.ts';
import { makeMessage } from '../../core/parts.ts';
import type { ListName } from './chronology.ts';
import { actionRows, saidRows, timeRows } from './rows.ts';

/** An entry of a transcript as a message. `forms` says where it stood, as far as its place does not tell. */
export function readEntry(
  list: ListName,
  entry: JsonObject,
  session: { readonly session_id?: string },
  forms: JsonObject,
  ledger: Ledger,
): Message {
  const { fields, parts, rest, written } = readers[list](entry, ledger);
  const hints = { ...written, ...forms, ...(list === 'actions' && parts.length === 0 && { list }) };
  if (session.session_id !== undefined) fields['session_id'] = session.session_id;
  const message = makeMessage(fields, parts, extensionsWith('syllable', rest, hints));
  placeExtension(message, 'syllable', entry, ledger);
  return message;
}

interface Read {
  /** What the entry says of the message. */
  readonly fields: JsonObject;
  readonly parts: JsonObject[];
  readonly rest: JsonObject;
  readonly written: JsonObject;
}

const readers: Readonly<Record<ListName, (entry: JsonObject, ledger: Ledger) => Read>> = {
  transcription: readSaid,
  actions: (entry, ledger) => (isNameless(entry) ? readNameless(entry, ledger) : readAction(entry, ledger)),
};

function readSaid(entry: JsonObject, ledger: Ledger): Read {
  const fields: JsonObject = {};
  const { model, rest, written } = readRows(saidRows, entry, ledger, { into: { message: fields } });
  if (entry['lang'] === 'unset') ledger.implied(entry, 'lang');
  return { fields, parts: partOf('text', model['content'], entry, ['text'], ledger), rest, written };
}

function readAction(entry: JsonObject, ledger: Ledger): Read {
  const fields: JsonObject = { role: 'assistant' };
  const { model, rest, written } = readRows(actionRows, entry, ledger, { into: { message: fields } });
  const { call, result } = model;
  const parts = [
    ...partOf('tool_call', call, entry, ['tool_name', 'tool_request'], ledger),
    ...partOf('tool_result', result, entry, ['tool_result', 'tool_error', 'duration_ms'], ledger),
  ];
  return { fields, parts, rest, written };
}

function partOf(
  type: string,
  fields: unknown,
  entry: JsonObject,
  members: readonly string[],
  ledger: Ledger,
): JsonObject[] {
  if (!isObject(fields)) return [];
  const part = { type, ...fields };
  ledger.same(part, fields);
  for (const name of members) ledger.origin(part, '$self', entry, name);
  return [part];
}

/** Without the name of a tool a request is no call. */
function isNameless(entry: JsonObject): boolean {
  return typeof member(entry, 'tool_name') !== 'string' && typeof member(entry, 'tool_request') === 'string';
}

/** The action whole, but for the time that the message has. */
function readNameless(entry: JsonObject, ledger: Ledger): Read {
  const fields: JsonObject = { role: 'assistant' };
  const { rest: value, written } = readRows(timeRows, entry, ledger, {
    into: { message: fields },
    needsRest: true,
  });
  const part: JsonObject = { type: 'other', format: 'syllable', kind: 'action', value };
  for (const name of Object.keys(value)) {
    ledger.origin(part, 'value', entry, name);
    ledger.origin(part, '$self', entry, name);
  }
  return { fields, parts: [part], rest: {}, written };
}
