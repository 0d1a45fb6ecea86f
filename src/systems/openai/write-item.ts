import { extensionOf, packedKey, packedOf } from '../../core/extension.ts';
import { type JsonObject, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { type Row, without, writeRows } from '../../core/mapping.ts';
import { isPart, type PartOf } from '../../core/parts.ts';
import { writeReasoning } from './reasoning.ts';
import { idRow, isToolType, mcpRows, roleRow, toolRows } from './rows.ts';
import { phaseOf, type Slot } from './target.ts';
import { roleOfType, setBySystem, typesSentWithId } from './types.ts';
import { writeContent } from './write-content.ts';
import { writeOther } from './write-other.ts';

/** An item to be: its type and the parts of a message that it says. */
export interface Draft {
  readonly type: string;
  readonly parts: readonly JsonObject[];
}

export function writeDraft(draft: Draft, slot: Slot, ledger: Ledger): JsonObject {
  const [part] = draft.parts;
  if (draft.type === 'message') return writeMessageItem(draft, slot, ledger);
  carryImpliedRole(draft, slot, ledger);
  if (draft.type === 'mcp_call') return writeMcpCall(draft, slot, ledger);
  if (part && isPart(part, 'reasoning')) return writeReasoningItem(part, slot, ledger);
  if (part && isPart(part, 'other')) return writeOther(part, slot, ledger);
  return writeTool(draft, slot, ledger);
}

function writeMessageItem({ parts }: Draft, slot: Slot, ledger: Ledger): JsonObject {
  const phase = phaseOf(parts);
  if (phase !== undefined) for (const part of parts) ledger.carried(part, 'channel');
  return {
    ...typeOf(slot),
    ...writeMembers('message', [roleRow], {}, slot, ledger),
    ...(phase !== undefined && { phase }),
    content: writeContent(parts, slot, ledger),
  };
}

function typeOf({ message, isSanitised }: Slot): JsonObject {
  const form = isSanitised ? undefined : member(extensionOf(message, 'openai').written, 'type');
  if (form === 'absent') return {};
  return { type: form === 'null' ? null : 'message' };
}

/** The role that a type implies is said by saying the item; the tool speaks for an assistant that says a result. */
function carryImpliedRole({ type }: Draft, { message }: Slot, ledger: Ledger): void {
  const role = roleOfType(type);
  if (message.role === undefined || role === undefined) return;
  if (message.role === role) ledger.carried(message, 'role');
  else if (!message.parts?.some((part) => part['type'] !== 'tool_result')) {
    ledger.narrowed(message, 'role', 'a result is said by the tool');
  }
}

function writeTool({ type, parts: [part] }: Draft, slot: Slot, ledger: Ledger): JsonObject {
  if (!part || !isToolType(type)) return {};
  ledger.carried(part, 'type');
  return { type, ...writeMembers(type, toolRows[type].rows, { part }, slot, ledger) };
}

function writeMcpCall({ type, parts: [call, result] }: Draft, slot: Slot, ledger: Ledger): JsonObject {
  for (const part of [call, result]) if (part) ledger.carried(part, 'type');
  const owners = { ...(call && { call }), ...(result && { result }) };
  return { type, ...writeMembers(type, mcpRows, owners, slot, ledger) };
}

function writeReasoningItem(part: JsonObject & PartOf<'reasoning'>, slot: Slot, ledger: Ledger): JsonObject {
  const { written } = extensionOf(slot.message, 'openai');
  ledger.carried(part, 'type');
  ledger.carried(part, 'text');
  const item: JsonObject = {
    type: 'reasoning',
    ...writeMembers('reasoning', [], {}, slot, ledger),
    ...writeReasoning(part.text, slot.isFirst ? written : {}),
  };
  if (part.id !== undefined && member(item, 'id') === undefined) {
    item['id'] = part.id;
    ledger.carried(part, 'id');
  }
  return item;
}

/** A message's id, its members by `rows`, and, in its first item, what else only OpenAI knows of it. */
function writeMembers(
  type: string,
  rows: readonly Row[],
  owners: JsonObject,
  slot: Slot,
  ledger: Ledger,
): JsonObject {
  const { message, isFirst, isSanitised } = slot;
  const owner: object = { ...owners, message };
  if (!isFirst) return writeRows(rows, owner, ledger);
  const { written } = extensionOf(message, 'openai');
  const rest = restOf(type, slot, ledger);
  const request = isSanitised && !typesSentWithId.has(type);
  return writeRows([idRow, ...rows], owner, ledger, { rest, written, request });
}

function restOf(type: string, { message, isSanitised }: Slot, ledger: Ledger): JsonObject {
  const packed = packedOf(message, 'openai');
  if (!packed) return {};
  const { rest, written } = extensionOf(message, 'openai');
  for (const key of usedForms(written, isSanitised)) ledger.carried(written, key);
  const assigned = isSanitised ? setBySystem(type).filter((key) => member(rest, key) !== undefined) : [];
  for (const key of assigned) ledger.assigned(packed, key);
  const kept = without(
    rest,
    assigned.map((key) => [key]),
  );
  for (const key of Object.keys(kept)) ledger.carried(packed, packedKey(key));
  return kept;
}

/** A request made from a record has its own ways to write content, roles, and types that may be left out. */
function usedForms(written: JsonObject, isSanitised: boolean): readonly string[] {
  const type = member(written, 'type');
  const isTyped = isToolType(type) || type === 'mcp_call';
  const unused = isSanitised ? ['content', 'role', 'id', ...(isTyped ? [] : ['type'])] : [];
  return Object.keys(written).filter((key) => !unused.includes(key));
}
