import { Hono, type MiddlewareHandler } from 'hono';
import { serveResource } from '../../../serve/resource.ts';
import type { Desk, ServeEnvironment, SystemApi } from '../../../serve/system.ts';
import { conversationOperations } from './conversations.ts';
import { itemOperations } from './items.ts';
import { errorBody, locked, wrongKey, wrongMethod } from './refusals.ts';

/**
 * The eight operations on conversations and their items. There is none that lists conversations.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations
 */
export const openaiApi: SystemApi = {
  routes,
  errorBody,
  locked,
  // Every answer has a name that it can be asked about by.
  answerHeaders: ({ world }) => ({ 'x-request-id': `req_${world.hex()}` }),
};

function routes(desk: Desk): Hono<ServeEnvironment> {
  const app = new Hono<ServeEnvironment>();
  app.use(admitting(desk));
  const conversations = conversationOperations(desk);
  const items = itemOperations(desk);
  serveResource(app, '/conversations', { post: conversations.create }, wrongMethod);
  serveResource(
    app,
    '/conversations/:conversation',
    { get: conversations.get, post: conversations.update, delete: conversations.remove },
    wrongMethod,
  );
  serveResource(
    app,
    '/conversations/:conversation/items',
    { get: items.list, post: items.create },
    wrongMethod,
  );
  serveResource(
    app,
    '/conversations/:conversation/items/:item',
    { get: items.get, delete: items.remove },
    wrongMethod,
  );
  return app;
}

function admitting({ token }: Desk): MiddlewareHandler<ServeEnvironment> {
  return async (c, next) => {
    const [, key] = /^bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (key !== token) throw wrongKey(key);
    await next();
  };
}
