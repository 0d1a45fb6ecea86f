import { type Context, Hono } from 'hono';
import { serveResource } from '../../../serve/resource.ts';
import type { Desk, ServeEnvironment, SystemApi } from '../../../serve/system.ts';
import { presentConversation } from './conversations.ts';
import { type Listed, pageOf } from './listing.ts';
import { conversationProperties, readQuery, sessionProperties } from './query.ts';
import { errorBody, keyRefusal, locked, noSession, noSessionId, wrongMethod } from './refusals.ts';
import { openSessionShelf, type SessionShelf } from './session-shelf.ts';
import { isSessionId, type ServedSession } from './sessions.ts';

/**
 * Conversations are listed and nothing else; what was said in them is in the transcripts of their sessions.
 * @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/sdks/conversations/README.md
 */
export const syllableApi: SystemApi = { routes, errorBody, locked };

type Served = Context<ServeEnvironment>;

const CONVERSATIONS = '/api/v1/conversations';
const SESSIONS = '/api/v1/sessions';

function routes(desk: Desk): Hono<ServeEnvironment> {
  const app = new Hono<ServeEnvironment>();
  const sessions = openSessionShelf(desk.shelf);
  for (const path of [CONVERSATIONS, SESSIONS, `${SESSIONS}/:id/`, `${SESSIONS}/transcript/:id/`]) {
    app.all(path, redirect);
  }
  app.use('*', async (c, next) => {
    const refused = keyRefusal(c.req.header('syllable-api-key'), desk.token);
    if (refused) throw refused;
    await next();
  });
  const get = (path: string, answer: (c: Served) => Promise<Response>): void =>
    serveResource(app, path, { get: answer }, wrongMethod);
  get(`${CONVERSATIONS}/`, (c) => listConversations(c, desk));
  get(`${SESSIONS}/`, (c) => listSessions(c, sessions));
  get(`${SESSIONS}/:id`, async (c) => Response.json((await sessionFor(c, sessions)).value));
  get(`${SESSIONS}/transcript/:id`, async (c) => Response.json((await sessionFor(c, sessions)).transcript));
  return app;
}

/** Collections end in a slash and items do not; the other form leads there, before anybody looks at the key. */
function redirect(c: Served): Response {
  const location = new URL(c.req.url);
  const { pathname } = location;
  location.pathname = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  return new Response(null, { status: 307, headers: { location: location.href } });
}

async function listConversations(c: Served, { shelf }: Desk): Promise<Response> {
  const query = readQuery(c.req.queries(), conversationProperties);
  const items: Listed[] = [];
  for await (const shelved of shelf.list({ sort: 'created', order: 'desc' })) {
    items.push(presentConversation(shelved));
  }
  return Response.json(pageOf(items, query, ['timestamp', 'conversation_id']));
}

/** Sessions that were tests are hidden; searching for `is_test` shows them too, and leaves out no others. */
async function listSessions(c: Served, sessions: SessionShelf): Promise<Response> {
  const query = readQuery(c.req.queries(), sessionProperties);
  const searches = query.searches.filter(({ field }) => field !== 'is_test');
  const tests = query.searches.some(
    ({ field, value }) => field === 'is_test' && value.toLowerCase() === 'true',
  );
  const conversation = searches.find(({ field }) => field === 'conversation_id');
  const all = await sessions.list(conversation?.value);
  const items = tests ? all : all.filter(({ value }) => value['is_test'] !== true);
  return Response.json(pageOf(items, { ...query, searches }, ['timestamp']));
}

async function sessionFor(c: Served, sessions: SessionShelf): Promise<ServedSession> {
  const id = c.req.param('id') ?? '';
  if (!isSessionId(id)) throw noSessionId(id);
  const session = await sessions.find(id);
  if (!session) throw noSession(id);
  return session;
}
