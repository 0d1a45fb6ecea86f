import type { Context, Handler, MiddlewareHandler } from 'hono';
import { readText } from '../../../serve/body.ts';
import { Refusal } from '../../../serve/refusal.ts';
import type { Desk, ServeEnvironment } from '../../../serve/system.ts';
import { CLIENT_ID } from './index.ts';
import { errorBody, notFound } from './refusals.ts';

/** How long an access token is good for. */
const LIFETIME_SECONDS = 3600;

interface Sessions {
  readonly login: Handler<ServeEnvironment>;
  readonly logout: Handler<ServeEnvironment>;
  /** Lets nobody pass without an access token that is known and has not expired. */
  readonly guard: MiddlewareHandler<ServeEnvironment>;
}

/**
 * The access tokens that were given out. They are forgotten when the server stops.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/ApiAuth/login
 */
export function openSessions({ token: secret, world }: Pick<Desk, 'token' | 'world'>): Sessions {
  const expiries = new Map<string, number>();
  return {
    async login(c) {
      if (!(await hasCredentials(c, secret))) throw notFound(c);
      for (const [token, expiry] of expiries) if (expiry <= world.now()) expiries.delete(token);
      const token = world.hex();
      expiries.set(token, world.now() + LIFETIME_SECONDS * 1000);
      return c.json({
        access_token: token,
        token_type: 'Bearer',
        expires_in: LIFETIME_SECONDS,
        refresh_token: null,
      });
    },
    logout(c) {
      expiries.delete(tokenOf(c));
      return c.body(null, 204);
    },
    async guard(c, next) {
      const expiry = expiries.get(tokenOf(c));
      if (expiry === undefined || expiry <= world.now()) {
        throw new Refusal(401, errorBody(401, 'Requires authentication.'));
      }
      await next();
    },
  };
}

/** The form counts; the query, where credentials are still allowed, stands in for what the form lacks. */
async function hasCredentials(c: Context<ServeEnvironment>, secret: string): Promise<boolean> {
  const form = new URLSearchParams(await readText(c));
  const given = (name: string) => form.get(name) ?? c.req.query(name);
  return given('client_id') === CLIENT_ID && given('client_secret') === secret;
}

/** Documented as `token <t>`; the vendor's own clients say `Bearer <t>`. Empty if there is none. */
function tokenOf(c: Context): string {
  return /^(?:token|bearer) +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
}
