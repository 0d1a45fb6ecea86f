import { extensionOf, formsOf, packedKey, packedOf } from '../../core/extension.ts';
import { type JsonObject, member, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { writeRows } from '../../core/mapping.ts';
import { isPart, type PartOf } from '../../core/parts.ts';
import { writeReasoning } from './reasoning.ts';
import { isToolType, itemRows, laterRows } from './rows.ts';
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
  const item = writeMembers('message', typeOf(slot), {}, slot, ledger);
  if (phase !== undefined) item['phase'] = phase;
  item['content'] = writeContent(parts, slot, ledger);
  return item;
}

function typeOf({ message, isSanitised }: Slot): JsonObject {
  const form = isSanitised ? undefined : member(formsOf(message, 'openai'), 'type');
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
  return writeMembers(type, { type }, { part }, slot, ledger);
}

function writeMcpCall({ type, parts: [call, result] }: Draft, slot: Slot, ledger: Ledger): JsonObject {
  for (const part of [call, result]) if (part) ledger.carried(part, 'type');
  const owners = { ...(call && { call }), ...(result && { result }) };
  return writeMembers('mcp_call', { type }, owners, slot, ledger);
}

function writeReasoningItem(part: JsonObject & PartOf<'reasoning'>, slot: Slot, ledger: Ledger): JsonObject {
  const written = formsOf(slot.message, 'openai');
  ledger.carried(part, 'type');
  ledger.carried(part, 'text');
  const item: JsonObject = {
    ...writeMembers('reasoning', { type: 'reasoning' }, {}, slot, ledger),
    ...writeReasoning(part.text, slot.isFirst ? written : {}),
  };
  if (part.id !== undefined && member(item, 'id') === undefined) {
    item['id'] = part.id;
    ledger.carried(part, 'id');
  }
  return item;
}

/** Behind those at the `start`, the members an item of this type has; in its first item, all that a message has. */
function writeMembers(
  type: keyof typeof itemRows,
  start: JsonObject,
  owners: JsonObject,
  slot: Slot,
  ledger: Ledger,
): JsonObject {
  const { message, isFirst, isSanitised } = slot;
  const owner: object = { ...owners, message };
  if (!isFirst) return writeRows(laterRows[type], owner, ledger, { into: start });
  const written = formsOf(message, 'openai');
  const into = { ...start, ...restOf(type, slot, ledger) };
  const request = isSanitised && !typesSentWithId.has(type);
  return writeRows(itemRows[type], owner, ledger, { into, written, request });
}

function restOf(type: string, { message, isSanitised }: Slot, ledger: Ledger): JsonObject {
  const packed = packedOf(message, 'openai');
  if (!packed) return {};
  const { rest, written } = extensionOf(message, 'openai');
  for (const key of usedForms(written, isSanitised)) ledger.carried(written, key);
  const assigned = isSanitised ? setBySystem(type) : [];
  const kept: JsonObject = {};
  for (const key of Object.keys(rest)) {
    if (assigned.includes(key)) {
      ledger.assigned(packed, key);
      continue;
    }
    setMember(kept, key, member(rest, key) ?? null);
    ledger.carried(packed, packedKey(key));
  }
  return kept;
}

/** A request made from a record has its own ways to write content, roles, and types that may be left out. */
function usedForms(written: JsonObject, isSanitised: boolean): readonly string[] {
  const used = Object.keys(written);
  if (!isSanitised) return used;
  const type = member(written, 'type');
  const isTyped = isToolType(type) || type === 'mcp_call';
  const unused = new Set(['content', 'role', 'id', ...(isTyped ? [] : ['type'])]);
  return used.filter((key) => !unused.has(key));
}
