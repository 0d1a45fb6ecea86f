import type { Message } from '../../core/conversation.ts';
import { formsOf } from '../../core/extension.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { isPart, partsOf } from '../../core/parts.ts';
import { problemOf } from './problem.ts';
import { reasonAgainst } from './refusal.ts';
import { isToolType, toolRows } from './rows.ts';
import { isContent, isMcpCall, phaseOf, type Slot, type Target } from './target.ts';
import { type Draft, writeDraft } from './write-item.ts';

/**
 * The items that say a message: what is said together in one, every call, result and reasoning in its own. The
 * first has the id. Parts that no item can say are refused; if none is left, so is the message.
 */
export function writeMessage(message: Message, target: Target, ledger: Ledger): JsonObject[] {
  const parts = partsOf(message);
  const reasons: string[] = [];
  const refuse = (refused: readonly JsonObject[], reason: string): void => {
    reasons.push(reason);
    for (const part of refused) ledger.refused(part, '$self', reason);
  };
  const sayable = parts.filter((part) => {
    const reason = reasonAgainst(part, message, target);
    if (reason !== undefined) refuse([part], reason);
    return reason === undefined;
  });
  const items: JsonObject[] = [];
  for (const draft of draftsOf(sayable, message)) {
    const slot: Slot = {
      kind: target.kind,
      isSanitised: target.isSanitised,
      message,
      isFirst: items.length === 0,
    };
    ledger.hold();
    const item = writeDraft(draft, slot, ledger);
    const problem = problemOf(item, target.kind);
    if (problem === undefined) {
      ledger.release();
      items.push(item);
    } else {
      ledger.forget();
      refuse(draft.parts, problem);
    }
  }
  if (items.length === 0) ledger.refused(message, '$self', reasons[0] ?? 'says nothing');
  return items;
}

/** Parts in the order they are said, with those together that one item says. */
function draftsOf(parts: readonly JsonObject[], message: Message): readonly Draft[] {
  const written = formsOf(message, 'openai');
  if (isMcpCall(parts, message)) return [{ type: 'mcp_call', parts }];
  // Whoever says nothing has no item, except the one that OpenAI had.
  if (parts.length === 0 && written['content'] === 'empty' && partsOf(message).length === 0)
    return [{ type: 'message', parts }];
  const drafts: { readonly type: string; readonly parts: JsonObject[] }[] = [];
  for (const part of parts) {
    const type = itemTypeFor(part, written['type']);
    const last = drafts.at(-1);
    if (type === 'message' && last?.type === 'message' && isSamePhase(last.parts, part))
      last.parts.push(part);
    else drafts.push({ type, parts: [part] });
  }
  return drafts;
}

function itemTypeFor(part: JsonObject, remembered: JsonValue | undefined): string {
  if (isPart(part, 'reasoning')) return 'reasoning';
  if (isPart(part, 'other') && !isContent(part)) return part.kind;
  if (!isPart(part, 'tool_call') && !isPart(part, 'tool_result')) return 'message';
  if (isToolType(remembered) && toolRows[remembered].part === part.type) return remembered;
  return part.type === 'tool_call' ? 'function_call' : 'function_call_output';
}

/** A message has one phase for all of its texts. */
function isSamePhase(parts: readonly JsonObject[], next: JsonObject): boolean {
  const text = parts.find((part) => part['type'] === 'text');
  return !text || next['type'] !== 'text' || phaseOf([text]) === phaseOf([next]);
}
