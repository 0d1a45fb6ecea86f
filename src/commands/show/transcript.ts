import type { Message } from '../../core/conversation.ts';
import type { Block } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import { isPart, partsOf, typeOf } from '../../core/parts.ts';
import { formats } from '../../formats/index.ts';
import type { TranscriptMessage } from '../../output/transcript.ts';

/** The messages of a conversation as people read them. */
export async function transcriptOf(messages: readonly Message[]): Promise<readonly TranscriptMessage[]> {
  return Promise.all(messages.map(transcriptMessage));
}

async function transcriptMessage(message: Message): Promise<TranscriptMessage> {
  const parts = partsOf(message);
  const blocks = await Promise.all(parts.map(blocksOf));
  const channel = parts.flatMap((part) =>
    isPart(part, 'text') && part.channel !== 'final' ? [part.channel] : [],
  )[0];
  return {
    role: message.role ?? 'unknown',
    createdAt: message.created_at,
    ...(channel !== undefined && { channel }),
    blocks: blocks.flat(),
  };
}

async function blocksOf(part: JsonObject): Promise<readonly Block[]> {
  const type = typeOf(part);
  const known = Object.hasOwn(blocksByType, type) ? blocksByType[type] : undefined;
  if (known) return known(part);
  if (isPart(part, 'other')) return blocksOfOther(part.format, part);
  return [note(type)];
}

const blocksByType: Readonly<Record<string, (part: JsonObject) => readonly Block[]>> = {
  text: (part) => [{ kind: 'text', text: say(part['text']) }],
  refusal: (part) => [note('refusal', part['text'])],
  error: (part) => [note('error', part['text'], part['code'])],
  image: (part) => [note('image', part['url'] ?? part['file_id'])],
  file: (part) => [note('file', part['name'] ?? part['url'] ?? part['file_id'], part['media_type'])],
  reasoning: (part) => [note('reasoning', ...(Array.isArray(part['text']) ? part['text'] : []))],
  tool_call: (part) => [note('tool call', `${say(part['name'])}(${say(part['arguments'])})`)],
  tool_result: (part) => [
    part['error'] === undefined || part['error'] === null
      ? note('tool result', part['output'])
      : note('tool error', part['error']),
  ],
};

/** A kind that only its own system knows is shown as that system's format has it, else by name. */
async function blocksOfOther(system: string, part: JsonObject): Promise<readonly Block[]> {
  const info = formats.find((format) => format.system === system);
  const format = await info?.load();
  return format?.blocks?.(part) ?? [note(say(part['kind']))];
}

function note(kind: string, ...details: readonly (JsonValue | undefined)[]): Block {
  const words = details.map(say).filter((word) => word !== '');
  return { kind: 'note', text: `[${[kind, ...words].join(' ')}]` };
}

/** A data URL is named by its type; its content helps nobody. */
function say(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string')
    return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
  return value.startsWith('data:') ? `${value.slice(0, 60).split(',')[0] ?? 'data:'},…` : value;
}
