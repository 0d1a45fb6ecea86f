import * as z from 'zod/mini';

/**
 * What the OpenAPI document of OpenAI says of the answers: which members have to be there, of which type, and which
 * of them may be null.
 *
 * @see https://github.com/openai/openai-openapi
 */
export type Shape = z.ZodMiniType;

export const conversation = z.looseObject({
  id: z.string(),
  object: z.literal('conversation'),
  created_at: z.int(),
  metadata: z.unknown().check(z.refine((value) => value !== undefined)),
});

export const deleted = z.looseObject({
  id: z.string(),
  object: z.literal('conversation.deleted'),
  deleted: z.boolean(),
});

export const failure = z.strictObject({
  error: z.strictObject({
    message: z.string(),
    type: z.string(),
    param: z.nullable(z.string()),
    code: z.nullable(z.string()),
  }),
});

const text = z.string;
const maybe = () => z.optional(z.string());
const textOrNull = () => z.nullable(z.string());
const maybeNull = () => z.optional(z.nullable(z.string()));
const list = () => z.array(z.unknown());
const status = (...more: readonly string[]) => z.enum(['in_progress', 'completed', 'incomplete', ...more]);
const typed = (shapes: Readonly<Record<string, Record<string, Shape>>>): Shape =>
  z.union(
    Object.entries(shapes).map(([type, members]) => z.looseObject({ type: z.literal(type), ...members })),
  );

const detail = () => z.enum(['low', 'high', 'auto', 'original']);
const breakpoint = () => z.optional(z.looseObject({ mode: z.literal('explicit') }));
const token = { token: text(), logprob: z.number(), bytes: z.array(z.int()) };

const sent = {
  input_text: { text: text(), prompt_cache_breakpoint: breakpoint() },
  input_image: {
    detail: detail(),
    image_url: maybeNull(),
    file_id: maybeNull(),
    prompt_cache_breakpoint: breakpoint(),
  },
  input_file: {
    file_id: maybeNull(),
    filename: maybe(),
    file_data: maybe(),
    file_url: maybe(),
    detail: z.optional(z.enum(['auto', 'low', 'high'])),
    prompt_cache_breakpoint: breakpoint(),
  },
};

const part = typed({
  ...sent,
  output_text: {
    text: text(),
    annotations: z.array(
      typed({
        file_citation: { file_id: text(), index: z.int(), filename: text() },
        url_citation: { url: text(), start_index: z.int(), end_index: z.int(), title: text() },
        container_file_citation: { container_id: text(), file_id: text(), filename: text() },
        file_path: { file_id: text(), index: z.int() },
      }),
    ),
    logprobs: z.array(z.looseObject({ ...token, top_logprobs: z.array(z.looseObject(token)) })),
  },
  refusal: { refusal: text() },
  text: { text: text() },
  summary_text: { text: text() },
  reasoning_text: { text: text() },
  computer_screenshot: { image_url: textOrNull(), file_id: textOrNull(), detail: detail() },
});

const output = () => z.union([z.string(), z.array(typed(sent))]);
const role = () =>
  z.enum(['unknown', 'user', 'assistant', 'system', 'critic', 'discriminator', 'developer', 'tool']);
const id = { id: text() };
const called = { ...id, call_id: text(), created_by: maybe() };
const search = {
  ...id,
  call_id: textOrNull(),
  execution: z.enum(['server', 'client']),
  status: status(),
  created_by: maybe(),
};

const items: Readonly<Record<string, Record<string, Shape>>> = {
  message: { ...id, status: status(), role: role(), content: z.array(part), phase: maybeNull() },
  function_call: { ...called, name: text(), namespace: maybe(), arguments: text(), status: status() },
  function_call_output: {
    ...called,
    call_id: maybe(),
    name: maybe(),
    namespace: maybe(),
    output: output(),
    status: status(),
  },
  custom_tool_call: { id: maybe(), call_id: text(), name: text(), namespace: maybe(), input: text() },
  custom_tool_call_output: { id: maybe(), call_id: text(), output: output() },
  reasoning: {
    ...id,
    summary: z.array(typed({ summary_text: { text: text() } })),
    content: z.optional(z.array(typed({ reasoning_text: { text: text() } }))),
    encrypted_content: maybeNull(),
    status: z.optional(status()),
  },
  compaction: { ...id, encrypted_content: text(), created_by: maybe() },
  file_search_call: {
    ...id,
    status: status('searching', 'failed'),
    queries: z.array(text()),
    results: z.optional(z.nullable(list())),
  },
  web_search_call: {
    ...id,
    status: z.enum(['in_progress', 'searching', 'completed', 'failed']),
    action: typed({
      search: { query: maybe(), queries: z.optional(z.array(text())), sources: z.optional(list()) },
      open_page: { url: maybeNull() },
      find_in_page: { url: text(), pattern: text() },
    }),
  },
  code_interpreter_call: {
    ...id,
    status: status('interpreting', 'failed'),
    container_id: text(),
    code: textOrNull(),
    outputs: z.nullable(z.array(typed({ logs: { logs: text() }, image: { url: text() } }))),
  },
  image_generation_call: {
    ...id,
    status: z.enum(['in_progress', 'completed', 'generating', 'failed']),
    result: textOrNull(),
  },
  computer_call: { ...id, call_id: text(), status: status(), pending_safety_checks: list() },
  computer_call_output: {
    ...called,
    output: typed({ computer_screenshot: { image_url: maybe(), file_id: maybe() } }),
    status: z.enum(['completed', 'incomplete', 'failed']),
    acknowledged_safety_checks: z.optional(list()),
  },
  local_shell_call: {
    ...id,
    call_id: text(),
    status: status(),
    action: typed({ exec: { command: z.array(text()), env: z.record(z.string(), text()) } }),
  },
  local_shell_call_output: { ...id, output: text(), status: z.optional(z.nullable(status())) },
  shell_call: {
    ...called,
    action: z.looseObject({
      commands: z.array(text()),
      timeout_ms: z.nullable(z.int()),
      max_output_length: z.nullable(z.int()),
    }),
    status: status(),
    environment: z.nullable(typed({ local: {}, container_reference: { container_id: text() } })),
  },
  shell_call_output: {
    ...called,
    status: status(),
    output: z.array(
      z.looseObject({
        stdout: text(),
        stderr: text(),
        outcome: typed({ timeout: {}, exit: { exit_code: z.int() } }),
      }),
    ),
    max_output_length: z.nullable(z.int()),
  },
  apply_patch_call: {
    ...called,
    status: z.enum(['in_progress', 'completed']),
    operation: typed({
      create_file: { path: text(), diff: text() },
      update_file: { path: text(), diff: text() },
      delete_file: { path: text() },
    }),
  },
  apply_patch_call_output: { ...called, status: z.enum(['completed', 'failed']), output: maybeNull() },
  mcp_list_tools: { ...id, server_label: text(), tools: list(), error: maybeNull() },
  mcp_approval_request: { ...id, server_label: text(), name: text(), arguments: text() },
  mcp_approval_response: { ...id, approval_request_id: text(), approve: z.boolean(), reason: maybeNull() },
  mcp_call: {
    ...id,
    server_label: text(),
    name: text(),
    arguments: text(),
    output: maybeNull(),
    status: z.optional(status('calling', 'failed')),
    approval_request_id: maybeNull(),
  },
  tool_search_call: { ...search, arguments: z.unknown() },
  tool_search_output: { ...search, tools: list() },
  additional_tools: { ...id, role: role(), tools: list() },
  program: { ...id, call_id: text(), code: text(), fingerprint: text() },
  program_output: {
    ...id,
    call_id: text(),
    result: text(),
    status: z.enum(['completed', 'incomplete']),
  },
};

/** The types of items that OpenAI returns. */
export const storedTypes = Object.keys(items);

/** Of a type that is not documented no more is known than that it has an id. */
const undocumented = z.looseObject({
  type: z.string().check(z.refine((type) => !storedTypes.includes(type))),
  ...id,
});

export const storedItem: Shape = z.union([typed(items), undocumented]);

export const itemList = z.looseObject({
  object: z.literal('list'),
  data: z.array(storedItem),
  has_more: z.boolean(),
  first_id: z.string(),
  last_id: z.string(),
});
