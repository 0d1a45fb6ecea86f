import type { Message, Part, PartType } from './conversation.ts';
import type { JsonObject } from './json.ts';

export type PartOf<Type extends PartType> = Extract<Part, { type: Type }>;

/** Whether a part is of this type; only validated conversations may be asked. */
export function isPart<Type extends PartType>(
  part: JsonObject,
  type: Type,
): part is JsonObject & PartOf<Type> {
  return part['type'] === type;
}

/** The type of a part, known or not; empty if it has none. */
export function typeOf(part: JsonObject): string {
  const type = part['type'];
  return typeof type === 'string' ? type : '';
}

/** The text parts meant by messages that only have `text`: the same part each time one is asked for. */
const meant = new WeakMap<Message, readonly JsonObject[]>();

/** The parts of a message; a message that only has `text` says one text part. */
export function partsOf(message: Message): readonly JsonObject[] {
  if (message.parts) return message.parts;
  if (message.text === undefined) return [];
  const known = meant.get(message);
  if (known) return known;
  const parts = [{ type: 'text', text: message.text }];
  meant.set(message, parts);
  return parts;
}

/** All text of a message, for people and scripts; `undefined` if it has no text part. */
export function textOf(parts: readonly JsonObject[]): string | undefined {
  let all: string | undefined;
  for (const part of parts) {
    if (isPart(part, 'text')) all = all === undefined ? part.text : `${all}\n${part.text}`;
  }
  return all;
}

/**
 * Makes `fields` the message they were read for, in place: a copy of each message would cost more than reading it.
 * Its `text` is derived from its parts; what only one system knows of it comes last.
 */
export function makeMessage(fields: Message, parts: JsonObject[], extensions?: JsonObject): Message {
  const text = textOf(parts);
  if (text !== undefined) fields.text = text;
  fields.parts = parts;
  if (extensions) fields.extensions = extensions;
  return fields;
}
