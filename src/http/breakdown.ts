import { RequestError } from 'got';
import { Failure } from '../core/errors.ts';
import type { HttpRequest } from './exchange.ts';
import { type Breakdown, isUnsent } from './retry.ts';

/** What got knows of a request that got no whole answer. */
export function breakdownOf(error: RequestError): Breakdown {
  return {
    code: error.code,
    phase: 'event' in error ? String(error.event) : undefined,
    reached: reachedBy(error),
  };
}

function reachedBy({ timings, options }: RequestError): Breakdown['reached'] {
  if (timings?.connect === undefined) return 'nothing';
  const isPlain = String(options.url).startsWith('http:');
  return isPlain || timings.secureConnect !== undefined ? 'system' : 'handshake';
}

/** That no answer came, and whether the system may have acted all the same. */
export function brokenDown(title: string, request: HttpRequest, cause: RequestError): Failure {
  const reason = cause.message.replaceAll(/\s+/g, ' ').trim();
  if (!request.writes || isUnsent(breakdownOf(cause))) {
    return new Failure('unavailable', `${title} could not be reached: ${reason}`, {
      hint: 'see `convo doctor` for what is configured',
      cause,
    });
  }
  return new Failure(
    'outcome_unknown',
    `${title} did not answer, and may have acted all the same: ${reason}`,
    { hint: LOOK, cause },
  );
}

/** Why the program was told to stop; for a write that was under way a Failure of the same code that says so. */
export function stopped(title: string, request: HttpRequest, reason: unknown, error: unknown): unknown {
  const isUnderWay = error instanceof RequestError && !isUnsent(breakdownOf(error));
  if (!(reason instanceof Failure) || !request.writes || !isUnderWay) return reason;
  return new Failure(reason.code, `${reason.message}: ${title} may have acted all the same`, { hint: LOOK });
}

const LOOK = 'look whether it did before doing it again';
