import type { Conversation } from './conversation.ts';
import type { JsonValue } from './json.ts';
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
