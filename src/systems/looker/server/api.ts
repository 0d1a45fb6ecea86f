import { Hono } from 'hono';
import { Refusal } from '../../../serve/refusal.ts';
import { serveResource } from '../../../serve/resource.ts';
import type { Desk, ServeEnvironment, SystemApi } from '../../../serve/system.ts';
import { conversationHandlers } from './conversations.ts';
import { messageHandlers } from './messages.ts';
import { API, errorBody } from './refusals.ts';
import { openSessions } from './sessions.ts';

const api: SystemApi = {
  routes,
  errorBody: (status, message) => errorBody(status, message),
  // Of the answers that every operation documents, the one that asks to be repeated.
  locked: () => {
    const message = 'the conversation is being changed by others';
    return new Refusal(429, errorBody(429, message), { 'retry-after': '1' });
  },
};

/** The operations are the same in both versions; their agents differ, and the shelf has them as the version does. */
export const looker2610Api = api;
export const looker264Api = api;

function routes(desk: Desk): Hono<ServeEnvironment> {
  const app = new Hono<ServeEnvironment>();
  const sessions = openSessions(desk);
  const conversations = conversationHandlers(desk);
  const messages = messageHandlers(desk);
  const resource = (path: string, handlers: Parameters<typeof serveResource>[2]) =>
    serveResource(app, `${API}${path}`, handlers, wrongMethod);

  resource('/login', { post: sessions.login });
  app.use(`${API}/*`, sessions.guard);
  resource('/logout', { delete: sessions.logout });
  resource('/conversations', { post: conversations.create, delete: conversations.remove });
  resource('/conversations/search', { get: conversations.search });
  resource('/conversations/:conversation_id', { get: conversations.get, patch: conversations.update });
  resource('/conversations/:conversation_id/messages', {
    post: messages.create,
    get: messages.list,
    delete: messages.remove,
  });
  resource('/conversations/:conversation_id/messages/:message_id', {
    get: messages.get,
    patch: messages.update,
  });
  return app;
}

function wrongMethod(method: string, path: string): Refusal {
  return new Refusal(405, errorBody(405, `${path} cannot be asked to ${method}`));
}
