import type { JsonObject } from '../../../core/json.ts';
import { Refusal } from '../../../serve/refusal.ts';

/** The statuses that https://docs.orq.ai/reference/errors gives a code, but 400 and 404. */
const codes: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_required'],
  [402, 'quota_exceeded'],
  [403, 'insufficient_scope'],
  [408, 'request_timeout'],
  [429, 'rate_limit_exceeded'],
  [500, 'internal_error'],
  [501, 'not_implemented'],
  [502, 'provider_error'],
  [503, 'service_unavailable'],
  [504, 'provider_timeout'],
]);

/**
 * The body of an error. 400 and 404 are as the specification of conversations declares them. What
 * https://docs.orq.ai/reference/errors has a code for (401, 429, 5xx) is as that page shows it. Neither documents 405,
 * 409 and 413: they are the requests' own faults like 400 and 404, and look like them.
 */
export function errorBody(status: number, message: string): JsonObject {
  const code = codes.get(status);
  return code === undefined ? { message } : codedBody(code, message);
}

function codedBody(code: string, message: string): JsonObject {
  return { error: { code, message, doc_url: `https://docs.orq.ai/errors/${code}` } };
}

export function refusal(status: number, message: string): Refusal {
  return new Refusal(status, errorBody(status, message));
}

export function notFound(id: string): Refusal {
  return refusal(404, `there is no conversation ${JSON.stringify(id)}`);
}

export function wrongMethod(method: string, path: string): Refusal {
  return refusal(405, `${path} does not take ${method}`);
}

/** 409 is the documented status of a request that conflicts with another: unlike 503 it says that nothing was done. */
export function locked(): Refusal {
  return refusal(409, 'the conversation is being changed by another request');
}

/** Undefined if the header shows the key. */
export function keyRefusal(authorization: string | undefined, token: string): Refusal | undefined {
  const shown = /^bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trimEnd();
  if (shown === token) return undefined;
  const [code, message] =
    shown === undefined
      ? ['authentication_required', 'the header `Authorization: Bearer <key>` is missing']
      : ['invalid_api_key', 'this API key is not known'];
  return new Refusal(401, codedBody(code ?? '', message ?? ''));
}
