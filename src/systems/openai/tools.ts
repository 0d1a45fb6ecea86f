import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, type Schema } from '../../core/schema/build.ts';
import { callId } from './limits.ts';
import { anyId, anyObject, anyStatus, createdBy } from './members.ts';
import { toolSchema } from './tool.ts';
import { storedRoles } from './types.ts';

/** Tools that are found or added on the way. */
export function searchTable(kind: Kind): Record<string, () => Schema> {
  const search = () => ({
    id: anyId(kind),
    call_id: field(nullish(callId(kind)), 'Pairs the call with its output.'),
    execution: field(nullish(openEnum('server', 'client')), 'Where the search runs.'),
    status: anyStatus(),
    created_by: createdBy(),
  });
  return {
    tool_search_call: once(() =>
      object({
        type: z.literal('tool_search_call'),
        ...search(),
        // What is sent is an object; of what is stored, the OpenAPI document says no type.
        arguments: field(kind === 'request' ? anyObject() : z.json(), 'What is looked for.'),
      }),
    ),
    tool_search_output: once(() =>
      object({
        type: z.literal('tool_search_output'),
        ...search(),
        tools: field(z.array(toolSchema(kind)), 'What was found.'),
      }),
    ),
    additional_tools: once(() =>
      object({
        type: z.literal('additional_tools'),
        id: anyId(kind),
        role: field(openEnum(...(kind === 'record' ? storedRoles : ['developer'])), 'Who adds them.'),
        tools: field(z.array(toolSchema(kind)), 'The tools added.'),
      }),
    ),
  };
}
