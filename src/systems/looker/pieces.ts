import type { Part } from '../../core/conversation.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { isPart, type PartOf, textOf } from '../../core/parts.ts';
import { textTypeFor } from './text-type.ts';

/** What a user says: one text. Anything else is refused. */
export function writeUserPieces(parts: readonly JsonObject[], ledger: Ledger): JsonObject[] {
  const texts = parts.filter((part) => isPart(part, 'text'));
  for (const part of parts) {
    if (isPart(part, 'text')) ledger.refused(part, 'channel', "Looker tells kinds of the agent's text alone");
    else ledger.refused(part, '$self', `a user of Looker says text alone, no ${nameOf(part)}`);
  }
  if (texts.length === 0) return [];
  for (const part of texts) {
    if (texts.length === 1) ledger.carried(part, 'text');
    else ledger.narrowed(part, 'text', 'joined with the other texts of the message by newlines');
  }
  return [{ userMessage: { text: textOf(texts) ?? '' } }];
}

/** What the agent says, a content for each kind of thing; neighbouring texts of one type are one. */
export function writeAgentPieces(parts: readonly JsonObject[], ledger: Ledger): JsonObject[] {
  const pieces: JsonObject[] = [];
  let open: { readonly textType: string; readonly texts: string[] } | undefined;
  for (const part of parts) {
    if (!isPart(part, 'text')) {
      const piece = writePiece(part, ledger);
      if (piece) {
        pieces.push({ systemMessage: piece });
        open = undefined;
      }
      continue;
    }
    const textType = writeTextType(part, ledger);
    ledger.carried(part, 'text');
    if (open?.textType === textType) {
      open.texts.push(part.text);
      continue;
    }
    open = { textType, texts: [part.text] };
    pieces.push({ systemMessage: { text: { parts: open.texts, textType } } });
  }
  return pieces;
}

/** Plain speech is an answer to Looker. */
function writeTextType(part: PartOf<'text'>, ledger: Ledger): string {
  const { channel } = part;
  const textType = textTypeFor(channel);
  if (textType !== undefined) ledger.carried(part, 'channel');
  else if (channel !== undefined) ledger.refused(part, 'channel', `Looker has no ${channel}`);
  return textType ?? 'FINAL_RESPONSE';
}

function writePiece(part: JsonObject, ledger: Ledger): JsonObject | undefined {
  if (isPart(part, 'error')) {
    ledger.carried(part, 'text');
    ledger.refused(part, 'code', 'an error of Looker is text alone');
    return { error: { text: part.text } };
  }
  if (isPart(part, 'other') && part.format === 'looker' && isObject(part.value)) {
    for (const field of ['format', 'kind', 'value']) ledger.carried(part, field);
    return Object.fromEntries([[part.kind, part.value]]);
  }
  ledger.refused(part, '$self', `Looker has no ${nameOf(part)}`);
  return undefined;
}

const names: Readonly<Partial<Record<Part['type'], string>>> = {
  tool_call: 'tool calls',
  tool_result: 'results of tools',
  refusal: 'refusals',
  reasoning: 'reasoning of a language model',
  image: 'images',
  file: 'files',
  error: 'errors',
};

function nameOf(part: JsonObject): string {
  const found = Object.entries(names).find(([type]) => type === part['type']);
  if (found) return found[1];
  if (isPart(part, 'other')) return `${part.format} ${part.kind}`;
  return `part of type ${typeof part['type'] === 'string' ? part['type'] : 'unknown'}`;
}
