import { setTimeout } from 'node:timers/promises';

/** Waits for so many milliseconds, or until the signal aborts. Never rejects. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export const pauseFor: Pause = (milliseconds, signal) =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
