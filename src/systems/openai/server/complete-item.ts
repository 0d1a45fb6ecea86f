import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';

/**
 * A kept item with the members that OpenAI always returns, and without nulls where it never returns one.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/list-items
 */
export function completeItem(item: JsonObject): JsonObject {
  const type = member(item, 'type');
  const complete =
    typeof type === 'string' && Object.hasOwn(completions, type) ? completions[type]?.(item) : undefined;
  return withoutNulls(complete ?? item);
}

const withOutput = (item: JsonObject): JsonObject => change(item, 'output', eachPart);
const withExecution = (item: JsonObject): JsonObject => withDefaults(item, { execution: 'server' });

const completions: Readonly<Record<string, (item: JsonObject) => JsonObject>> = {
  message: (item) => change(item, 'content', eachPart),
  function_call_output: (item) => withoutNulls(withOutput(item), ['call_id']),
  custom_tool_call_output: withOutput,
  local_shell_call_output: (item) => withoutNulls(item, ['call_id']),
  computer_call_output: (item) =>
    change(item, 'output', (output) =>
      isObject(output) ? withoutNulls(output, ['image_url', 'file_id']) : output,
    ),
  shell_call: (item) =>
    change(item, 'action', (action) =>
      isObject(action) ? withDefaults(action, { timeout_ms: null, max_output_length: null }) : action,
    ),
  tool_search_call: withExecution,
  tool_search_output: withExecution,
};

const partDefaults: Readonly<Record<string, JsonObject>> = {
  input_image: { detail: 'auto' },
  computer_screenshot: { detail: 'auto', image_url: null, file_id: null },
  output_text: { annotations: [], logprobs: [] },
};

/** The output of a tool may be text alone. */
function eachPart(parts: JsonValue): JsonValue {
  if (!Array.isArray(parts)) return parts;
  return parts.map((part) => (isObject(part) ? completePart(part) : part));
}

function completePart(part: JsonObject): JsonObject {
  const type = member(part, 'type');
  const defaults =
    typeof type === 'string' && Object.hasOwn(partDefaults, type) ? partDefaults[type] : undefined;
  const complete = withoutNulls(withDefaults(part, defaults ?? {}));
  return change(complete, 'logprobs', (tokens) => completeTokens(tokens, { bytes: [], top_logprobs: [] }));
}

function completeTokens(tokens: JsonValue, defaults: JsonObject): JsonValue {
  if (!Array.isArray(tokens)) return tokens;
  return tokens.map((token) => {
    if (!isObject(token)) return token;
    const complete = withDefaults(token, defaults);
    return change(complete, 'top_logprobs', (others) => completeTokens(others, { bytes: [] }));
  });
}

/** Members that are there or not, and never null. */
const neverNull = [
  'namespace',
  'name',
  'status',
  'async',
  'acknowledged_safety_checks',
  'prompt_cache_breakpoint',
  'filename',
  'file_data',
  'file_url',
  'detail',
];

/** Objects that have nothing to leave out come back as they are. */
function withoutNulls(object: JsonObject, keys: readonly string[] = neverNull): JsonObject {
  const isNull = (key: string): boolean => object[key] === null && keys.includes(key);
  if (!Object.keys(object).some(isNull)) return object;
  return Object.fromEntries(Object.entries(object).filter(([key]) => !isNull(key)));
}

function withDefaults(object: JsonObject, defaults: JsonObject): JsonObject {
  const missing = Object.entries(defaults).filter(([key]) => (member(object, key) ?? null) === null);
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(missing) };
}

function change(object: JsonObject, key: string, edit: (value: JsonValue) => JsonValue): JsonObject {
  const value = member(object, key);
  return value === undefined ? object : { ...object, [key]: edit(value) };
}
