import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { Failure, type FailureCode } from '../core/errors.ts';
import { MalformedBody, OversizedBody } from './body.ts';
import type { Faults } from './faults/index.ts';
import { Refusal } from './refusal.ts';
import type { Desk, ServedSystem, ServeEnvironment, SystemApi } from './system.ts';

/** A system and what its operations work with. */
export interface Mount {
  readonly system: ServedSystem;
  readonly api: SystemApi;
  readonly desk: Desk;
}

export interface ServerOptions {
  readonly mounts: readonly Mount[];
  /** Told of errors that are nobody's fault but ours; the request gets a 500. */
  readonly onError: (error: unknown, request: string) => void;
  /** Told of every answer. */
  readonly onAnswer?: (answer: Answer) => void;
  /** The largest body that is read, in bytes. */
  readonly mostBytes?: number;
  /** Requests that are to fail on purpose. */
  readonly faults?: Faults;
}

export interface Answer {
  readonly method: string;
  /** Without the query: what is searched for is nobody's business. */
  readonly path: string;
  /** Undefined if the connection was cut. */
  readonly status: number | undefined;
  readonly milliseconds: number;
}

/** The mark of an answer that its server is not to send. */
const [[ALREADY_SENT] = ['']] = [...RESPONSE_ALREADY_SENT.headers];

/** The largest body of a documented request is a file of 70 MiB within a message. */
const MOST_BYTES = 128 * 1024 * 1024;

/** All systems behind one address, each under its own path. Answers any request, and never throws. */
export function createServer({
  mounts,
  onError,
  onAnswer,
  mostBytes = MOST_BYTES,
  faults,
}: ServerOptions): Hono<ServeEnvironment> {
  const app = new Hono<ServeEnvironment>();
  const mountOf = (path: string): Mount | undefined =>
    mounts.find(({ system }) => path === system.path || path.startsWith(`${system.path}/`));
  if (onAnswer) app.use(telling(onAnswer));
  app.use(async (c, next) => {
    c.set('mostBytes', mostBytes);
    await next();
  });
  for (const { system, api, desk } of mounts) {
    const { answerHeaders } = api;
    if (answerHeaders)
      app.use(
        `${system.path}/*`,
        heading(() => answerHeaders(desk)),
      );
    if (faults) app.use(`${system.path}/*`, faults.middleware({ system, api }));
    app.route(system.path, api.routes(desk));
  }
  app.get('/', (c) => c.json(mounts.map(({ system }) => ({ system: system.name, path: system.path }))));
  app.notFound((c) => {
    const message = `there is nothing at ${c.req.method} ${c.req.path}`;
    const body = mountOf(c.req.path)?.api.errorBody(404, message) ?? { message };
    return c.json(body, 404);
  });
  app.onError((error, c) => {
    const mount = mountOf(c.req.path);
    const refusal = refusalFor(error, mount?.api);
    if (refusal) return answer(refusal);
    // Who has gone in the middle of a request gets no answer, and it is nobody's mistake.
    if (hasLeft(c)) return RESPONSE_ALREADY_SENT;
    onError(error, `${c.req.method} ${c.req.path}`);
    const message = 'the server failed to answer this request';
    return c.json(mount?.api.errorBody(500, message) ?? { message }, 500);
  });
  return app;
}

function heading(headers: () => Readonly<Record<string, string>>) {
  return async (c: Context, next: () => Promise<void>): Promise<void> => {
    await next();
    if (isCut(c.res)) return;
    for (const [name, value] of Object.entries(headers())) c.res.headers.set(name, value);
  };
}

function hasLeft(c: Context<ServeEnvironment>): boolean {
  // Without a server the bindings are absent altogether, whatever their type says.
  const bindings: ServeEnvironment['Bindings'] | undefined = c.env;
  return bindings?.incoming?.destroyed === true && !bindings.incoming.complete;
}

/** Whether there is no answer, as the connection is gone. */
function isCut(response: Response): boolean {
  return response.headers.has(ALREADY_SENT);
}

function telling(onAnswer: NonNullable<ServerOptions['onAnswer']>) {
  return async (c: Context, next: () => Promise<void>): Promise<void> => {
    const start = performance.now();
    await next();
    const milliseconds = performance.now() - start;
    const status = isCut(c.res) ? undefined : c.res.status;
    onAnswer({ method: c.req.method, path: c.req.path, status, milliseconds });
  };
}

/** What the store refuses, in HTTP. Anything else is our own mistake, or the disk's. */
const statuses: Readonly<Partial<Record<FailureCode, number>>> = {
  not_found: 404,
  unsupported: 400,
  conflict: 409,
};

function refusalFor(error: unknown, api: SystemApi | undefined): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const body = (status: number, message: string) =>
    new Refusal(status, api?.errorBody(status, message) ?? { message });
  if (error instanceof MalformedBody) return body(400, error.message);
  if (error instanceof OversizedBody) return body(413, 'the request body is too large');
  if (error instanceof HTTPException) return body(error.status, error.message);
  if (!(error instanceof Failure)) return undefined;
  if (error.details.busy === true) return api?.locked();
  const status = statuses[error.code];
  return status === undefined ? undefined : body(status, error.message);
}

function answer({ status, body, headers }: Refusal): Response {
  return Response.json(body, { status, headers });
}
