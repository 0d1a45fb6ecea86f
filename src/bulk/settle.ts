import type { Begun } from './journal.ts';
import type { Clock } from './pace.ts';

/** Waits until what was sent has either been acted on or never will be. `isOurs`: this run sent it itself. */
export type Settle = (sent: Pick<Begun, 'at'>, isOurs: boolean) => Promise<void>;

export interface SettleOptions {
  readonly clock: Pick<Clock, 'wait'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Told once, when something is waited for first. */
  readonly tell: (milliseconds: number) => void;
}

/** A slow system may act on what was cut off on its way so much later: before that nobody knows that it did not. */
const SETTLE_MS = 10_000;

/** What earlier runs sent was sent before this one began: all of it is waited for together. */
export function openSettle({ clock, now, tell }: SettleOptions): Settle {
  const started = now();
  let told = false;
  return async ({ at }, isOurs) => {
    const sent = isOurs ? Date.parse(at) : Math.min(Date.parse(at), started);
    const left = Math.min(sent + SETTLE_MS - now(), SETTLE_MS);
    if (!(left > 0)) return;
    if (!told) tell(left);
    told = true;
    await clock.wait(left);
  };
}
