import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, type Schema } from '../../core/schema/build.ts';
import { byType, callId } from './limits.ts';
import { anyId, anyStatus, createdBy } from './members.ts';
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
        arguments: field(z.json(), 'What is looked for.'),
      }),
    ),
    tool_search_output: once(() =>
      object({
        type: z.literal('tool_search_output'),
        ...search(),
        tools: field(z.array(tool()), 'What was found.'),
      }),
    ),
    additional_tools: once(() =>
      object({
        type: z.literal('additional_tools'),
        id: anyId(kind),
        role: field(openEnum(...(kind === 'record' ? storedRoles : ['developer'])), 'Who adds them.'),
        tools: field(z.array(tool()), 'The tools added.'),
      }),
    ),
  };
}

const toolTypes = [
  'function',
  'custom',
  'namespace',
  'tool_search',
  'mcp',
  'file_search',
  'web_search',
  'web_search_2025_08_26',
  'web_search_preview',
  'web_search_preview_2025_03_11',
  'code_interpreter',
  'programmatic_tool_calling',
  'image_generation',
  'computer',
  'computer_use_preview',
  'local_shell',
  'shell',
  'apply_patch',
];

/** Tools are passed on as they are: only their type counts here. */
const tool = once(() => {
  const types = toolTypes.map((type) => [type, once(() => object({ type: z.literal(type) }))] as const);
  return byType(Object.fromEntries(types));
});
