import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/core/json.ts';
import { type Reply, type ServedStore, serveStore, TOKEN } from './desk.ts';

export interface Desk extends ServedStore {
  /** Asks Syllable's API with the key; paths begin behind `/api/v1`. */
  readonly call: (path: string, method?: string) => Promise<Reply>;
}

export async function openDesk(): Promise<Desk> {
  const served = await serveStore();
  return {
    ...served,
    call: (path, method = 'GET') =>
      served.ask(`/syllable/api/v1${path}`, { method, headers: { 'syllable-api-key': TOKEN } }),
  };
}

export function fixture(path: string): JsonObject {
  const text = readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8');
  const value: JsonObject = JSON.parse(text);
  return value;
}

/** A conversation without sessions. */
export function record(id: string, timestamp: string, others: JsonObject = {}): JsonObject {
  return { timestamp, conversation_id: id, ...others };
}
