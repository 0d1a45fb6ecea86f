import { Failure } from '../core/errors.ts';
import type { HttpReply, HttpRequest } from './exchange.ts';

/**
 * Where an answer sends the request on to; undefined for one that does not. A key is for one address alone, and a
 * request that would become another one is not sent on.
 * @throws Failure `unavailable` for a redirect that is not followed, `outcome_unknown` if a write may have been done:
 * only 307 and 308 say that it was not.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4
 */
export function redirectOf(title: string, request: HttpRequest, reply: HttpReply, url: URL): URL | undefined {
  const { status, headers } = reply;
  if (status < 300 || status >= 400) return undefined;
  const target = targetOf(headers['location'], url);
  const keepsMethod = status === 307 || status === 308 || request.method === 'GET';
  if (!target || !keepsMethod) throw unfollowed(title, request, reply);
  if (target.origin === url.origin) return target;
  throw new Failure('unavailable', `${title} redirects to ${target.origin}, where the key was not sent`, {
    ...saidBy(reply),
    hint: 'if that is where the system is, give its address with --url',
  });
}

/** A name and a password in it are not for us to send. */
function targetOf(location: string | undefined, url: URL): URL | undefined {
  if (location === undefined || !URL.canParse(location, url.href)) return undefined;
  const target = new URL(location, url);
  target.username = '';
  target.password = '';
  return target.protocol === 'https:' || target.protocol === 'http:' ? target : undefined;
}

function unfollowed(title: string, { writes }: HttpRequest, reply: HttpReply): Failure {
  const what = `${title} answered with a redirect that cannot be followed (status ${reply.status})`;
  if (!writes) {
    return new Failure('unavailable', what, {
      ...saidBy(reply),
      hint: 'is the address right? `convo doctor` shows it',
    });
  }
  return new Failure('outcome_unknown', `${what}, and may have acted all the same`, {
    ...saidBy(reply),
    hint: 'look whether it was done before doing it again',
  });
}

function saidBy({ status, requestId }: HttpReply) {
  return { status, ...(requestId !== undefined && { requestId }) };
}
