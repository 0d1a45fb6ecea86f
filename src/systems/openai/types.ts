import { type JsonObject, member } from '../../core/json.ts';

/** The type of an item, also where it is left out; `undefined` if nothing tells. */
export function itemTypeOf(item: JsonObject): string | undefined {
  const type = member(item, 'type');
  if (typeof type === 'string') return type;
  if (type !== undefined && type !== null) return undefined;
  if (member(item, 'role') !== undefined) return 'message';
  return member(item, 'id') === undefined ? undefined : 'item_reference';
}

/** Who speaks in an item that names no role: calls are the assistant's, outputs the tool's, others nobody's. */
export function roleOfType(type: string): 'assistant' | 'tool' | undefined {
  if (type.endsWith('_call') || type === 'reasoning') return 'assistant';
  return type.endsWith('_output') ? 'tool' : undefined;
}

/** The roles of stored messages. */
export const storedRoles = [
  'unknown',
  'user',
  'assistant',
  'system',
  'critic',
  'discriminator',
  'developer',
  'tool',
] as const;

/** The roles that a message may be sent with. */
export const inputRoles = ['user', 'assistant', 'system', 'developer'] as const;

/** Types that cannot be sent without an id; every other id is set by the system. */
export const typesSentWithId: ReadonlySet<string> = new Set([
  'file_search_call',
  'web_search_call',
  'computer_call',
  'code_interpreter_call',
  'image_generation_call',
  'local_shell_call',
  'local_shell_call_output',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_call',
  'item_reference',
  'program',
  'program_output',
  'reasoning',
]);

/** Types that cannot be sent without a status. */
export const typesSentWithStatus: ReadonlySet<string> = new Set([
  'file_search_call',
  'web_search_call',
  'computer_call',
  'code_interpreter_call',
  'image_generation_call',
  'local_shell_call',
  'apply_patch_call',
  'apply_patch_call_output',
  'program_output',
]);

/** The content types of a message that a request has no form for. */
export const storedContentOnly: ReadonlySet<string> = new Set([
  'text',
  'summary_text',
  'reasoning_text',
  'computer_screenshot',
]);

/** The members of an item of this type that OpenAI sets itself. */
export function setBySystem(type: string): readonly string[] {
  return [
    'created_by',
    ...(typesSentWithId.has(type) ? [] : ['id']),
    ...(typesSentWithStatus.has(type) ? [] : ['status']),
  ];
}
