import { Failure } from '../core/errors.ts';

/** Whether the program was told to stop. */
export function isStop({ code }: Failure): boolean {
  return code === 'interrupted' || code === 'terminated';
}

/** A stop that came once something was written: it says what, and which conversation that is. */
export function stopAfter(
  stop: Failure,
  id: string,
  { what, hint }: { what: string; hint: string },
): Failure {
  return new Failure(stop.code, `${stop.code}: ${what}`, { ...stop.details, id, hint });
}
