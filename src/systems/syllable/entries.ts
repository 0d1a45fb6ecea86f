import type { Message } from '../../core/conversation.ts';
import { carryExtension, type Extension, extensionOf, packedOf } from '../../core/extension.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { writeRows } from '../../core/mapping.ts';
import { isPart, type PartOf, partsOf } from '../../core/parts.ts';
import type { ListName } from './chronology.ts';
import { mayAnswer, mayCall, type Pairs } from './pairs.ts';
import { actionRows, saidRows, speaker, timeRows } from './rows.ts';

/** An entry of a transcript, and the message it is written for. */
export interface Entry {
  readonly list: ListName;
  readonly value: JsonObject;
  readonly message: Message;
}

/** What a message is in a transcript: what was said first, in one entry, and an entry for each action. */
export function writeEntries(message: Message, pairs: Pairs, ledger: Ledger): Entry[] {
  const extension = extensionOf(message, 'syllable');
  const all = partsOf(message);
  const refusal = all.length === 0 ? refusalOfEmpty(message, extension) : undefined;
  const parts = all.filter((part) => isHome(part, message, { extension, pairs }, ledger));
  if (refusal !== undefined || (parts.length === 0 && all.length > 0)) {
    ledger.refused(message, '$self', refusal ?? refusalOf(all[0] ?? {}, message, { extension, pairs }) ?? '');
    return [];
  }
  carryMessage(message, ledger);
  const texts = parts.filter((part) => isPart(part, 'text'));
  const actions = parts.filter((part) => !isPart(part, 'text') && !pairs.callOf.has(part));
  const isSaid = texts.length > 0 || (all.length === 0 && extension.written['list'] !== 'actions');
  const write = { message, ledger, rest: isSaid ? {} : extension.rest };
  const entries = actions.map((part, index): Entry => {
    const value = writeAction(part, pairs, index > 0 ? { ...write, rest: {} } : write);
    return { list: 'actions', value, message };
  });
  if (isSaid) {
    const said: Entry = {
      list: 'transcription',
      value: writeSaid(texts, extension, message, ledger),
      message,
    };
    const first = parts.findIndex((part) => isPart(part, 'text'));
    return entries.toSpliced(parts.slice(0, first).filter((part) => actions.includes(part)).length, 0, said);
  }
  if (all.length > 0) return entries;
  return [
    {
      list: 'actions',
      value: writeRows(timeRows, { message }, ledger, {
        into: { ...extension.rest },
        written: extension.written,
      }),
      message,
    },
  ];
}

function carryMessage(message: Message, ledger: Ledger): void {
  for (const name of ['role', 'created_at', 'session_id']) ledger.carried(message, name);
  if (!message.parts) ledger.carried(message, 'text');
  carryExtension(message, 'syllable', ledger);
}

function writeSaid(
  texts: readonly (JsonObject & PartOf<'text'>)[],
  { rest, written }: Extension,
  message: Message,
  ledger: Ledger,
): JsonObject {
  const [only] = texts;
  const joined: JsonObject = { text: texts.map((part) => part.text).join('\n') };
  const content = texts.length === 1 ? only : texts.length > 1 ? joined : undefined;
  const model = { message, ...(content && { content }) };
  for (const part of texts) {
    ledger.carried(part, 'type');
    // In a run of Looker's agent, what is final was chosen to be the message.
    if (part.channel === 'final' && packedOf(message, 'looker')) ledger.carried(part, 'channel');
    else ledger.refused(part, 'channel', 'Syllable does not tell what a text is for');
  }
  const value = writeRows(saidRows, model, ledger, { into: { source: null, text: null, ...rest }, written });
  if (texts.length > 1) for (const part of texts) ledger.narrowed(part, 'text', 'joined into one text');
  return value;
}

interface Writing {
  readonly message: Message;
  readonly rest: JsonObject;
  readonly ledger: Ledger;
}

function writeAction(part: JsonObject, pairs: Pairs, { message, rest, ledger }: Writing): JsonObject {
  ledger.carried(part, 'type');
  if (isPart(part, 'tool_call')) {
    const result = pairs.resultOf.get(part);
    if (result) carryPair(part, result, ledger);
    return writeCall({ message, call: part, ...(result && { result }) }, { rest, ledger });
  }
  if (isPart(part, 'tool_result')) {
    const call = part.name === undefined ? {} : { call: { name: part.name } };
    if (part.name !== undefined) ledger.carried(part, 'name');
    return writeCall({ message, ...call, result: part }, { rest, ledger });
  }
  for (const name of ['format', 'kind', 'value']) ledger.carried(part, name);
  const value = member(part, 'value');
  return writeRows(timeRows, { message }, ledger, { into: { ...rest, ...(isObject(value) && value) } });
}

function writeCall(
  model: { readonly message: Message; readonly call?: object; readonly result?: object },
  { rest, ledger }: Omit<Writing, 'message'>,
): JsonObject {
  const native = writeRows(actionRows, model, ledger, { into: { ...rest } });
  for (const part of [model.call, model.result]) {
    if (!isObject(part)) continue;
    for (const name of ['arguments', 'output', 'error']) carryInside(member(part, name), ledger);
  }
  return native;
}

/** JSON that became text is narrowed as a whole; nothing in it is lost. */
function carryInside(value: JsonValue | undefined, ledger: Ledger): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) ledger.carried(value, Array.isArray(value) ? Number(key) : key);
}

/** One action says that the two belong together, and the name of the tool once. */
function carryPair(call: PartOf<'tool_call'>, result: PartOf<'tool_result'>, ledger: Ledger): void {
  ledger.carried(result, 'type');
  ledger.carried(result, 'name');
  for (const part of [call, result]) {
    ledger.narrowed(part, 'call_id', 'the call and its result become one action, which has no id');
  }
}

interface Context {
  readonly extension: Extension;
  readonly pairs: Pairs;
}

function isHome(part: JsonObject, message: Message, context: Context, ledger: Ledger): boolean {
  const refusal = refusalOf(part, message, context);
  if (refusal !== undefined) ledger.refused(part, '$self', refusal);
  return refusal === undefined;
}

/** Why Syllable has no place for a part; `undefined` if it has. */
function refusalOf(part: JsonObject, message: Message, { extension, pairs }: Context): string | undefined {
  const type = typeof part['type'] === 'string' ? part['type'] : '';
  if (type === 'text') return refusalOfRole(message, extension.written);
  if (type === 'tool_call') return mayCall(message) ? undefined : 'Syllable only has tool calls of the agent';
  if (isPart(part, 'tool_result')) {
    if (!mayAnswer(message)) return 'Syllable only has tool calls of the agent';
    return pairs.callOf.has(part) || saysAnything(part)
      ? undefined
      : 'an action of Syllable has no id, and the result says nothing else';
  }
  if (isPart(part, 'other') && part.format === 'syllable' && part.kind === 'action' && isObject(part.value)) {
    return mayCall(message) ? undefined : 'Syllable only has tool calls of the agent';
  }
  return type === 'other'
    ? 'Syllable has no home for it'
    : `Syllable has no messages with parts of type ${type}`;
}

function saysAnything(result: PartOf<'tool_result'>): boolean {
  const { name, output, error, duration_ms: duration } = result;
  return [name, output, error, duration].some((value) => value !== undefined && value !== null);
}

/** An entry without text or tool is Syllable's own way to say nothing. */
function refusalOfEmpty(message: Message, { written }: Extension): string | undefined {
  if (!packedOf(message, 'syllable')) return 'the message says nothing';
  return written['list'] === 'actions' ? undefined : refusalOfRole(message, written);
}

function refusalOfRole({ role }: Message, written: JsonObject): string | undefined {
  if (role === undefined) return undefined;
  const remembered: JsonValue | undefined = member(written, 'source');
  if (remembered !== undefined && speaker.read(remembered) === role) return undefined;
  const encoded = speaker.write(role);
  return 'refused' in encoded ? `${encoded.refused}, not a message of role ${role}` : undefined;
}
