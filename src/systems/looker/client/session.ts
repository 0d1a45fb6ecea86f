import { Failure } from '../../../core/errors.ts';
import { member } from '../../../core/json.ts';
import { createCaller } from '../../../http/call.ts';
import type { HttpClient } from '../../../http/client.ts';
import type { Account } from '../../../providers/account.ts';
import type { Seat } from '../../../providers/remote.ts';
import { explainLogin } from './complaint.ts';
import { API } from './requests.ts';
import { openTokens, type Token } from './tokens.ts';

/** What sends requests in the name of a user. */
export interface Session extends HttpClient {
  /** A text without the key and the tokens that may have got into it. */
  readonly conceal: (text: string) => string;
}

/** A token is renewed so long before it expires, as the vendor's own clients do. */
const MARGIN_SECONDS = 10;

/**
 * Logs in when something is first sent, and again when the token expires or is refused; what was refused is then sent
 * once more, writes too, as nothing is done for who is not logged in. Requests that need a token share one login.
 *
 * @see https://docs.cloud.google.com/looker/docs/api-auth
 * @throws Failure `not_authenticated` from `send` if there is no client id or key, or Looker does not know them.
 */
export async function openSession(seat: Seat): Promise<Session> {
  const { now } = await seat.world();
  const secrets = new Set<string>();
  const conceal = (text: string): string =>
    [...secrets].reduce((concealed, secret) => concealed.replaceAll(secret, '…'), text);
  const entrance = await seat.connect({ headers: async () => ({}) });
  const tokens = openTokens(() => login(seat.account, entrance, { secrets, conceal, now }), now);
  const client = await seat.connect({
    headers: async () => ({ authorization: `token ${await tokens.current()}` }),
  });
  return {
    conceal,
    async send(request) {
      const token = await tokens.current();
      const reply = await client.send(request);
      if (reply.status !== 401) return reply;
      tokens.refuse(token);
      return client.send(request);
    },
  };
}

interface LoginOptions extends Pick<Session, 'conceal'> {
  /** Where the key and the token are added. */
  readonly secrets: Set<string>;
  readonly now: () => number;
}

/** As often as it takes: a login changes nothing. */
async function login(
  account: Account,
  entrance: HttpClient,
  { secrets, conceal, now }: LoginOptions,
): Promise<Token> {
  const form = await credentialsOf(account);
  secrets.add(form.client_secret);
  const caller = createCaller(account.title, entrance, (reply) => explainLogin(reply, conceal));
  const asked = now();
  const answer = await caller.ask({ method: 'POST', path: `${API}/login`, form, writes: false });
  const text = member(answer, 'access_token');
  if (typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
    throw new Failure('unavailable', `${account.title} answered the login without a token`, {
      hint: 'is the address right? `convo doctor` shows it',
    });
  }
  secrets.add(text);
  return { text, until: asked + lifetime(member(answer, 'expires_in')) };
}

async function credentialsOf({ title, system, setting, key }: Account) {
  const clientId = setting('client_id');
  if (clientId === undefined) {
    const [name] = system.variables.client_id ?? [];
    throw new Failure('not_authenticated', `there is no client id for ${title}`, {
      hint: `set ${name ?? 'one'}, or configure it with \`convo provider add\``,
    });
  }
  return { client_id: clientId, client_secret: await key() };
}

/** Milliseconds that a token is used; one that does not say when it expires, until it is refused. */
function lifetime(seconds: unknown): number {
  if (typeof seconds !== 'number') return Number.POSITIVE_INFINITY;
  return (seconds - Math.min(MARGIN_SECONDS, seconds / 10)) * 1000;
}
