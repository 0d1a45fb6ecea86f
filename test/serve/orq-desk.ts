import { readFileSync } from 'node:fs';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import { type Reply, type ServedStore, serveStore, TOKEN } from './desk.ts';

export type Call = (method: string, path: string, body?: JsonValue) => Promise<Reply>;

export interface Desk extends ServedStore {
  /** Asks Orq.ai's API of 4.2 with the key; paths begin behind `/v2/conversations`. */
  readonly call: Call;
  readonly call41: Call;
}

export async function openDesk(): Promise<Desk> {
  const served = await serveStore();
  const calling =
    (mount: string): Call =>
    (method, path, body) =>
      served.ask(`${mount}/v2/conversations${path}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}` },
        ...(body !== undefined && { body }),
      });
  return { ...served, call: calling('/orq'), call41: calling('/orq-4.1') };
}

export function fixture(path: string): JsonObject {
  const value: JsonObject = JSON.parse(
    readFileSync(new URL(`../fixtures/${path}.json`, import.meta.url), 'utf8'),
  );
  return value;
}

/** A record in the documented spelling. */
export function record(id: string, createdAt: number, others: JsonObject = {}): JsonObject {
  return {
    id,
    kind: 'conversation',
    display_name: id,
    created_at: createdAt,
    updated_at: createdAt,
    project_id: 'prj_1',
    ...others,
  };
}

export function idOf({ _id: id }: { readonly _id: string }): string {
  return id;
}

export function ids(data: readonly { readonly _id: string }[]): string[] {
  return data.map(idOf);
}
