import type { Message } from '../../core/conversation.ts';
import { extensionsWith, placeExtension } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import {
  isBare,
  isObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  member,
} from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { type Mapped, type Path, readRows } from '../../core/mapping.ts';
import { makeMessage } from '../../core/parts.ts';
import { readContent } from './read-content.ts';
import { readReasoning } from './reasoning.ts';
import { idRow, isToolType, itemRows, type ToolType, toolRows } from './rows.ts';
import { inputRoles, itemTypeOf, roleOfType, storedRoles } from './types.ts';

/** The message an item is. One that the model has no part for is kept whole, as one part. */
export function readItem(list: JsonArray, index: number, kind: Kind, ledger: Ledger): Message {
  const item = list[index] ?? null;
  const message = (isObject(item) && readKnown(item, kind, ledger)) || readOther(item, list, index, ledger);
  ledger.origin(message, '$self', list, index);
  if (message.parts?.length === 1) ledger.origin(message.parts[0] ?? {}, '$self', list, index);
  return message;
}

function readKnown(item: JsonObject, kind: Kind, ledger: Ledger): Message | undefined {
  const type = itemTypeOf(item);
  if (type === 'message') return readMessage(item, kind, ledger);
  if (type === 'reasoning') return readReasoningItem(item, ledger);
  if (type === 'mcp_call') return readMcpCall(item, ledger);
  return isToolType(type) ? readTool(item, type, ledger) : undefined;
}

function readMessage(item: JsonObject, kind: Kind, ledger: Ledger): Message {
  const { parts, hasPhase, form } = readContent(item, kind, ledger);
  const mapped = readRows(itemRows.message, item, ledger, {
    taken: hasPhase ? takenWithPhase : takenByMessage,
  });
  const forms: JsonObject = {};
  const type = member(item, 'type');
  if (typeof type !== 'string') forms['type'] = type === null ? 'null' : 'absent';
  if (form !== undefined) forms['content'] = form;
  const role = member(item, 'role');
  const roles: readonly JsonValue[] = kind === 'record' ? storedRoles : inputRoles;
  if (role !== undefined && !roles.includes(role)) forms['role'] = role;
  return assemble(item, mapped, parts, { forms, ledger });
}

const takenByMessage: readonly Path[] = [['type'], ['content']];
const takenWithPhase: readonly Path[] = [...takenByMessage, ['phase']];

function readReasoningItem(item: JsonObject, ledger: Ledger): Message | undefined {
  const reasoning = readReasoning(item, ledger);
  if (!reasoning) return undefined;
  const { part, taken, forms } = reasoning;
  const mapped = readRows(itemRows.reasoning, item, ledger, {
    taken: [['type'], ...taken.map((key) => [key])],
  });
  return assemble(item, mapped, [part], { forms, role: 'assistant', ledger });
}

function readTool(item: JsonObject, type: ToolType, ledger: Ledger): Message {
  const mapped = readRows(itemRows[type], item, ledger, { taken: takenByType });
  const part = partFrom(toolRows[type].part, mapped.model['part'], ledger);
  const isDefault = type === 'function_call' || type === 'function_call_output';
  const role = roleOfType(type);
  // Only OpenAI itself may leave out what pairs an output with its call.
  const isOrphan = part['type'] === 'tool_result' && member(part, 'call_id') === undefined;
  const forms: JsonObject = { ...(!isDefault && { type }), ...(isOrphan && { orphan: true }) };
  return assemble(item, mapped, [part], { forms, ...(role && { role }), ledger });
}

function readMcpCall(item: JsonObject, ledger: Ledger): Message {
  const mapped = readRows(itemRows.mcp_call, item, ledger, { taken: takenByType });
  const { call, result } = mapped.model;
  const parts = [partFrom('tool_call', call, ledger)];
  if (result !== undefined) parts.push(partFrom('tool_result', result, ledger));
  return assemble(item, mapped, parts, { forms: { type: 'mcp_call' }, role: 'assistant', ledger });
}

function partFrom(type: string, fields: JsonValue | undefined, ledger: Ledger): JsonObject {
  const part: JsonObject = { type, ...(isObject(fields) && fields) };
  if (isObject(fields)) ledger.same(part, fields);
  return part;
}

const takenByType: readonly Path[] = [['type']];

interface Assembly {
  /** How the item was written; a `type` that is no default is among them. */
  readonly forms: JsonObject;
  /** The role that the type of the item implies. */
  readonly role?: string;
  readonly ledger: Ledger;
}

function assemble(
  item: JsonObject,
  { model, rest, written }: Mapped,
  parts: JsonObject[],
  { forms, role, ledger }: Assembly,
): Message {
  const fields = isObject(model['message']) ? model['message'] : {};
  if (role !== undefined) fields['role'] = role;
  ledger.implied(item, 'type');
  // Nothing is told by the state that every stored item ends in; the others say that it did not.
  if (member(item, 'status') === 'completed') ledger.implied(item, 'status');
  if (!ledger.keepsOwn) return makeMessage(fields, parts);
  const isPlain = isBare(forms);
  const notes = isPlain ? written : { ...written, ...forms };
  const message = makeMessage(fields, parts, extensionsWith('openai', rest, notes));
  if (!isPlain) ledger.same(notes, forms);
  placeExtension(message, 'openai', item, ledger);
  if (isToolType(forms['type']) || forms['type'] === 'mcp_call') ledger.origin(notes, 'type', item, 'type');
  return message;
}

function readOther(item: JsonValue, list: JsonArray, index: number, ledger: Ledger): Message {
  const type = (isObject(item) && itemTypeOf(item)) || '';
  const role = roleOfType(type);
  const part: JsonObject = { type: 'other', format: 'openai', kind: type, value: item };
  ledger.origin(part, 'value', list, index);
  if (!isObject(item)) return makeMessage({}, [part]);
  const { model } = readRows([idRow], item, ledger);
  const fields = isObject(model['message']) ? model['message'] : {};
  if (role !== undefined) fields['role'] = role;
  return makeMessage(fields, [part]);
}
