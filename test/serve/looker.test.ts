import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/core/schema/problems.ts';
import { formatNamed } from '../../src/formats/index.ts';
import type { Asking } from './desk.ts';
import { each, lookerDesk, problemsIn, textAt } from './looker-desk.ts';

const ERRORS = 'https://cloud.google.com/looker/docs/r/err/4.0';
const text = (said: string) => ({ type: 'user', message: { userMessage: { text: said } } });

describe('creating a conversation', () => {
  it('keeps a conversation that is an ordinary one of the store', async () => {
    const { ask, store } = await lookerDesk();
    const { status, body } = await ask('/conversations', {
      method: 'POST',
      body: {
        name: 'Sales Q3',
        agent_id: 'agent-1',
        sources: [{ model: 'shop', explore: 'orders' }],
        own: [1],
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Sales Q3',
      agent_id: 'agent-1',
      deleted: false,
      messages: [],
      own: [1],
    });
    const kept = await store.read(textAt(body, 'id'));
    expect(kept?.format).toBe('looker@26.10');
    expect(kept?.record).toEqual(body);
    const format = await formatNamed('looker@26.10').load();
    expect(problemsOf(format.record(), kept?.record ?? null)).toEqual([
      expect.objectContaining({ severity: 'warning', path: ['own'] }),
    ]);
  });

  it('through 26.4 keeps it as 26.4 has it', async () => {
    const { askBare, login, store } = await lookerDesk();
    const headers = { authorization: `token ${await login('looker-26.4')}` };
    const asking = { method: 'POST', headers, body: { name: 'Old' } };
    const { body } = await askBare('/conversations', asking, 'looker-26.4');
    expect((await store.read(textAt(body, 'id')))?.format).toBe('looker@26.4');
  });

  it('ignores what is read-only, messages among it', async () => {
    const { ask } = await lookerDesk();
    const { body } = await ask('/conversations', {
      method: 'POST',
      body: { name: 'A', id: 'mine', user_id: 7, created_at: 'never', messages: 'none', can: null },
    });
    expect(body).toMatchObject({ name: 'A', messages: [] });
    expect(textAt(body, 'id')).toMatch(/^[0-9a-f]{32}$/);
    expect(body).not.toHaveProperty('user_id');
    expect(body).not.toHaveProperty('can');
  });

  it('needs a name', async () => {
    const { ask } = await lookerDesk();
    for (const body of [undefined, {}, { category: null }]) {
      const reply = await ask('/conversations', { method: 'POST', ...(body && { body }) });
      expect(reply.status).toBe(422);
      const page = `${ERRORS}/422/post/conversations`;
      expect(reply.body).toEqual({
        message: 'Validation Failed',
        errors: [
          { field: 'name', code: 'missing_field', message: "'name' is required.", documentation_url: page },
        ],
        documentation_url: page,
      });
    }
  });

  it('names every field of a wrong type', async () => {
    const { ask } = await lookerDesk();
    const body = { name: 1, deleted: 'no', agent_id: [], sources: [{ model: 'm' }, { model: 2 }] };
    const reply = await ask('/conversations', { method: 'POST', body });
    expect(reply.status).toBe(422);
    const wrong = ['name', 'sources[1].model', 'agent_id', 'deleted'];
    expect(problemsIn(reply.body).toSorted()).toEqual(wrong.map((field) => `${field}: invalid`).toSorted());
  });

  it('takes a member called __proto__ as any other', async () => {
    const { ask, create } = await lookerDesk();
    await ask('/conversations', { method: 'POST', body: '{"name":"A","__proto__":{"deleted":true}}' });
    expect(each((await ask('/conversations/search')).body, 'deleted')).toEqual([false]);
    expect(await create({ name: 'B' })).toMatch(/^[0-9a-f]{32}$/);
  });

  it('answers with the fields that were asked for', async () => {
    const { ask } = await lookerDesk();
    const { body } = await ask('/conversations?fields=name,nothing', { method: 'POST', body: { name: 'A' } });
    expect(body).toEqual({ name: 'A' });
  });
});

describe('a conversation', () => {
  it('is given with its messages, or with what was asked for', async () => {
    const { ask, create } = await lookerDesk();
    const id = await create({ name: 'A' });
    await ask(`/conversations/${id}/messages`, {
      method: 'POST',
      body: { messages: [text('Hi'), text('Bye')] },
    });
    const { body } = await ask(`/conversations/${id}`);
    expect(body).toMatchObject({
      id,
      messages: [
        { order: 1, ...text('Hi') },
        { order: 2, ...text('Bye') },
      ],
    });
    const asked = encodeURIComponent('id, messages(order,message(userMessage(text),x)),messages(type)');
    expect((await ask(`/conversations/${id}?fields=${asked}`)).body).toEqual({
      id,
      messages: [
        { order: 1, ...text('Hi') },
        { order: 2, ...text('Bye') },
      ],
    });
  });

  it.each([
    'id,',
    ',id',
    'id,,name',
    'messages(',
    'messages()',
    'messages(id',
    'id)',
    '(id)',
    'a(b)(c)',
    'a(b)c',
  ])('is not given for malformed fields: %s', async (fields) => {
    const { ask, create } = await lookerDesk();
    const id = await create({ name: 'A' });
    const { status, body } = await ask(`/conversations/${id}?fields=${encodeURIComponent(fields)}`);
    expect(status).toBe(400);
    expect(textAt(body, 'documentation_url')).toBe(`${ERRORS}/400/get/conversations/:conversation_id`);
  });

  it('changes in what is written, and in its time of change', async () => {
    const { ask, create, store } = await lookerDesk();
    const id = await create({ name: 'A', category: 'conversation', own: 1 });
    const { record: before } = (await store.read(id)) ?? {};
    const body = { name: 'B', category: null, id: 'other', messages: [] };
    const reply = await ask(`/conversations/${id}`, { method: 'PATCH', body });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ ...before, name: 'B', category: null, updated_at: expect.any(String) });
    expect(textAt(reply.body, 'updated_at') > textAt(before, 'updated_at')).toBe(true);
    expect((await store.read(id))?.record).toEqual(reply.body);
  });

  it('is not changed to what it cannot be', async () => {
    const { ask, create, store } = await lookerDesk();
    const id = await create({ name: 'A' });
    const before = await store.read(id);
    const body = { name: null, deleted: 1, sources: {} };
    const reply = await ask(`/conversations/${id}`, { method: 'PATCH', body });
    expect(reply.status).toBe(422);
    expect(problemsIn(reply.body).toSorted()).toEqual([
      'deleted: invalid',
      'name: invalid',
      'sources: invalid',
    ]);
    expect(await store.read(id)).toEqual(before);
  });

  it('can be deleted with others, or not at all', async () => {
    const { ask, create } = await lookerDesk();
    const [a, b, c] = [await create({ name: 'A' }), await create({ name: 'B' }), await create({ name: 'C' })];
    expect((await ask(`/conversations?id=${a},unknown`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(`/conversations/${a}`)).status).toBe(200);
    expect((await ask(`/conversations?id=${a},%20${b},${a}`, { method: 'DELETE' })).status).toBe(204);
    expect(each((await ask('/conversations/search')).body, 'id')).toEqual([c]);
    expect((await ask('/conversations', { method: 'DELETE' })).status).toBe(400);
  });

  it('that is unknown is not found', async () => {
    const { ask } = await lookerDesk();
    const requests: [string, Asking][] = [
      ['/conversations/x', {}],
      ['/conversations/..%2f..%2fx', {}],
      ['/conversations/x', { method: 'PATCH', body: {} }],
      ['/conversations/x/messages', {}],
      ['/conversations/x/messages', { method: 'POST', body: { messages: [] } }],
      ['/conversations/x/messages?id=1', { method: 'DELETE' }],
      ['/conversations/x/messages/1', {}],
      ['/conversations/x/messages/1', { method: 'PATCH', body: {} }],
    ];
    for (const [path, asking] of requests) {
      expect([path, (await ask(path, asking)).status]).toEqual([path, 404]);
    }
  });
});

describe('bad requests', () => {
  it.each(['{', '[1', '"\ud800', '{"name":"A","name":"B"}', '{"name":1e400}', '[]', '"text"', 'null'])(
    'get an error body: %s',
    async (body) => {
      const { ask } = await lookerDesk();
      expect((await ask('/conversations', { method: 'POST', body })).status).toBe(400);
      expect((await ask('/conversations/search')).status).toBe(200);
    },
  );

  it('get 404 at an unknown path and 405 for an unknown method', async () => {
    const { ask } = await lookerDesk();
    expect((await ask('/agents/search')).status).toBe(404);
    expect((await ask('/login/7', { method: 'POST' })).status).toBe(404);
    const { status, headers } = await ask('/conversations');
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('POST, DELETE');
  });

  it('get 413 if they are too large', async () => {
    const { ask } = await lookerDesk({ mostBytes: 1000 });
    const body = { name: 'A'.repeat(2000) };
    expect((await ask('/conversations', { method: 'POST', body })).status).toBe(413);
  });
});
