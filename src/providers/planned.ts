import type { HttpRequest } from '../http/exchange.ts';
import type { PlannedRequest } from './remote.ts';

/** A request as a dry run shows it. `headers` are those with the key, which is to be left out of them. */
export function plannedAt(
  address: URL,
  { method, path, query = [], body }: HttpRequest,
  headers: Readonly<Record<string, string>>,
): PlannedRequest {
  const base = `${address.origin}${address.pathname.replace(/\/$/, '')}`;
  const parameters = new URLSearchParams();
  for (const [name, value] of query) parameters.append(name, value);
  const search = parameters.size > 0 ? `?${parameters.toString()}` : '';
  return {
    method,
    url: `${base}${path}${search}`,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body }),
  };
}
