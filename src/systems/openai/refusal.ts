import type { Message } from '../../core/conversation.ts';
import { formsOf } from '../../core/extension.ts';
import { isObject, type JsonObject, member } from '../../core/json.ts';
import { isPart, type PartOf, partsOf } from '../../core/parts.ts';
import { isContent, isMcpCall, type Target } from './target.ts';
import { inputRoles, itemTypeOf, roleOfType, storedContentOnly, storedRoles } from './types.ts';

/** Why OpenAI cannot say a part of this message; `undefined` if it can. */
export function reasonAgainst(part: JsonObject, message: Message, target: Target): string | undefined {
  if (isPart(part, 'tool_call')) return callReason(part, message);
  if (isPart(part, 'tool_result')) {
    return resultReason(part, message);
  }
  if (isPart(part, 'reasoning'))
    return roleReason(message, ['assistant'], 'OpenAI has reasoning of assistants only');
  if (isPart(part, 'other')) return otherReason(part, message, target);
  if (isPart(part, 'text')) return channelReason(part) ?? contentReason(part, message, target);
  if (isPart(part, 'refusal') || isPart(part, 'image') || isPart(part, 'file')) {
    return contentReason(part, message, target);
  }
  return `OpenAI has no part of type ${typeOf(part)}`;
}

function callReason(part: PartOf<'tool_call'>, message: Message): string | undefined {
  const reason = roleReason(message, ['assistant'], 'OpenAI has tool calls of assistants only');
  if (reason !== undefined || part.call_id !== undefined || isMcpCall(partsOf(message), message))
    return reason;
  return 'OpenAI has no tool call without a call_id';
}

/** An output that pairs with nothing means something only where OpenAI itself had it. */
function resultReason(part: PartOf<'tool_result'>, message: Message): string | undefined {
  const reason = roleReason(message, ['tool', 'assistant'], 'OpenAI has tool results of tools only');
  if (reason !== undefined || part.call_id !== undefined || isMcpCall(partsOf(message), message))
    return reason;
  const isOwn = formsOf(message, 'openai')['orphan'] === true;
  return isOwn ? undefined : 'OpenAI has no tool result without a call_id';
}

/** An item that names no role is said by the one its type implies. */
function roleReason(message: Message, roles: readonly string[], reason: string): string | undefined {
  return message.role === undefined || roles.includes(message.role) ? undefined : reason;
}

function otherReason(
  part: JsonObject & PartOf<'other'>,
  message: Message,
  target: Target,
): string | undefined {
  if (part.format !== 'openai') return `only ${part.format} knows a part of this kind`;
  const { value } = part;
  if (!isObject(value)) return 'OpenAI has objects only';
  if (isContent(part)) {
    return member(value, 'type') === part.kind
      ? contentReason(part, message, target)
      : 'its kind is not that of its value';
  }
  if (itemTypeOf(value) !== part.kind) return 'its kind is not that of its value';
  if (target.isSanitised && part.kind === 'additional_tools' && member(value, 'role') !== 'developer') {
    return 'OpenAI takes additional tools from developers only';
  }
  const role = roleOfType(part.kind);
  return role === undefined
    ? undefined
    : roleReason(message, [role], `OpenAI has items of type ${part.kind} of the ${role} only`);
}

/** A thought or a note of progress is no answer: as plain text it would pass for one. */
function channelReason({ channel }: PartOf<'text'>): string | undefined {
  if (channel === undefined || channel === 'final' || channel === 'commentary') return undefined;
  return `OpenAI has no text that is ${channel}`;
}

function contentReason(part: JsonObject, message: Message, target: Target): string | undefined {
  const { role } = message;
  const roles: readonly string[] = target.kind === 'record' ? storedRoles : inputRoles;
  if (role === undefined) return 'OpenAI needs to know who speaks';
  const isRemembered = !target.isSanitised && member(formsOf(message, 'openai'), 'role') === role;
  if (!roles.includes(role) && !isRemembered) return `OpenAI has no messages of the role ${role}`;
  return target.isSanitised ? inputReason(part, role) : undefined;
}

/** What a request has no form for: only assistants refuse, and what they say are texts and refusals. */
function inputReason(part: JsonObject, role: string): string | undefined {
  const type = isPart(part, 'other') ? part.kind : member(formsOf(part, 'openai'), 'type');
  if (typeof type === 'string' && storedContentOnly.has(type))
    return `OpenAI takes no content of type ${type}`;
  if (isPart(part, 'refusal') && role !== 'assistant') return 'OpenAI takes refusals from assistants only';
  if ((isPart(part, 'image') || isPart(part, 'file')) && role === 'assistant') {
    return `OpenAI takes no ${part.type} from an assistant`;
  }
  return undefined;
}

function typeOf(part: JsonObject): string {
  const type = member(part, 'type');
  return typeof type === 'string' ? type : 'unknown';
}
