import { type Context, Hono } from 'hono';
import { equal, type JsonObject, member } from '../../../core/json.ts';
import { readJson } from '../../../serve/body.ts';
import { serveResource } from '../../../serve/resource.ts';
import type { Shelved } from '../../../serve/shelf.ts';
import type { Desk, ServeEnvironment, SystemApi } from '../../../serve/system.ts';
import { namesOf, spellingOf } from '../spelling.ts';
import { nameFrom, withName, withUpdate } from './edit.ts';
import { type Generation, generation41, generation42 } from './generation.ts';
import { pageOf } from './list.ts';
import { errorBody, keyRefusal, locked, notFound, refusal, wrongMethod } from './refusals.ts';
import { checked, generateName, listQuery } from './requests.ts';

/** @see https://docs.orq.ai/docs/conversations/overview */
export const orqApi: SystemApi = apiOf(generation42);

export const orq41Api: SystemApi = apiOf(generation41);

type Served = Context<ServeEnvironment>;

function apiOf(generation: Generation): SystemApi {
  return { routes: (desk) => routesOf(desk, generation), errorBody, locked };
}

function routesOf(desk: Desk, generation: Generation): Hono<ServeEnvironment> {
  const app = new Hono<ServeEnvironment>();
  app.use('*', async (c, next) => {
    const refused = keyRefusal(c.req.header('authorization'), desk.token);
    if (refused) throw refused;
    await next();
  });
  const list = (c: Served) => listConversations(c, desk, generation);
  const bare = generation.listPath === '/v2/conversations';
  serveResource(
    app,
    '/v2/conversations',
    { get: bare ? list : redirect, post: (c) => createConversation(c, desk, generation) },
    wrongMethod,
  );
  serveResource(app, '/v2/conversations/', { get: bare ? redirect : list, post: redirect }, wrongMethod);
  serveResource(
    app,
    '/v2/conversations/:id',
    {
      get: async (c) => Response.json(generation.retrieve(await seen(idOf(c), desk, generation))),
      patch: (c) => updateConversation(c, desk, generation),
      delete: (c) => deleteConversation(c, desk, generation),
    },
    wrongMethod,
  );
  serveResource(
    app,
    '/v2/conversations/:id/generate-name',
    { post: (c) => nameConversation(c, desk, generation) },
    wrongMethod,
  );
  return app;
}

/** To the same path with or without its last slash. It names no host, so that a client keeps its key. */
function redirect(c: Served): Response {
  const { pathname, search } = new URL(c.req.url);
  const other = pathname.endsWith('/') ? pathname.slice(0, -1) : `${pathname}/`;
  return new Response(null, { status: 307, headers: { location: `${other}${search}` } });
}

async function createConversation(c: Served, desk: Desk, generation: Generation): Promise<Response> {
  const body = checked(generation.bodies.create(), await readJson(c));
  const created = await desk.shelf.create(generation.request(body));
  return Response.json(generation.present(created), { status: 201 });
}

async function listConversations(c: Served, desk: Desk, generation: Generation): Promise<Response> {
  const text = c.req.query('limit') ?? '10';
  const limit = /^-?\d+$/.test(text) ? Number(text) : text;
  checked(listQuery(), { limit });
  const entityId = c.req.query('entityId');
  const { data, more } = await pageOf(desk.shelf, {
    limit: Number(limit),
    startingAfter: c.req.query('startingAfter'),
    endingBefore: c.req.query('endingBefore'),
    visible: generation.visible,
    wanted: (record) => generation.listed(record, entityId),
  });
  return Response.json({ object: 'list', data: data.map(generation.present), has_more: more });
}

async function updateConversation(c: Served, desk: Desk, generation: Generation): Promise<Response> {
  const body = checked(generation.bodies.update(), await readJson(c));
  return change(c, desk, generation, (record) => withUpdate(record, body));
}

/**
 * A conversation can be named only while it has no name. The documentation calls that an empty one; `Untitled` counts
 * too, as a conversation that is created without a name is called that and could never be named otherwise.
 */
async function nameConversation(c: Served, desk: Desk, generation: Generation): Promise<Response> {
  const { context } = checked(generateName(), await readJson(c));
  return change(c, desk, generation, (record) => {
    const name = member(record, namesOf(spellingOf(record)).displayName);
    if (name !== '' && name !== 'Untitled') {
      throw refusal(400, 'the conversation already has a display name');
    }
    return withName(record, (typeof context === 'string' ? nameFrom(context) : undefined) ?? name);
  });
}

async function change(
  c: Served,
  desk: Desk,
  generation: Generation,
  edit: (record: JsonObject) => JsonObject,
): Promise<Response> {
  const id = idOf(c);
  await seen(id, desk, generation);
  const changed = await desk.shelf.change(id, (record, format) => {
    if (!generation.visible(record)) throw notFound(id);
    const edited = edit(record);
    if (equal(record, edited)) return record;
    return format.keeping.update?.touch(edited, desk.world) ?? edited;
  });
  if (!changed) throw notFound(id);
  return Response.json(generation.present(changed));
}

async function deleteConversation(c: Served, desk: Desk, generation: Generation): Promise<Response> {
  const id = idOf(c);
  await seen(id, desk, generation);
  if (!(await desk.shelf.remove(id))) throw notFound(id);
  return new Response(null, { status: 204 });
}

/** @throws Refusal 404 if this generation has no such conversation */
async function seen(id: string, desk: Desk, generation: Generation): Promise<Shelved> {
  const shelved = await desk.shelf.find(id);
  if (!shelved || !generation.visible(shelved.record)) throw notFound(id);
  return shelved;
}

function idOf(c: Served): string {
  return c.req.param('id') ?? '';
}
