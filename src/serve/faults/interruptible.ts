import { type Pause, pauseFor } from './pause.ts';

/** A pause that also ends when the program is told to stop. */
export function interruptible(stop: AbortSignal): Pause {
  return (milliseconds, signal) => pauseFor(milliseconds, AbortSignal.any([signal, stop]));
}
