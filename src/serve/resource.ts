import type { Handler, Hono } from 'hono';
import type { Refusal } from './refusal.ts';
import type { ServeEnvironment } from './system.ts';

export type Method = 'get' | 'post' | 'patch' | 'delete';

/**
 * Serves a path with a handler for each method it has. Any other method is refused as the system words it, with the
 * header `allow`.
 */
export function serveResource(
  app: Hono<ServeEnvironment>,
  path: string,
  handlers: Readonly<Partial<Record<Method, Handler<ServeEnvironment>>>>,
  wrongMethod: (method: string, path: string) => Refusal,
): void {
  const methods = Object.entries(handlers);
  for (const [method, handler] of methods) app.on(method.toUpperCase(), path, handler);
  const allow = methods.map(([method]) => method.toUpperCase()).join(', ');
  app.all(path, (c) => {
    const { status, body, headers } = wrongMethod(c.req.method, c.req.path);
    return Response.json(body, { status, headers: { ...headers, allow } });
  });
}
