import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import type { Place } from './place.ts';

/**
 * What tells a place from all others, for a journal: of a store its directory, of a system the name of the provider,
 * its address and whose account it is. Keys have no part in it, as they change: two accounts of one system are two
 * places only under two names. @throws Failure `usage` for a system without an address
 */
export async function identityOf(context: Context, place: Place): Promise<string> {
  if (place.kind === 'local') return JSON.stringify(['local', resolve(place.directory)]);
  const { accountOf } = await import('./account.ts');
  const account = await accountOf(context, place);
  const whose = (['client_id', 'organization', 'project'] as const).map(
    (name) => account.setting(name) ?? null,
  );
  return JSON.stringify([place.system.name, place.name, account.address().href, ...whose]);
}
