import { Failure } from '../core/errors.ts';
import type { Session } from './session.ts';

/** What went wrong with some of many, while the others went on. */
export interface Failures {
  /**
   * Runs one step, whose result comes back; its Failure is reported at once and counted, and `undefined` comes back.
   * `alone`: it is thrown instead, being all there is.
   */
  readonly attempt: <Result>(
    step: () => Promise<Result>,
    options?: AttemptOptions,
  ) => Promise<Result | undefined>;
  /** So many steps went well elsewhere. */
  readonly passed: (steps: number) => void;
  /** `partial` if some steps failed, or with the code of the first if all did; `undefined` if all went well. */
  readonly outcome: () => Failure | undefined;
  /** @throws Failure the {@link outcome}, if it is one */
  readonly finish: () => void;
}

export interface AttemptOptions {
  readonly alone?: boolean;
  /** What the step is about: a failure that does not say so itself is made to. */
  readonly id?: string;
}

/** `thing` and `done` word the count: `2 of 10 records could not be converted`. */
export function collectFailures(session: Session, thing: string, done: string): Failures {
  let first: Failure | undefined;
  let failed = 0;
  let tried = 0;
  const outcome = (): Failure | undefined => {
    if (!first) return undefined;
    const things = tried === 1 ? thing : `${thing}s`;
    const code = failed === tried ? first.code : 'partial';
    return new Failure(code, `${failed} of ${tried} ${things} could not be ${done}`);
  };
  return {
    async attempt(step, { alone = false, id } = {}) {
      session.context.signal.throwIfAborted();
      tried += 1;
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Failure) || alone || isFinal(error)) throw error;
        first ??= error;
        failed += 1;
        await session.reportFailure(id === undefined ? error : about(id, error));
        return undefined;
      }
    },
    passed: (steps) => void (tried += steps),
    outcome,
    finish() {
      const failure = outcome();
      if (failure) throw failure;
    },
  };
}

function about(id: string, error: Failure): Failure {
  if (error.details.id !== undefined) return error;
  return new Failure(error.code, `${id}: ${error.message}`, { ...error.details, id });
}

/** Going on would only repeat it: a wrong flag, a missing key, an output that cannot be written. */
export function isFinal({ code }: Failure): boolean {
  return (
    code === 'internal' ||
    code === 'usage' ||
    code === 'not_authenticated' ||
    code === 'interrupted' ||
    code === 'terminated'
  );
}
