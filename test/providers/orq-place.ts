import type { Document } from '../../src/core/document.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Listed, ListQuery } from '../../src/providers/provider.ts';
import { orqFormat } from '../../src/systems/orq/format.ts';
import { serveStore } from '../serve/desk.ts';
import { kinds, type Opened, type OpenOptions, openKind } from './places.ts';

/** Orq.ai with no version configured, unless the settings do. */
export async function openOrq(
  version: '4.1' | '4.2',
  { settings = {}, ...options }: OpenOptions = {},
): Promise<Opened> {
  const kind = kinds.find(({ name }) => name === (version === '4.1' ? 'orq 4.1' : 'orq'));
  if (!kind) throw new Error(`nobody serves ${version}`);
  return openKind({ ...kind, name: 'orq', settings: {} }, { ...options, settings });
}

/** Orq.ai as something that answers each request with the next of these, the last again and again. */
export async function answering(answers: readonly Response[], options: OpenOptions = {}): Promise<Opened> {
  const left = [...answers];
  const served = await serveStore();
  const fetch = async (): Promise<Response> => {
    const [next] = left.length > 1 ? left.splice(0, 1) : left;
    return next?.clone() ?? new Response(null, { status: 500 });
  };
  return openOrq('4.2', { ...options, served: { ...served, fetch } });
}

export function request(value: JsonObject): Document {
  return { format: orqFormat, kind: 'request', value };
}

export function record(value: JsonObject): Document {
  return { format: orqFormat, kind: 'record', value };
}

export const now = { newId: false, dryRun: false };

export async function listed({ provider }: Opened, query: Partial<ListQuery> = {}): Promise<Listed[]> {
  const rows: Listed[] = [];
  const whole: ListQuery = { sort: 'created', order: 'desc', warn: () => undefined, ...query };
  for await (const row of provider.list?.(whole) ?? []) rows.push(row);
  return rows;
}

/** The requests that were sent, as `METHOD path?query body`. */
export function lines({ seen }: Opened): string[] {
  return seen.map(({ method, target, body }) =>
    `${method} ${target.replace(/^\/orq(?:-4\.1)?\/v2/, '')} ${body}`.trimEnd(),
  );
}
