import type { Kind } from '../../core/format.ts';
import type { JsonObject } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';

/** Ids, times and places, which Looker gives out itself. */
export const setByServer: ReadonlySet<string> = new Set([
  'id',
  'user_id',
  'created_at',
  'updated_at',
  'order',
]);

const usedInRequests: ReadonlySet<string> = new Set(['agent_id', 'type', 'places', 'request']);

/** How a record was written comes back in a record; a request has no use for much of it. */
export function markForms(packed: JsonObject, written: JsonObject, kind: Kind, ledger: Ledger): void {
  if (kind === 'record') return ledger.carried(packed, '$written');
  for (const form of Object.keys(written)) {
    if (usedInRequests.has(form)) ledger.carried(written, form);
    else if (setByServer.has(form)) ledger.assigned(written, form);
    else ledger.refused(written, form, 'how a record was written does not matter in a request');
  }
}
