import type { Message } from '../../core/conversation.ts';
import { formsOf } from '../../core/extension.ts';
import type { Kind } from '../../core/format.ts';
import { type JsonObject, member } from '../../core/json.ts';
import { channels } from './read-content.ts';

/** What is written: a request is sanitised unless it was read from a request. */
export interface Target {
  readonly kind: Kind;
  readonly isSanitised: boolean;
}

/** Where an item stands: the first of a message has its id and what else only OpenAI knows of it. */
export interface Slot extends Target {
  readonly message: Message;
  readonly isFirst: boolean;
}

/** Whether a part of a kind that only OpenAI knows was found within a message, not as an item. */
export function isContent(part: JsonObject): boolean {
  return member(formsOf(part, 'openai'), 'place') === 'content';
}

/** Whether these are the parts of one `mcp_call`, which needs nothing to pair them. */
export function isMcpCall(parts: readonly JsonObject[], message: Message): boolean {
  if (formsOf(message, 'openai')['type'] !== 'mcp_call') return false;
  const [call, result, ...others] = parts;
  if (others.length > 0 || call?.['type'] !== 'tool_call') return false;
  return result === undefined || result['type'] === 'tool_result';
}

/** The phase that the channel of the texts is; `undefined` if they have none. */
export function phaseOf(parts: readonly JsonObject[]): string | undefined {
  const text = parts.find((part) => part['type'] === 'text');
  const channel = text && member(text, 'channel');
  return channel === undefined
    ? undefined
    : Object.keys(channels).find((phase) => channels[phase] === channel);
}
