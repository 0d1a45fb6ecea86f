import type { Message } from '../../core/conversation.ts';
import { packedOf } from '../../core/extension.ts';
import type { JsonObject } from '../../core/json.ts';
import { isPart, type PartOf, partsOf } from '../../core/parts.ts';

/** Calls and the results that share an action with them. */
export interface Pairs {
  readonly resultOf: ReadonlyMap<JsonObject, PartOf<'tool_result'>>;
  readonly callOf: ReadonlyMap<JsonObject, PartOf<'tool_call'>>;
}

interface Call {
  readonly part: JsonObject & PartOf<'tool_call'>;
  readonly message: Message;
}

/**
 * Pairs each call with its result: by `call_id`, or, where neither has one, with the part behind it. A result in
 * another message is paired only if that message says nothing that the action could not say.
 */
export function pairResults(messages: readonly Message[]): Pairs {
  const resultOf = new Map<JsonObject, PartOf<'tool_result'>>();
  const callOf = new Map<JsonObject, PartOf<'tool_call'>>();
  const open = new Map<string, Call>();
  for (const message of messages) {
    let previous: Call | undefined;
    for (const part of partsOf(message)) {
      if (isPart(part, 'tool_result')) {
        const call = part.call_id === undefined ? previous : open.get(part.call_id);
        if (call && answers(message, part, call)) {
          resultOf.set(call.part, part);
          callOf.set(part, call.part);
          if (part.call_id !== undefined) open.delete(part.call_id);
        }
      }
      previous = undefined;
      if (!isPart(part, 'tool_call')) continue;
      const call = { part, message };
      if (part.call_id === undefined) previous = call;
      else open.set(part.call_id, call);
    }
  }
  return { resultOf, callOf };
}

function answers(message: Message, result: PartOf<'tool_result'>, call: Call): boolean {
  if (result.name !== undefined && result.name !== call.part.name) return false;
  if (!mayCall(call.message) || !mayAnswer(message)) return false;
  if (message === call.message) return true;
  return (
    partsOf(message).length === 1 &&
    message.session_id === call.message.session_id &&
    (message.created_at === undefined || message.created_at === call.message.created_at) &&
    packedOf(message, 'syllable') === undefined
  );
}

/** Syllable's actions are all the agent's. */
export function mayCall({ role }: Message): boolean {
  return role === undefined || role === 'assistant';
}

export function mayAnswer(message: Message): boolean {
  return mayCall(message) || message.role === 'tool';
}
