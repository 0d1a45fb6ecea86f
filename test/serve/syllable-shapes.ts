import * as z from 'zod/mini';

/** What Syllable's `openapi.json` (info.version 0.0.3) says of these answers. */
const dateTime = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/));
const text = z.optional(z.nullable(z.string()));
const flag = z.optional(z.nullable(z.boolean()));
const number = z.optional(z.nullable(z.number()));
const whole = z.optional(z.nullable(z.int()));

export const conversation = z.looseObject({
  timestamp: dateTime,
  conversation_id: z.string(),
  agent_id: text,
  agent_name: text,
  agent_type: text,
  prompt_id: text,
  prompt_name: text,
  prompt_version: text,
  llm_provider: text,
  llm_model: text,
  llm_version: text,
  llm_temperature: number,
  llm_seed: whole,
  is_legacy: flag,
  sessions: z.optional(z.never()),
});

export const session = z.looseObject({
  timestamp: dateTime,
  session_id: z.optional(z.nullable(z.string().check(z.regex(/^\d+$/)))),
  conversation_id: text,
  channel_manager_service: text,
  channel_manager_type: text,
  channel_manager_sid: text,
  agent_id: text,
  agent_name: text,
  agent_type: text,
  agent_timezone: text,
  prompt_id: text,
  prompt_name: text,
  prompt_version: text,
  prompt_version_number: whole,
  duration: number,
  session_label_id: text,
  source: text,
  target: text,
  is_legacy: flag,
  is_test: flag,
  is_outbound: flag,
  user_terminated: flag,
  transfer_voicemail_detected: flag,
  override_timestamp: text,
  transcript: z.optional(z.never()),
});

export const transcript = z.looseObject({
  session_id: z.string(),
  transcription: z.array(z.looseObject({ timestamp: dateTime, lang: text, source: text, text })),
  actions: z.array(
    z.looseObject({
      timestamp: dateTime,
      tool_name: text,
      tool_request: text,
      tool_result: text,
      tool_error: text,
      duration_ms: number,
    }),
  ),
});

export const conversations = listOf(conversation);
export const sessions = listOf(session);

function listOf<T extends z.ZodMiniType>(item: T) {
  return z.looseObject({
    items: z.array(item),
    page: z.int(),
    page_size: z.int(),
    total_pages: whole,
    total_count: whole,
  });
}

export const validationError = z.strictObject({
  detail: z
    .array(z.looseObject({ loc: z.array(z.union([z.string(), z.int()])), msg: z.string(), type: z.string() }))
    .check(z.minLength(1)),
});

export const textError = z.strictObject({ detail: z.string().check(z.minLength(1)) });
