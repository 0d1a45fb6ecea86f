import type { JsonObject } from '../../core/json.ts';
import type { Operation } from '../../providers/provider.ts';
import type { RemoteSystem } from '../../providers/remote.ts';

/** Whether a place can do something, and why not, or not in full. */
export interface Capability {
  readonly operation: Operation;
  readonly possible: 'yes' | 'partly' | 'no';
  /** Absent where it is possible without limits. */
  readonly reason?: string;
}

const operations: readonly Operation[] = ['create', 'show', 'list', 'update', 'append', 'delete'];

/** What a system can do, by its own account; without one, the local store, which does everything. */
export function capabilitiesOf(
  system: Pick<RemoteSystem, 'cannot' | 'limits'> | undefined,
): readonly Capability[] {
  return operations.map((operation): Capability => {
    const cannot = system?.cannot[operation];
    if (cannot !== undefined) return { operation, possible: 'no', reason: cannot };
    const limit = system?.limits[operation];
    return limit === undefined
      ? { operation, possible: 'yes' }
      : { operation, possible: 'partly', reason: limit };
  });
}

/** The same as JSON, by operation. */
export function capabilitiesJson(capabilities: readonly Capability[]): JsonObject {
  return Object.fromEntries(
    capabilities.map(({ operation, possible, reason }) => [operation, { possible, reason: reason ?? null }]),
  );
}
