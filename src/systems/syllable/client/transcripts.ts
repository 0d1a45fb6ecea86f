import { withTextsOf } from '../../../core/json/inexact.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Caller } from '../../../http/call.ts';
import { isAddressable, readingTranscript, textId } from './requests.ts';

/** Transcripts that are asked for at once. */
const AT_ONCE = 4;

export interface TranscriptPlace {
  readonly calls: Caller;
  readonly title: string;
  readonly warn: (message: string) => void;
}

/** The sessions in their order, each with its transcript; without one where Syllable has none, which is told. */
export async function withTranscripts(
  sessions: readonly JsonObject[],
  { calls, title, warn }: TranscriptPlace,
): Promise<JsonObject[]> {
  const complete = await inTurn(sessions, async (session) => {
    const id = textId(session, 'session_id') ?? '';
    const transcript = isAddressable(id) ? await calls.find(readingTranscript(id)) : undefined;
    return transcript ? withTextsOf({ ...session, transcript }, session) : session;
  });
  const without = complete.filter((session, index) => session === sessions[index]).length;
  if (without > 0) {
    warn(`${title} has no transcript of ${without} of the ${sessions.length} sessions of this conversation`);
  }
  return complete;
}

/** What the work on each item gives, in the order of the items. Nothing is begun once something has failed. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...items.entries()].toReversed();
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [index, item] = next;
      results[index] = await work(item).catch((error: unknown) => {
        waiting.length = 0;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
