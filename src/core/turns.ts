import type { Message } from './conversation.ts';
import { packedOf } from './extension.ts';
import { type JsonObject, member } from './json.ts';
import type { Ledger } from './ledger.ts';
import { isPart, makeMessage, partsOf } from './parts.ts';

/**
 * Looker says an answer in many messages: thoughts, progress, queries, data, the answer itself. Other systems
 * keep the answer alone, so each run of the agent's messages becomes one: its final answer, else its error, else
 * its last text that is no thought; a run without any of them is left out. What a merged message leaves out is
 * refused in the ledger. The very same array comes back if no message is from Looker.
 */
export function mergeRuns(messages: readonly Message[], ledger: Ledger): readonly Message[] {
  if (!messages.some(isStep)) return messages;
  const merged: Message[] = [];
  let run: Message[] = [];
  for (const message of messages) {
    if (isStep(message)) {
      run.push(message);
      continue;
    }
    merged.push(...mergeRun(run, ledger), message);
    run = [];
  }
  return [...merged, ...mergeRun(run, ledger)];
}

const intermediate = 'an intermediate step of the agent; other systems keep its answer';
const joined = 'joined with the last message of the answer';

function isStep(message: Message): boolean {
  return message.role === 'assistant' && packedOf(message, 'looker') !== undefined;
}

function mergeRun(run: readonly Message[], ledger: Ledger): Message[] {
  const answer = answerOf(run);
  const carrier = answer.messages.at(-1);
  const contributors = new Set(answer.messages);
  for (const message of run) {
    if (!contributors.has(message)) {
      ledger.refused(message, '$self', intermediate);
      continue;
    }
    markParts(message, answer.isAnswer, ledger);
    if (message === carrier) continue;
    ledger.refused(message, '$self', joined);
    ledger.carried(message, 'role');
  }
  if (!carrier) return [];
  const { text: _, parts: __, ...fields } = carrier;
  const parts = answer.messages.flatMap((message) => partsOf(message).filter(answer.isAnswer));
  const copy = makeMessage(fields, inOneChannel(parts, ledger));
  ledger.same(copy, carrier);
  return [copy];
}

/** An answer is one thing said: where its parts are in several channels, all of them are final if any is. */
function inOneChannel(parts: readonly JsonObject[], ledger: Ledger): JsonObject[] {
  const channels = new Set(parts.map((part) => member(part, 'channel')));
  if (channels.size < 2) return [...parts];
  const common = channels.has('final') ? { channel: 'final' } : {};
  return parts.map((part) => {
    const { channel: _, ...fields } = part;
    const copy: JsonObject = { ...fields, ...common };
    ledger.same(copy, part);
    return copy;
  });
}

type Test = (part: JsonObject) => boolean;

/** The messages that together say a run's answer, in order, and which of their parts do. */
function answerOf(run: readonly Message[]): {
  readonly messages: readonly Message[];
  readonly isAnswer: Test;
} {
  const finals = run.filter(saying(isFinalText));
  if (finals.length > 0) return { messages: finals, isAnswer: isFinalText };
  for (const isAnswer of [isError, isSpokenText]) {
    const last = run.findLast(saying(isAnswer));
    if (last) return { messages: [last], isAnswer };
  }
  return { messages: [], isAnswer: isFinalText };
}

function saying(test: Test): (message: Message) => boolean {
  return (message) => partsOf(message).some(test);
}

function isFinalText(part: JsonObject): boolean {
  if (!isPart(part, 'text')) return false;
  return part.channel === 'final' || (part.channel === undefined && !hasForeignType(part));
}

/** Text of a type that only Looker knows, such as suggested follow-up questions. */
function hasForeignType(part: JsonObject): boolean {
  const looker = packedOf(part, 'looker');
  const textType = looker && member(looker, 'textType');
  return (
    textType !== undefined && textType !== null && textType !== '' && textType !== 'TEXT_TYPE_UNSPECIFIED'
  );
}

function isError(part: JsonObject): boolean {
  return isPart(part, 'error');
}

function isSpokenText(part: JsonObject): boolean {
  return isPart(part, 'text') && part.channel !== 'thought';
}

/** The channel of an answer is what made it one; a type of text that is no channel of ours did not. */
function markParts(message: Message, isAnswer: Test, ledger: Ledger): void {
  for (const part of partsOf(message)) {
    if (!isAnswer(part)) ledger.refused(part, '$self', intermediate);
    else if (member(part, 'channel') !== undefined) ledger.carried(part, 'channel');
  }
}
