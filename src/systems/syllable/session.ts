import * as z from 'zod/mini';
import { once } from '../../core/once.ts';
import {
  field,
  id,
  nullable,
  nullish,
  object,
  openEnum,
  type Schema,
  timeText,
} from '../../core/schema/build.ts';

const text = (description: string): Schema => field(nullish(z.string()), description);
const identity = (description: string): Schema => field(nullish(id()), description);
const flag = (description: string): Schema => field(nullish(z.boolean()), description);

/** Something that was said. */
const said = once(() =>
  object({
    timestamp: field(nullish(timeText()), 'When it was said.'),
    source: field(nullable(openEnum('user', 'agent')), 'Who said it.'),
    text: field(nullable(z.string()), 'What was said.'),
    lang: text('Language code, such as en-US; "unset" if it was not determined.'),
  }),
);

/** Something that a tool did. */
const action = once(() =>
  object({
    timestamp: field(nullish(timeText()), 'When the tool was called.'),
    tool_name: text('Name of the tool.'),
    tool_request: text('What the tool was asked: text that holds JSON.'),
    tool_result: text('What the tool gave back: text that holds JSON.'),
    tool_error: text('What went wrong: text that holds JSON.'),
    duration_ms: field(nullish(z.number()), 'How long it took, in milliseconds.'),
  }),
);

const transcript = once(() =>
  object({
    session_id: identity('Id of the session.'),
    transcription: field(nullish(z.array(said())), 'What was said in the session.'),
    actions: field(nullish(z.array(action())), 'What tools did in the session.'),
  }),
);

/** A session as the session operations return it, with its transcript in `transcript`. */
export const session = once(() =>
  object({
    timestamp: field(nullish(timeText()), 'When the session began.'),
    session_id: identity('Id of the session.'),
    conversation_id: identity('The conversation it is a part of.'),
    channel_manager_service: text('Service the session ran on, such as "hedy" or "console".'),
    channel_manager_type: text('Type of that service, such as "voice_twilio_v1".'),
    channel_manager_sid: identity("The service's own id of the session."),
    agent_id: identity('Id of the agent.'),
    agent_name: text('Name of the agent.'),
    agent_type: text('Type of the agent.'),
    agent_timezone: text('Time zone of the agent.'),
    prompt_id: identity('Id of the prompt the agent used.'),
    prompt_name: text('Name of the prompt the agent used.'),
    prompt_version: text('Former version of the prompt: a time.'),
    prompt_version_number: field(nullish(z.int()), 'Version of the prompt.'),
    duration: field(nullish(z.number()), 'How long the session took, in seconds.'),
    session_label_id: identity('The label that rates the session.'),
    source: text("Where the session came from, such as the user's address."),
    target: text('The channel target of the agent.'),
    is_legacy: flag('Whether it took place on the former Syllable system.'),
    is_test: flag('Whether it was a test.'),
    is_outbound: flag('Whether the agent called (true) or was called (false).'),
    user_terminated: flag('Whether the user ended it; unset if it was not by voice.'),
    transfer_voicemail_detected: flag('Whether a transfer reached a voicemail.'),
    override_timestamp: text('The time a test session took for the present one.'),
    transcript: field(nullish(transcript()), 'What was said and done; absent if not fetched.'),
  }),
);
