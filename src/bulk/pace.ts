import { setTimeout } from 'node:timers/promises';

/** Waits until the next of several may begin. */
export type Pace = () => Promise<void>;

export interface Clock {
  /** Milliseconds; only differences matter. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. @throws the signal's reason when it is told to stop */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** A clock whose waits end with the signal. `pass`: how time passes, where it is not the machine's own. */
export function clockFor(signal: AbortSignal, pass?: (milliseconds: number) => Promise<void>): Clock {
  return {
    now: () => performance.now(),
    async wait(milliseconds) {
      signal.throwIfAborted();
      if (pass) return pass(milliseconds);
      // What it throws says no more than that the signal was aborted; the reason is told below.
      await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
    },
  };
}

/** At most so many a second, evenly; without a rate nobody waits. */
export function paceOf(rate: number | undefined, clock: Clock): Pace {
  if (rate === undefined) return async () => undefined;
  const gap = 1000 / rate;
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now();
    const turn = Math.max(now, next);
    next = turn + gap;
    if (turn > now) await clock.wait(turn - now);
  };
}
