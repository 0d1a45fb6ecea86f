import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, type Schema } from '../../core/schema/build.ts';
import { toolOutputPart } from './content.ts';
import { callId, longText, namespaceName, toolName } from './limits.ts';
import { anyId, anyStatus, caller, createdBy } from './members.ts';

/** Calls of the user's own tools, and what they gave back. Custom tools have neither status nor maker. */
export function callTable(kind: Kind): Record<string, () => Schema> {
  return {
    function_call: once(() =>
      object({
        type: z.literal('function_call'),
        ...call(kind),
        arguments: field(z.string(), 'Text holding JSON.'),
        ...state(),
      }),
    ),
    function_call_output: once(() =>
      object({
        type: z.literal('function_call_output'),
        ...answer(kind),
        call_id: field(nullish(callId(kind)), 'The call it answers.'),
        name: field(nullish(toolName(kind)), 'Name of the tool.'),
        namespace: field(nullish(namespaceName(kind)), 'Namespace of the tool.'),
        ...state(),
      }),
    ),
    custom_tool_call: once(() =>
      object({
        type: z.literal('custom_tool_call'),
        ...call(kind),
        input: field(z.string(), 'What the tool is given.'),
      }),
    ),
    custom_tool_call_output: once(() =>
      object({
        type: z.literal('custom_tool_call_output'),
        ...answer(kind),
        call_id: field(callId(kind), 'The call it answers.'),
      }),
    ),
  };
}

const state = () => ({ status: anyStatus(), created_by: createdBy() });

function call(kind: Kind): Record<string, Schema> {
  return {
    id: anyId(kind),
    call_id: field(callId(kind), 'Pairs the call with its output.'),
    name: field(toolName(kind), 'Name of the tool.'),
    namespace: field(nullish(namespaceName(kind)), 'Namespace of the tool.'),
    caller: caller(),
    async: field(nullish(z.boolean()), 'Whether nobody waits for the output.'),
  };
}

function answer(kind: Kind): Record<string, Schema> {
  return {
    id: anyId(kind),
    output: field(
      z.union([longText(kind), z.array(toolOutputPart(kind))]),
      'What the tool gave back: text, or parts.',
    ),
    caller: caller(),
  };
}
