import { Failure } from '../../../core/errors.ts';
import { member } from '../../../core/json.ts';
import { createCaller } from '../../../http/call.ts';
import type { HttpClient } from '../../../http/client.ts';
import type { Account } from '../../../providers/account.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explainLogin } from './complaint.ts';
import { API } from './requests.ts';
import { openTokens, type Token } from './tokens.ts';

/** A token is renewed so long before it expires, as the vendor's own clients do. */
const MARGIN_SECONDS = 10;

/**
 * What sends requests in the name of a user. It logs in when something is first sent, and again when the token expires or is refused; what was refused is then sent
 * once more, writes too, as nothing is done for who is not logged in. Requests that need a token share one login.
 *
 * @see https://docs.cloud.google.com/looker/docs/api-auth
 * @throws Failure `not_authenticated` from `send` if there is no client id or key, or Looker does not know them.
 */
export async function openSession(seat: Seat): Promise<HttpClient> {
  const { now } = await seat.world();
  // The key and the tokens that there were.
  const known = new Set<string>();
  const secrets = (): string[] => [...known];
  const entrance = await seat.connect({ headers: async () => ({}), secrets });
  const tokens = openTokens(() => login(seat.account, entrance, { known, now }), now);
  const client = await seat.connect({
    secrets,
    headers: async () => ({ authorization: `token ${await tokens.current()}` }),
  });
  return {
    concealed: client.concealed,
    async send(request) {
      const token = await tokens.current();
      const reply = await client.send(request);
      if (reply.status !== 401) return reply;
      tokens.refuse(token);
      return client.send(request);
    },
  };
}

interface LoginOptions {
  /** Where the key and the token are added. */
  readonly known: Set<string>;
  readonly now: () => number;
}

/** As often as it takes: a login changes nothing. */
async function login(account: Account, entrance: HttpClient, { known, now }: LoginOptions): Promise<Token> {
  const form = await credentialsOf(account);
  known.add(form.client_secret);
  const caller = createCaller(account.title, entrance, explainLogin);
  const asked = now();
  const answer = await caller.ask({ method: 'POST', path: `${API}/login`, form, writes: false });
  const text = member(answer, 'access_token');
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
    throw new Failure('unavailable', `${account.title} answered the login without a token`, {
      hint: 'is the address right? `convo doctor` shows it',
    });
  }
  known.add(text);
  return { text, until: asked + lifetime(member(answer, 'expires_in')) };
}

async function credentialsOf({ title, setting, key, advice }: Account) {
  const clientId = setting('client_id');
  if (clientId === undefined) {
    throw new Failure('not_authenticated', `there is no client id for ${title}`, {
      hint: advice('client_id'),
    });
  }
  return { client_id: clientId, client_secret: await key() };
}

/** Milliseconds that a token is used; one that does not say when it expires, until it is refused. */
function lifetime(seconds: unknown): number {
  if (typeof seconds !== 'number') return Number.POSITIVE_INFINITY;
  return (seconds - Math.min(MARGIN_SECONDS, seconds / 10)) * 1000;
}
