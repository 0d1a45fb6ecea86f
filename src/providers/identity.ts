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
  const [system, ...others] = await accountAt(context, place);
  return JSON.stringify([system, place.name, ...others]);
}

/** Whether two systems are the same account for all that is configured but their names and keys. */
export async function isSameAccount(context: Context, one: Place, other: Place): Promise<boolean> {
  if (one.kind === 'local' || other.kind === 'local') return false;
  const [first, second] = [await accountAt(context, one), await accountAt(context, other)];
  return JSON.stringify(first) === JSON.stringify(second);
}

/** System, address, and whose account it is as far as that is configured. */
async function accountAt(
  context: Context,
  place: Extract<Place, { kind: 'remote' }>,
): Promise<(string | null)[]> {
  const { accountOf } = await import('./account.ts');
  const account = await accountOf(context, place);
  const whose = (['client_id', 'organization', 'project'] as const).map(
    (name) => account.setting(name) ?? null,
  );
  return [place.system.name, account.address().href, ...whose];
}
