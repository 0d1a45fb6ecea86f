import type { JsonValue } from '../../core/json.ts';

const channels = [
  ['FINAL_RESPONSE', 'final'],
  ['THOUGHT', 'thought'],
  ['PROGRESS', 'progress'],
] as const;

/** The model's channel for a `textType`; `undefined` for none, the unspecified one, and those it has no word for. */
export function channelOf(textType: JsonValue | undefined): string | undefined {
  return channels.find(([type]) => type === textType)?.[1];
}

/** The `textType` for a channel of the model; `undefined` if Looker has none. */
export function textTypeFor(channel: JsonValue | undefined): string | undefined {
  return channels.find(([, known]) => known === channel)?.[0];
}
