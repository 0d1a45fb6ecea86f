import { textUpTo } from '../../core/codec.ts';
import type { Conversation } from '../../core/conversation.ts';
import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject, type JsonValue, setMember } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { metadataLimits } from './schema.ts';

/** The title and the metadata in one map; `undefined` if there is neither. */
export function writeMetadata(
  conversation: Conversation,
  kind: Kind,
  ledger: Ledger,
): JsonObject | null | undefined {
  const { metadata, title } = conversation;
  const hasTitle = typeof title === 'string';
  if (!hasTitle && !isObject(metadata)) return metadata === null ? null : undefined;
  const native: JsonObject = {};
  if (hasTitle) writeTitle(conversation, title, native, kind, ledger);
  if (!isObject(metadata)) return native;
  for (const [key, value] of Object.entries(metadata)) {
    const reason = reasonAgainst(key, value, { native, hasTitle, kind });
    if (reason !== undefined) {
      ledger.refused(metadata, key, reason);
      continue;
    }
    setMember(native, key, value);
    ledger.carried(metadata, key);
  }
  return native;
}

function writeTitle(
  conversation: Conversation,
  title: string,
  native: JsonObject,
  kind: Kind,
  ledger: Ledger,
): void {
  const limit = kind === 'request' ? metadataLimits.valueCharacters : Number.POSITIVE_INFINITY;
  const encoded = textUpTo(limit).write(title);
  if ('refused' in encoded) return;
  native['title'] = encoded.value;
  if (encoded.narrowed === undefined) ledger.carried(conversation, 'title');
  else ledger.narrowed(conversation, 'title', encoded.narrowed);
}

interface Place {
  readonly native: JsonObject;
  readonly hasTitle: boolean;
  readonly kind: Kind;
}

function reasonAgainst(key: string, value: JsonValue, { native, hasTitle, kind }: Place): string | undefined {
  if (hasTitle && key === 'title') return 'the title of the conversation has its place';
  if (kind === 'record') return undefined;
  const { pairs, keyCharacters, valueCharacters } = metadataLimits;
  if (typeof value !== 'string') return 'OpenAI keeps text only in metadata';
  if (Array.from(key).length > keyCharacters)
    return `OpenAI keeps metadata keys of up to ${keyCharacters} characters`;
  if (Array.from(value).length > valueCharacters)
    return `OpenAI keeps metadata values of up to ${valueCharacters} characters`;
  return Object.keys(native).length >= pairs ? `OpenAI keeps up to ${pairs} pairs of metadata` : undefined;
}
