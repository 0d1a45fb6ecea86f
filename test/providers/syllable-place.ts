import type { JsonObject } from '../../src/core/json.ts';
import type { Listed, ListQuery } from '../../src/providers/provider.ts';
import { serveStore } from '../serve/desk.ts';
import { kinds, type Opened, type OpenOptions, openKind } from './places.ts';

export async function openSyllable(options: OpenOptions = {}): Promise<Opened> {
  const kind = kinds.find(({ name }) => name === 'syllable');
  if (!kind) throw new Error('nobody serves it');
  return openKind(kind, options);
}

/** Syllable as something that answers by the path and the query. */
export async function answering(
  answer: (url: URL) => Response | Promise<Response>,
  options: OpenOptions = {},
): Promise<Opened> {
  const served = await serveStore();
  return openSyllable({ ...options, served: { ...served, fetch: async ({ url }) => answer(new URL(url)) } });
}

/** A page of a list. */
export function page(items: readonly JsonObject[], size = 100): Response {
  return Response.json({ items: [...items], page: 0, page_size: size, total_pages: null, total_count: null });
}

export async function listed({ provider }: Opened, query: Partial<ListQuery> = {}): Promise<Listed[]> {
  const rows: Listed[] = [];
  const whole: ListQuery = { sort: 'created', order: 'desc', warn: () => undefined, ...query };
  for await (const row of provider.list?.(whole) ?? []) rows.push(row);
  return rows;
}

/** The paths that were asked for, with their queries in plain text. */
export function targets({ seen }: Opened): string[] {
  return seen.map(({ target }) => decodeURIComponent(target).replace('/syllable/api/v1', ''));
}
