import { isObject, type JsonArray, type JsonObject, type JsonValue, toPointer } from './json.ts';

/**
 * - `dropped`: the output does not have the value;
 * - `narrowed`: the output has it with less detail;
 * - `assigned`: the system that takes the output sets its own (ids, times).
 */
export type LossKind = 'dropped' | 'narrowed' | 'assigned';

/** A value of the input that the output does not carry. */
export interface Loss {
  /** JSON pointer into the input, at the highest subtree that is wholly affected. */
  readonly path: string;
  readonly kind: LossKind;
  readonly reason: string;
}

type Container = JsonObject | JsonArray;
type Key = string | number;
type Place = readonly [container: Container, key: Key];
type Mark =
  | { readonly as: 'carried' | 'implied' }
  | { readonly as: LossKind | 'reduced'; readonly reason: string };

/**
 * Accounts for every value of one document on its way through the model. Readers say where each model field
 * came from, writers say which fields they wrote; what was never written is a loss by construction.
 *
 * A field that no reader placed is taken to come from the member of that name of the very same object, which
 * is how a document in the model's own format, or a part of the source used as it stands, needs no placing.
 */
export interface Ledger {
  /** The model's `field` was read from `container[key]`. Several places may stand behind one field. */
  origin(model: object, field: Key, container: Container, key: Key): void;
  /** Every field of `model` not placed otherwise was read from the member of the same name of `container`. */
  mirrors(model: object, container: Container): void;
  /** `copy` stands for `original`: its fields come from the same places, those said of either. */
  same(copy: object, original: object): void;
  /** Says nothing by itself: a constant, a discriminator, a value that means the same as absence. */
  implied(container: Container, key: Key): void;
  /** The model has it with less detail: narrowed wherever something beside it is kept, else lost with all of it. */
  reduced(model: object, field: Key, reason: string): void;

  carried(model: object, field: Key): void;
  /** Written with less detail. */
  narrowed(model: object, field: Key, reason: string): void;
  /** Not written, as the system sets its own. */
  assigned(model: object, field: Key): void;
  /** All that nothing else is said of is written. */
  others(): void;
  /** Not written; the reason to give, also for everything inside. */
  refused(model: object, field: Key, reason: string): void;

  /** What `document` loses. `otherwise` is the reason where no writer gave one. */
  losses(document: JsonObject, otherwise: string): Loss[];
}

export function createLedger(): Ledger {
  const origins = new Map<object, Map<Key, Place[]>>();
  const mirrored = new Map<object, Container>();
  const originals = new Map<object, object>();
  const marks = new Map<Container, Map<Key, Mark>>();
  let rest: Mark | undefined;

  const mark = (container: Container, key: Key, as: Mark): void => {
    const known = marks.get(container);
    if (known) known.set(key, as);
    else marks.set(container, new Map([[key, as]]));
  };
  const markOrigins = (modelOrCopy: object, field: Key, as: Mark): void => {
    const model = originals.get(modelOrCopy) ?? modelOrCopy;
    const places = origins.get(model)?.get(field);
    if (places) for (const [container, key] of places) mark(container, key, as);
    else mark(mirrored.get(model) ?? containerOf(model), field, as);
  };
  return {
    origin(modelOrCopy, field, container, key) {
      const model = originals.get(modelOrCopy) ?? modelOrCopy;
      const fields = origins.get(model) ?? new Map<Key, Place[]>();
      origins.set(model, fields);
      const places = fields.get(field);
      if (places) places.push([container, key]);
      else fields.set(field, [[container, key]]);
    },
    mirrors: (model, container) => void mirrored.set(model, container),
    same: (copy, original) => void originals.set(copy, originals.get(original) ?? original),
    implied: (container, key) => mark(container, key, { as: 'implied' }),
    reduced: (model, field, reason) => markOrigins(model, field, { as: 'reduced', reason }),
    carried: (model, field) => markOrigins(model, field, { as: 'carried' }),
    narrowed: (model, field, reason) => markOrigins(model, field, { as: 'narrowed', reason }),
    assigned: (model, field) => markOrigins(model, field, { as: 'assigned', reason: 'set by the system' }),
    refused: (model, field, reason) => markOrigins(model, field, { as: 'dropped', reason }),
    others: () => void (rest = { as: 'carried' }),
    losses: (document, otherwise) =>
      account(document, otherwise, (container, key) => marks.get(container)?.get(key) ?? rest),
  };
}

function containerOf(model: object): Container {
  return isObject(model) || Array.isArray(model) ? model : {};
}

/** A ledger for conversions that cannot lose anything: it keeps no accounts. */
export const noLedger: Ledger = {
  origin: () => undefined,
  mirrors: () => undefined,
  same: () => undefined,
  implied: () => undefined,
  reduced: () => undefined,
  carried: () => undefined,
  narrowed: () => undefined,
  assigned: () => undefined,
  others: () => undefined,
  refused: () => undefined,
  losses: () => [],
};

type Lookup = (container: Container, key: Key) => Mark | undefined;

/** What became of a subtree: how much of it was kept, and the losses in it. */
interface Account {
  readonly kept: boolean;
  readonly losses: readonly Loss[];
}

const nothing: Account = { kept: false, losses: [] };
const kept: Account = { kept: true, losses: [] };

function account(document: JsonObject, otherwise: string, lookup: Lookup): Loss[] {
  const path: Key[] = [];

  function visit(container: Container, key: Key, value: JsonValue, inherited: string): Account {
    const mark = lookup(container, key);
    if (mark?.as === 'carried') return kept;
    if (mark?.as === 'implied' || isEmpty(value)) return nothing;
    path.push(key);
    const result = judge(value, mark, inherited);
    path.pop();
    return result;
  }

  function judge(value: JsonValue, mark: Mark | undefined, inherited: string): Account {
    const reason = mark && 'reason' in mark ? mark.reason : inherited;
    const here = (kind: LossKind): Loss => ({ path: toPointer(path), kind, reason });
    if (mark?.as === 'assigned') return { kept: false, losses: [here('assigned')] };
    if (typeof value !== 'object' || value === null) {
      if (mark?.as === 'narrowed') return { kept: true, losses: [here('narrowed')] };
      if (mark?.as === 'reduced') return { kept: false, losses: [here('narrowed')] };
      return { kept: false, losses: [here('dropped')] };
    }
    const inside = members(value, mark?.as === 'dropped' ? reason : inherited);
    if (mark?.as === 'narrowed') return { kept: true, losses: [here('narrowed'), ...inside.losses] };
    // What a writer refused is gone, even if all of it went without saying.
    if (inside.kept || (inside.losses.length === 0 && mark?.as !== 'dropped')) return inside;
    return {
      kept: false,
      losses: [{ ...here(kindOf(inside.losses)), reason: reasonOf(inside.losses, mark, reason) }],
    };
  }

  function members(container: Container, inherited: string): Account {
    let anyKept = false;
    const losses: Loss[] = [];
    const add = (key: Key, value: JsonValue): void => {
      const found = visit(container, key, value, inherited);
      anyKept ||= found.kept;
      losses.push(...found.losses);
    };
    if (Array.isArray(container)) container.forEach((value, index) => add(index, value));
    else
      for (const key of Object.keys(container))
        add(key, Object.hasOwn(container, key) ? (container[key] ?? null) : null);
    return { kept: anyKept, losses };
  }

  return [...members(document, otherwise).losses];
}

/** Null and empty containers say nothing that could be lost. */
function isEmpty(value: JsonValue): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function kindOf(losses: readonly Loss[]): LossKind {
  return losses.length > 0 && losses.every((loss) => loss.kind === 'assigned') ? 'assigned' : 'dropped';
}

function reasonOf(losses: readonly Loss[], mark: Mark | undefined, otherwise: string): string {
  if (mark && 'reason' in mark) return mark.reason;
  const reasons = new Set(losses.map((loss) => loss.reason));
  const [only] = reasons;
  return reasons.size === 1 && only !== undefined ? only : otherwise;
}
