import { Failure } from '../../core/errors.ts';

/** What a check says against a value, and what to do about it; `undefined` if it lets it pass. */
export function problemIn(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { hint } = error.details;
    return hint === undefined ? error.message : `${error.message}; ${hint}`;
  }
}
