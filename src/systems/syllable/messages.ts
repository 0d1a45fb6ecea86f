import type { Message } from '../../core/conversation.ts';
import { placeExtension, withExtension } from '../../core/extension.ts';
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
  const { model, parts, rest, written } = readers[list](entry, ledger);
  const hints = { ...written, ...forms, ...(list === 'actions' && parts.length === 0 && { list }) };
  const message = makeMessage({ ...model, ...session, ...withExtension('syllable', rest, hints) }, parts);
  ledger.same(message, model);
  placeExtension(message, 'syllable', entry, ledger);
  return message;
}

interface Read {
  /** Fields of the message. */
  readonly model: JsonObject;
  readonly parts: JsonObject[];
  readonly rest: JsonObject;
  readonly written: JsonObject;
}

const readers: Readonly<Record<ListName, (entry: JsonObject, ledger: Ledger) => Read>> = {
  transcription: readSaid,
  actions: (entry, ledger) => (isNameless(entry) ? readNameless(entry, ledger) : readAction(entry, ledger)),
};

function readSaid(entry: JsonObject, ledger: Ledger): Read {
  const { model: fields, rest, written } = readRows(saidRows, entry, ledger);
  const { content, ...model } = fields;
  ledger.same(model, fields);
  if (entry['lang'] === 'unset') ledger.implied(entry, 'lang');
  return { model, parts: partOf('text', content, entry, ['text'], ledger), rest, written };
}

function readAction(entry: JsonObject, ledger: Ledger): Read {
  const { model: fields, rest, written } = readRows(actionRows, entry, ledger);
  const { call, result, ...others } = fields;
  const model = { role: 'assistant', ...others };
  ledger.same(model, fields);
  const parts = [
    ...partOf('tool_call', call, entry, ['tool_name', 'tool_request'], ledger),
    ...partOf('tool_result', result, entry, ['tool_result', 'tool_error', 'duration_ms'], ledger),
  ];
  return { model, parts, rest, written };
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
  const { model: fields, rest: value, written } = readRows(timeRows, entry, ledger);
  const model = { role: 'assistant', ...fields };
  ledger.same(model, fields);
  const part: JsonObject = { type: 'other', format: 'syllable', kind: 'action', value };
  for (const name of Object.keys(value)) {
    ledger.origin(part, 'value', entry, name);
    ledger.origin(part, '$self', entry, name);
  }
  return { model, parts: [part], rest: {}, written };
}
