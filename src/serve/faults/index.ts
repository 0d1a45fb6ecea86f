import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { ServedSystem, ServeEnvironment, SystemApi } from '../system.ts';
import { chooser } from './choice.ts';
import { type Pause, pauseFor } from './pause.ts';
import type { FaultAction, FaultRule } from './rule.ts';
import { spoil } from './spoil.ts';

/** A system that is served, as far as faults go. */
export interface Faulted {
  readonly system: Pick<ServedSystem, 'name' | 'path'>;
  readonly api: Pick<SystemApi, 'errorBody' | 'locked'>;
}

export interface Faults {
  /** Fails requests of one system; belongs before anything that looks at them, the key included. */
  readonly middleware: (faulted: Faulted) => MiddlewareHandler<ServeEnvironment>;
}

/** Rules at work. What they count is theirs, over all systems and for as long as the server runs. */
export function createFaults(rules: readonly FaultRule[], pause: Pause = pauseFor): Faults {
  const choose = chooser(rules);
  return {
    middleware: (faulted) => async (c, next) => {
      const path = c.req.path.slice(faulted.system.path.length) || '/';
      const rule = choose({ system: faulted.system.name, method: c.req.method, path });
      if (!rule) return next();
      const happen = prepare(rule.action, c, faulted.api);
      if (rule.at === 'after') await next();
      if (rule.delay !== undefined && !(await outlasts(c, rule.delay, pause))) {
        return replace(c, RESPONSE_ALREADY_SENT);
      }
      if (rule.at === 'before' && passes(rule.action)) await next();
      if (happen) replace(c, await happen());
    },
  };
}

/** Whether the request is handled, though something happens to it. */
function passes(action: FaultAction | undefined): boolean {
  return action === undefined || action.kind === 'body';
}

/** What is to happen, when its moment comes; undefined for nothing. @throws Error at once if it could not. */
function prepare(
  action: FaultAction | undefined,
  c: Context<ServeEnvironment>,
  api: Faulted['api'],
): (() => Response | Promise<Response>) | undefined {
  switch (action?.kind) {
    case undefined:
      return undefined;
    case 'cut':
      return cutting(c);
    case 'lock':
      return () => {
        const { status, body, headers } = api.locked();
        return Response.json(body, { status, headers });
      };
    case 'body':
      return () => spoil(c.res, action.body);
    case 'redirect':
      return () => {
        const { pathname, search } = new URL(c.req.url);
        const location = `${action.origin}${pathname}${search}`;
        return new Response(null, { status: 307, headers: { location } });
      };
    case 'status': {
      const { status, headers } = action;
      return () =>
        Response.json(api.errorBody(status, 'this request was chosen to fail'), { status, headers });
    }
  }
}

function cutting(c: Context<ServeEnvironment>): () => Response {
  // Without a server the bindings are absent altogether, whatever their type says.
  const bindings: ServeEnvironment['Bindings'] | undefined = c.env;
  const socket = bindings?.incoming?.socket;
  if (!socket) throw new Error('there is no connection to cut: the request did not come through a server');
  return () => {
    socket.destroy();
    return RESPONSE_ALREADY_SENT;
  };
}

/** False if the client has gone before the time was over. */
async function outlasts(c: Context, milliseconds: number, pause: Pause): Promise<boolean> {
  const { signal } = c.req.raw;
  await pause(milliseconds, signal);
  return !signal.aborted;
}

/** Hono would lay the headers of an answer that is there already over the new one, so that one is taken out first. */
function replace(c: Context, response: Response): void {
  c.res = undefined;
  c.res = response;
}
