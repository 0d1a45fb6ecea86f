import { describe, expect, it } from 'vitest';
import { orqApi } from '../../src/systems/orq/server/api.ts';
import { serveStore, TOKEN } from './desk.ts';
import { fixture, idOf, ids, openDesk, record } from './orq-desk.ts';
import {
  codedError,
  conversation41,
  conversation42,
  list41,
  list42,
  messageError,
  retrieved42,
} from './orq-shapes.ts';

describe('The edges of the API of Orq.ai', () => {
  it.each([
    [undefined, 'authentication_required'],
    ['', 'authentication_required'],
    ['Basic abc', 'authentication_required'],
    [TOKEN, 'authentication_required'],
    ['Bearer wrong', 'invalid_api_key'],
    [`Bearer ${TOKEN} more`, 'invalid_api_key'],
  ])('want the key: %s', async (authorization, code) => {
    const { ask, errors } = await serveStore();
    for (const path of ['/orq/v2/conversations/', '/orq-4.1/v2/conversations', '/orq/elsewhere']) {
      const answer = await ask(path, { headers: authorization === undefined ? {} : { authorization } });
      expect(answer.status).toBe(401);
      expect(codedError.parse(answer.body).error.code).toBe(code);
    }
    expect(errors).toEqual([]);
  });

  it('lead from either form of the path of the list to the other, on the same host', async () => {
    const { call, call41, errors } = await openDesk();
    const to = async (answer: ReturnType<typeof call>) => {
      const { status, headers, body } = await answer;
      expect([status, body]).toEqual([307, undefined]);
      return headers.get('location');
    };
    expect(await to(call('GET', '?limit=2&entityId=a%20b'))).toBe(
      '/orq/v2/conversations/?limit=2&entityId=a%20b',
    );
    expect(await to(call('GET', ''))).toBe('/orq/v2/conversations/');
    expect(await to(call('POST', '/', {}))).toBe('/orq/v2/conversations');
    expect(await to(call41('GET', '/?limit=2'))).toBe('/orq-4.1/v2/conversations?limit=2');
    expect(await to(call41('POST', '/', {}))).toBe('/orq-4.1/v2/conversations');
    expect(errors).toEqual([]);
  });

  it.each([
    ['PUT', '/', 405],
    ['DELETE', '', 405],
    ['PUT', '/conv_1', 405],
    ['POST', '/conv_1', 405],
    ['GET', '/conv_1/generate-name', 405],
    ['GET', '/conv_1/', 404],
    ['GET', '/conv_1/messages', 404],
    ['POST', '/conv_1/responses', 404],
  ])('say what there is not: %s %s', async (method, path, status) => {
    const { call, call41, errors } = await openDesk();
    for (const answer of [await call(method, path), await call41(method, path)]) {
      expect(answer.status).toBe(status);
      messageError.parse(answer.body);
      if (status === 405) expect(answer.headers.get('allow')).toMatch(/[A-Z]/);
    }
    expect(errors).toEqual([]);
  });

  it('refuse a body that is too large, and go on', async () => {
    const { ask, errors } = await serveStore({ mostBytes: 1000 });
    const headers = { authorization: `Bearer ${TOKEN}` };
    const post = (body: string) => ask('/orq/v2/conversations', { method: 'POST', headers, body });
    const answer = await post(JSON.stringify({ projectId: 'x'.repeat(1000) }));
    expect(answer.status).toBe(413);
    messageError.parse(answer.body);
    expect((await post('{"projectId":"prj_1"}')).status).toBe(201);
    expect(errors).toEqual([]);
  });

  it('have a body for each error that is nobody’s in particular', () => {
    for (const status of [400, 404, 405, 409, 413]) messageError.parse(orqApi.errorBody(status, 'so'));
    for (const status of [429, 500, 502, 503, 504]) codedError.parse(orqApi.errorBody(status, 'so'));
    expect(orqApi.errorBody(429, 'so')).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    const { status, body } = orqApi.locked();
    expect(status).toBe(409);
    messageError.parse(body);
  });
});

describe("Orq.ai's conversations in 4.1", () => {
  it('are created for an entity, in the store', async () => {
    const { call, call41, store, errors } = await openDesk();
    const body = { displayName: 'Refund', projectId: 'x', metadata: { entityId: 'agent_1', model: 'a/b' } };
    const answer = await call41('POST', '', body);
    expect(answer.status).toBe(201);
    const made = conversation41.parse(answer.body);
    expect(made).toMatchObject({
      entityId: 'agent_1',
      displayName: 'Refund',
      metadata: { entityId: 'agent_1' },
    });
    const kept = (await store.read(idOf(made)))?.record;
    expect(kept).toMatchObject({ entity_id: 'agent_1', display_name: 'Refund' });
    expect(kept).not.toHaveProperty('project_id');
    expect((await call41('GET', `/${idOf(made)}`)).body).toEqual(answer.body);
    retrieved42.parse((await call('GET', `/${idOf(made)}`)).body);
    expect(errors).toEqual([]);
  });

  it.each([
    {},
    { metadata: {} },
    { metadata: { entityId: null } },
    { displayName: 'x'.repeat(101), metadata: { entityId: 'a' } },
    { projectId: 'prj_1' },
  ])('cannot be created from %j', async (body) => {
    const { call41, errors } = await openDesk();
    const answer = await call41('POST', '', body);
    expect(answer.status).toBe(400);
    messageError.parse(answer.body);
    expect(errors).toEqual([]);
  });

  it('cannot be detached', async () => {
    const { call41, keep, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1, { entity_id: 'agent_1' }));
    expect((await call41('PATCH', '/conv_1', { metadata: { entityId: null } })).status).toBe(400);
    const moved = await call41('PATCH', '/conv_1', { metadata: { entityId: 'agent_2' } });
    expect(conversation41.parse(moved.body).entityId).toBe('agent_2');
    expect(errors).toEqual([]);
  });

  it('are returned without messages', async () => {
    const { call41, keep, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1, { entity_id: 'agent_1', messages: [] }));
    const answer = await call41('GET', '/conv_1');
    expect(conversation41.parse(answer.body)).toEqual({
      _id: 'conv_1',
      entityId: 'agent_1',
      kind: 'conversation',
      displayName: 'conv_1',
      createdAt: 1,
      updatedAt: 1,
    });
    expect(errors).toEqual([]);
  });

  it('are not there without an entity', async () => {
    const { call41, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1));
    for (const [method, path, body] of [
      ['GET', '/conv_1', undefined],
      ['PATCH', '/conv_1', { displayName: 'x' }],
      ['DELETE', '/conv_1', undefined],
      ['POST', '/conv_1/generate-name', { context: 'x' }],
    ] as const) {
      expect((await call41(method, path, body)).status).toBe(404);
    }
    expect(list41.parse((await call41('GET', '')).body).data).toEqual([]);
    expect(await store.read('conv_1')).toBeDefined();
    expect(errors).toEqual([]);
  });
});

describe("Other systems' conversations through Orq.ai's API", () => {
  const looker = fixture('looker/sales');
  const id = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

  it('are read and listed where they have what Orq.ai requires, and deleted', async () => {
    const { call, call41, keep, store, errors } = await openDesk();
    await keep('looker@26.10', id, { ...looker, name: 'Sales '.repeat(40) });
    const shown = retrieved42.parse((await call('GET', `/${id}`)).body);
    expect(shown).toMatchObject({ _id: id, metadata: { entityId: looker['agent_id'] } });
    expect(shown.messages.length).toBeGreaterThan(0);
    expect((await call('GET', `/${id}`)).body).toEqual(shown);
    conversation41.parse((await call41('GET', `/${id}`)).body);
    const listed = list42.parse((await call('GET', '/?entityId=00112233445566778899aabbccddeeff')).body);
    expect(ids(listed.data)).toEqual([id]);
    expect((await call('DELETE', `/${id}`)).status).toBe(204);
    expect(await store.read(id)).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it('cannot be changed', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('looker@26.10', id, { ...looker, name: 'Untitled' });
    const before = await store.read(id);
    for (const [method, path, body] of [
      ['PATCH', `/${id}`, { displayName: 'x' }],
      ['POST', `/${id}/generate-name`, { context: 'x' }],
    ] as const) {
      const answer = await call(method, path, body);
      expect(answer.status).toBe(400);
      messageError.parse(answer.body);
    }
    expect((await store.read(id))?.record).toEqual(before?.record);
    expect(errors).toEqual([]);
  });

  it('of our own format are read, listed and deleted', async () => {
    const { call, keep, errors } = await openDesk();
    const time = '2026-06-01T09:15:02.25Z';
    const messages = [
      { role: 'user', text: 'Hello' },
      { role: 'system', text: 'Be kind' },
      { role: 'assistant', created_at: '2026-06-01T09:15:03Z', text: 'Hi' },
    ];
    await keep('convo', 'c-1', {
      convo: 1,
      id: 'c-1',
      title: 'Chat',
      created_at: time,
      updated_at: time,
      agent: { id: 'a' },
      messages,
    });
    const shown = retrieved42.parse((await call('GET', '/c-1')).body);
    expect(shown.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(shown.createdAt).toBe(Date.parse(time));
    expect(ids(list42.parse((await call('GET', '/?entityId=a')).body).data)).toEqual(['c-1']);
    conversation42.parse(list42.parse((await call('GET', '/?entityId=a')).body).data[0]);
    expect((await call('DELETE', '/c-1')).status).toBe(204);
    expect(errors).toEqual([]);
  });

  it('are not there where they lack what Orq.ai requires', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('openai', 'conv_123', fixture('openai/conversation'));
    await keep('syllable', '1042', fixture('syllable/sessions'));
    for (const each of ['conv_123', '1042']) {
      expect((await call('GET', `/${each}`)).status).toBe(404);
      expect((await call('DELETE', `/${each}`)).status).toBe(404);
      expect(await store.read(each)).toBeDefined();
    }
    expect(list42.parse((await call('GET', '/')).body).data).toEqual([]);
    expect(errors).toEqual([]);
  });
});
