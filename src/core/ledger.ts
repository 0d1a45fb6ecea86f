import { account, type Container, type Key, type Loss, type Mark, type Trail } from './accounting.ts';
import type { JsonObject } from './json.ts';
import { createKeyMap, type KeyMap, setValue } from './key-map.ts';
import { createObjectMap, setAt, valueAt } from './object-map.ts';

export type { Loss, LossKind } from './accounting.ts';

/** Where a model, or any copy of it, was read from. */
interface Source {
  /** Has the fields without an origin, under their own names. */
  container: object;
  /** The last one first: a list, as there are few and they are searched one by one. */
  origins: Origin | undefined;
}
interface Origin {
  readonly field: Key;
  /** What is said of the members of the container it stands in. */
  readonly container: KeyMap<Mark>;
  readonly key: Key;
  readonly next: Origin | undefined;
}

/** What is said while it is not known whether it counts. */
interface Held {
  readonly container: KeyMap<Mark>;
  readonly key: Key;
  readonly as: Mark;
}

/**
 * Accounts for every value of one document on its way through the model. Readers say where each model field
 * came from, writers say which fields they wrote; what was never written is a loss by construction.
 *
 * A field that no reader placed is taken to come from the member of that name of the very same object, which
 * is how a document in the model's own format, or a part of the source used as it stands, needs no placing.
 */
export interface Ledger {
  /**
   * Whether the output has a place for what only the format of the source knows. Where it has none, readers need not
   * keep it: it is lost by construction.
   */
  readonly keepsOwn: boolean;

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

  /** What is said of values from here on counts only when it is released: what is being written may come to nothing. */
  hold(): void;
  release(): void;
  /** Nothing was said since `hold`. */
  forget(): void;

  /** What `document` loses. `otherwise` is the reason where no writer gave one. */
  losses(document: JsonObject, otherwise: string): Loss[];
  /** Nothing was ever said: the ledger is as good as a new one, and costs less. */
  clear(): void;
}

export function createLedger({ keepsOwn = true }: Partial<Pick<Ledger, 'keepsOwn'>> = {}): Ledger {
  let held: Held[] = [];
  let sources = createObjectMap<Source>();
  let marks = createObjectMap<KeyMap<Mark>>();
  let isHolding = false;
  let rest: Mark | undefined;
  const trail: Trail = { keys: [], pointers: [] };

  const marksOf = (container: object): KeyMap<Mark> => {
    const known = valueAt(marks, container);
    if (known) return known;
    const fresh = createKeyMap<Mark>();
    setAt(marks, container, fresh);
    return fresh;
  };
  const sourceOf = (model: object): Source => {
    const known = valueAt(sources, model);
    if (known) return known;
    const fresh: Source = { container: model, origins: undefined };
    setAt(sources, model, fresh);
    return fresh;
  };
  const mark = (container: KeyMap<Mark>, key: Key, as: Mark): void => {
    if (isHolding) held.push({ container, key, as });
    else setValue(container, key, as);
  };
  const markOrigins = (model: object, field: Key, as: Mark): void => {
    const source = valueAt(sources, model);
    let isPlaced = false;
    for (let origin = source?.origins; origin; origin = origin.next) {
      if (origin.field !== field) continue;
      mark(origin.container, origin.key, as);
      isPlaced = true;
    }
    if (isPlaced) return;
    const container = source?.container ?? model;
    // Writers say of many fields that they are carried without a look whether they are there.
    if (container === model && !(field in model)) return;
    mark(marksOf(container), field, as);
  };
  return {
    keepsOwn,
    origin(model, field, container, key) {
      const source = sourceOf(model);
      source.origins = { field, container: marksOf(container), key, next: source.origins };
    },
    mirrors(model, container) {
      sourceOf(model).container = container;
    },
    same: (copy, original) => setAt(sources, copy, sourceOf(original)),
    implied: (container, key) => mark(marksOf(container), key, implied),
    reduced: (model, field, reason) => markOrigins(model, field, { as: 'reduced', reason }),
    carried: (model, field) => markOrigins(model, field, carried),
    narrowed: (model, field, reason) => markOrigins(model, field, { as: 'narrowed', reason }),
    assigned: (model, field) => markOrigins(model, field, assigned),
    refused: (model, field, reason) => markOrigins(model, field, { as: 'dropped', reason }),
    others: () => void (rest = carried),
    hold: () => void (isHolding = true),
    release() {
      isHolding = false;
      for (const { container, key, as } of held) setValue(container, key, as);
      if (held.length > 0) held = [];
    },
    forget() {
      isHolding = false;
      if (held.length > 0) held = [];
    },
    losses: (document, otherwise) =>
      account(document, otherwise, { of: (container) => valueAt(marks, container), rest }, trail),
    clear() {
      sources = createObjectMap();
      marks = createObjectMap();
      rest = undefined;
      isHolding = false;
      if (held.length > 0) held = [];
    },
  };
}

const implied: Mark = { as: 'implied' };
const carried: Mark = { as: 'carried' };
const assigned: Mark = { as: 'assigned', reason: 'set by the system' };

/** A ledger for conversions that cannot lose anything: it keeps no accounts. */
export const noLedger: Ledger = {
  keepsOwn: true,
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
  hold: () => undefined,
  release: () => undefined,
  forget: () => undefined,
  losses: () => [],
  clear: () => undefined,
};
