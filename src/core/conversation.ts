import * as z from 'zod/mini';
import { once } from './once.ts';
import { field, nullish, object, openEnum, optional, timeText, variants } from './schema/build.ts';

/**
 * The model in the middle, which is also the format `convo`: every other format is read to it and written from
 * it. A field that is absent was not said; null is what a source says. Times are text.
 */

const json = () => z.json();
const textOrNull = () => nullish(z.string());
const extensions = () =>
  field(
    optional(z.record(z.string(), json())),
    'What only one format knows, by system; kept for the way home.',
  );

const textPart = once(() =>
  object({
    type: z.literal('text'),
    text: field(z.string(), 'The text.'),
    channel: field(optional(openEnum('final', 'commentary', 'thought', 'progress')), 'What the text is for.'),
    extensions: extensions(),
  }),
);
const refusalPart = once(() =>
  object({
    type: z.literal('refusal'),
    text: field(z.string(), 'The refusal in words.'),
    extensions: extensions(),
  }),
);
const errorPart = once(() =>
  object({
    type: z.literal('error'),
    text: field(z.string(), 'The error in words.'),
    code: field(optional(z.union([z.string(), z.number()])), 'The error as a code.'),
    extensions: extensions(),
  }),
);
const imagePart = once(() =>
  object({
    type: z.literal('image'),
    url: field(optional(z.string()), 'Address of the image, or a data URL.'),
    file_id: field(optional(z.string()), 'Id of an uploaded image.'),
    detail: field(optional(z.string()), 'How closely a model looks at it.'),
    extensions: extensions(),
  }),
);
const filePart = once(() =>
  object({
    type: z.literal('file'),
    url: field(optional(z.string()), 'Address of the file.'),
    file_id: field(optional(z.string()), 'Id of an uploaded file.'),
    data: field(optional(z.string()), 'The file itself, as the source encodes it.'),
    name: field(optional(z.string()), 'File name.'),
    media_type: field(optional(z.string()), 'Media type, such as application/pdf.'),
    extensions: extensions(),
  }),
);
const reasoningPart = once(() =>
  object({
    type: z.literal('reasoning'),
    text: field(z.array(z.string()), 'Paragraphs of reasoning.'),
    id: field(optional(z.string()), 'Id of the reasoning.'),
    extensions: extensions(),
  }),
);
const toolCallPart = once(() =>
  object({
    type: z.literal('tool_call'),
    name: field(z.string(), 'Name of the tool.'),
    arguments: field(optional(json()), 'Its arguments as read: text holding JSON, or JSON.'),
    call_id: field(optional(z.string()), 'Pairs the call with its result.'),
    extensions: extensions(),
  }),
);
const toolResultPart = once(() =>
  object({
    type: z.literal('tool_result'),
    output: field(optional(json()), 'What the tool gave back.'),
    call_id: field(optional(z.string()), 'The call it answers.'),
    name: field(optional(z.string()), 'Name of the tool.'),
    error: field(optional(json()), 'What went wrong.'),
    duration_ms: field(optional(z.number()), 'How long the tool took, in milliseconds.'),
    extensions: extensions(),
  }),
);
const otherPart = once(() =>
  object({
    type: z.literal('other'),
    format: field(z.string(), 'The system that knows this kind.'),
    kind: field(z.string(), 'What that system calls it.'),
    value: field(json(), 'The value, verbatim.'),
    extensions: extensions(),
  }),
);

const partTable = {
  text: textPart,
  refusal: refusalPart,
  error: errorPart,
  image: imagePart,
  file: filePart,
  reasoning: reasoningPart,
  tool_call: toolCallPart,
  tool_result: toolResultPart,
  other: otherPart,
} as const;

/** Whether a part's type is one of the model's own; others are kept as they are. */
export function isPartType(type: string): type is PartType {
  return Object.hasOwn(partTable, type);
}

const part = once(() => variants({ discriminator: 'type', table: partTable }));

const message = once(() =>
  object({
    id: field(optional(z.string()), 'Id of the message in its system.'),
    role: field(
      optional(openEnum('user', 'assistant', 'system', 'developer', 'tool')),
      "Who speaks; a source's own word is kept.",
    ),
    created_at: field(optional(timeText()), 'When it was said.'),
    session_id: field(optional(z.string()), 'The session it belongs to, where a system has sessions.'),
    text: field(
      optional(z.string()),
      'All text parts joined by newlines; ignored on input if there are parts.',
    ),
    parts: field(optional(z.array(part())), 'What was said, piece by piece.'),
    extensions: extensions(),
  }),
);

const agent = once(() =>
  object({
    id: field(textOrNull(), 'Id of the agent.'),
    name: field(textOrNull(), 'Name of the agent.'),
    type: field(textOrNull(), 'Kind of agent.'),
    instructions: field(textOrNull(), "The agent's instructions."),
  }),
);
const model = once(() =>
  object({
    provider: field(textOrNull(), 'Who runs the language model.'),
    name: field(textOrNull(), 'The language model.'),
    version: field(textOrNull(), 'Its version.'),
    temperature: field(nullish(z.number()), 'Sampling temperature.'),
    seed: field(nullish(z.number()), 'Sampling seed.'),
  }),
);
const prompt = once(() =>
  object({
    id: field(textOrNull(), 'Id of the prompt.'),
    name: field(textOrNull(), 'Name of the prompt.'),
    version: field(textOrNull(), 'Version of the prompt.'),
  }),
);

export const conversation = once(() =>
  object({
    convo: field(z.literal(1), 'Version of this format.'),
    id: field(optional(z.string()), 'Id of the conversation.'),
    title: field(textOrNull(), 'What it is called.'),
    created_at: field(optional(timeText()), 'When it began.'),
    updated_at: field(optional(timeText()), 'When it last changed.'),
    created_by: field(textOrNull(), 'Id of whoever began it.'),
    agent: field(optional(agent()), 'The agent it was held with.'),
    model: field(optional(model()), 'The language model behind the agent.'),
    prompt: field(optional(prompt()), 'The prompt behind the agent.'),
    metadata: field(nullish(z.record(z.string(), json())), 'Free key-value pairs.'),
    messages: field(nullish(z.array(message())), 'Oldest first; absent if they were not fetched.'),
    extensions: extensions(),
  }),
);

export type Conversation = z.infer<ReturnType<typeof conversation>>;
export type Message = z.infer<ReturnType<typeof message>>;
type PartTable = typeof partTable;
/** A part of a message, by `type`; parts of unknown types pass through as `OtherPart` with their own type. */
export type Part = { [Type in keyof PartTable]: z.infer<ReturnType<PartTable[Type]>> }[keyof PartTable];
export type PartType = keyof PartTable;
