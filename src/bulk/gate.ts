/** Lets many through together, or one alone. */
export interface Gate {
  readonly together: <T>(action: () => Promise<T>) => Promise<T>;
  /** Waits until nobody is inside and lets nobody in meanwhile. */
  readonly alone: <T>(action: () => Promise<T>) => Promise<T>;
}

export function openGate(): Gate {
  const inside = new Set<Promise<unknown>>();
  const waiting = new Set<Promise<unknown>>();
  return {
    async together(action) {
      while (waiting.size > 0) await Promise.all(waiting);
      return during(inside, action());
    },
    alone(action) {
      const before = [...waiting];
      return during(waiting, after([...before, inside], action));
    },
  };
}

/** Runs once all these are over; of a set, those that are in it when its turn comes. */
async function after<T>(
  before: readonly (Promise<unknown> | ReadonlySet<Promise<unknown>>)[],
  action: () => Promise<T>,
): Promise<T> {
  for (const each of before) await (each instanceof Promise ? each : Promise.all(each));
  return action();
}

/** Keeps a promise in a set, as one that never rejects, as long as it is open. */
async function during<T>(set: Set<Promise<unknown>>, running: Promise<T>): Promise<T> {
  const settled = running.then(nothing, nothing);
  set.add(settled);
  try {
    return await running;
  } finally {
    set.delete(settled);
  }
}

function nothing(): undefined {
  return undefined;
}

/** Runs actions with the same key one after the other. */
export function openTurns(): <T>(key: string, action: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return async (key, action) => {
    const before = last.get(key);
    const own = before ? before.then(action, action) : action();
    last.set(key, own);
    try {
      return await own;
    } finally {
      if (last.get(key) === own) last.delete(key);
    }
  };
}
