import type { World } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import { itemTypeOf } from './types.ts';

/**
 * The stored form of an item: with an id of its own, a status, and typed parts. An `item_reference` stays what
 * it is, as the item it names may live elsewhere; so does a type that is not known.
 */
export function keptItem(item: JsonObject, world: World): JsonObject {
  const type = itemTypeOf(item) ?? '';
  const prefix = Object.hasOwn(prefixes, type) ? prefixes[type] : undefined;
  if (prefix === undefined) return item;
  const defaults: Record<string, JsonValue> = {
    id: `${prefix}_${world.ulid()}`,
    ...(typesWithStatus.has(type) && { status: 'completed' }),
  };
  const kept: JsonObject = { type, ...item, ...(type === 'message' && { type, content: keptContent(item) }) };
  for (const [key, value] of Object.entries(defaults)) kept[key] = member(item, key) ?? value;
  for (const key of nullMembers(type)) kept[key] = member(item, key) ?? null;
  return kept;
}

/** What ids begin with, as seen in OpenAI's answers; where none was seen, in the same manner. */
const prefixes: Readonly<Record<string, string>> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  file_search_call: 'fs',
  web_search_call: 'ws',
  code_interpreter_call: 'ci',
  image_generation_call: 'ig',
  computer_call: 'cu',
  computer_call_output: 'cuo',
  local_shell_call: 'lsh',
  local_shell_call_output: 'lsho',
  shell_call: 'sh',
  shell_call_output: 'sho',
  apply_patch_call: 'apc',
  apply_patch_call_output: 'apco',
  mcp_call: 'mcp',
  mcp_list_tools: 'mcpl',
  mcp_approval_request: 'mcpr',
  mcp_approval_response: 'mcpa',
  tool_search_call: 'tsc',
  tool_search_output: 'tso',
  additional_tools: 'at',
  compaction: 'cmp',
  configuration_update: 'cfg',
  program: 'prog',
  program_output: 'progo',
};

/** Types that are sent without a status and stored with one. */
const typesWithStatus: ReadonlySet<string> = new Set([
  'message',
  'function_call',
  'function_call_output',
  'computer_call_output',
  'shell_call',
  'shell_call_output',
  'tool_search_call',
  'tool_search_output',
]);

/** Members that a stored item has even where it was sent without. */
function nullMembers(type: string): readonly string[] {
  if (type === 'shell_call') return ['environment'];
  if (type === 'shell_call_output') return ['max_output_length'];
  return type === 'tool_search_call' || type === 'tool_search_output' ? ['call_id'] : [];
}

function keptContent(item: JsonObject): JsonValue {
  const content = member(item, 'content') ?? [];
  if (typeof content !== 'string') return Array.isArray(content) ? content.map(keptPart) : content;
  return [
    member(item, 'role') === 'assistant'
      ? keptPart({ type: 'output_text', text: content })
      : { type: 'input_text', text: content },
  ];
}

/** @see https://platform.openai.com/docs/api-reference/conversations/create: `detail` defaults to `auto` */
function keptPart(part: JsonValue): JsonValue {
  if (!isObject(part)) return part;
  const type = member(part, 'type');
  if (type === 'input_image') return { ...part, detail: member(part, 'detail') ?? 'auto' };
  if (type !== 'output_text') return part;
  return {
    ...part,
    annotations: member(part, 'annotations') ?? [],
    logprobs: member(part, 'logprobs') ?? [],
  };
}
