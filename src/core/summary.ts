import type { Conversation } from './conversation.ts';
import type { Format, FormatInfo } from './format.ts';
import { type JsonObject, type JsonValue, member } from './json.ts';
import { noLedger } from './ledger.ts';
import { parseTime, renderTime } from './time.ts';

/** A conversation in a list. What its system does not say is null. */
export interface ConversationSummary {
  readonly id: string;
  readonly title: string | null;
  readonly format: string;
  /** Id of the agent. */
  readonly agent: string | null;
  /** `provider/name`, or the name alone. */
  readonly model: string | null;
  /** How many there are; null if they were not fetched. */
  readonly messages: number | null;
  /** RFC 3339 UTC. */
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly metadata: JsonValue;
}

/** The summary of a valid record. Its messages are counted, not read: a list has no use for what they say. */
export function summariseRecord(info: FormatInfo, format: Format, record: JsonObject): ConversationSummary {
  const model = readWithoutMessages(info, format, record);
  return { ...summarise(model, format.name), messages: countMessages(info, record) };
}

/** What a record says of the conversation as a whole. */
export function readWithoutMessages(info: FormatInfo, format: Format, record: JsonObject): Conversation {
  const entries = Object.entries(record).filter(([key]) => key !== info.messagesKey);
  return format.read(Object.fromEntries(entries), 'record', noLedger);
}

function countMessages({ countMessages: count, messagesKey }: FormatInfo, record: JsonObject): number | null {
  if (count) return count(record);
  const list = member(record, messagesKey);
  return Array.isArray(list) ? list.length : null;
}

export function summarise(conversation: Conversation, format: string): ConversationSummary {
  const { id, title, agent, messages, metadata } = conversation;
  return {
    id: id ?? '',
    title: title ?? null,
    format,
    agent: agent?.id ?? null,
    model: languageModel(conversation),
    messages: messages?.length ?? null,
    created_at: inUtc(conversation.created_at),
    updated_at: inUtc(conversation.updated_at),
    metadata: metadata ?? null,
  };
}

function languageModel({ model }: Conversation): string | null {
  const name = model?.name ?? null;
  return name !== null && typeof model?.provider === 'string' ? `${model.provider}/${name}` : name;
}

function inUtc(text: string | undefined): string | null {
  const time = text === undefined ? undefined : parseTime(text);
  return (time && renderTime(time)) ?? null;
}
