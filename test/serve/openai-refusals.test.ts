import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { world } from '../../src/platform/world.ts';
import { createServer } from '../../src/serve/server.ts';
import type { Shelf } from '../../src/serve/shelf.ts';
import { openaiApi } from '../../src/systems/openai/server/api.ts';
import { openaiServer } from '../../src/systems/openai/server/index.ts';
import { serveStore, TOKEN } from './desk.ts';
import { errorOf, messageOf, messages, openDesk } from './openai-desk.ts';
import { failure } from './openai-shapes.ts';

const held = () => Promise.reject(new Failure('unavailable', 'held by another program', { busy: true }));

describe('a body that is refused', () => {
  it.each([
    ['no object', [], 'invalid_type', null],
    ['null', null, 'invalid_type', null],
    ['an unknown parameter', { title: 'a' }, 'unknown_parameter', 'title'],
    ['metadata of another type', { metadata: [] }, 'invalid_type', 'metadata'],
    ['items of another type', { items: 'a' }, 'invalid_type', 'items'],
    ['an item that is none', { items: ['a'] }, 'invalid_type', 'items[0]'],
    ['an item without a type', { items: [{}] }, 'missing_required_parameter', 'items[0].type'],
    ['a type that is unknown', { items: [{ type: 'telepathy' }] }, 'invalid_value', 'items[0].type'],
    [
      'an item that lacks something',
      { items: [...messages(1), { type: 'message', role: 'user' }] },
      'missing_required_parameter',
      'items[1].content',
    ],
    [
      'an unknown parameter in an item',
      { items: [{ role: 'user', content: 'a', created_at: 1 }] },
      'unknown_parameter',
      'items[0].created_at',
    ],
    [
      'who made an item',
      { items: [{ type: 'function_call', call_id: 'c', name: 'a', arguments: '', created_by: 'me' }] },
      'unknown_parameter',
      'items[0].created_by',
    ],
    [
      'a role that only stored messages have',
      { items: [{ role: 'critic', content: 'a' }] },
      'invalid_value',
      'items[0].role',
    ],
    [
      'a part that only users send',
      { items: [{ role: 'assistant', content: [{ type: 'input_text', text: 'a' }] }] },
      'invalid_value',
      'items[0].content[0].type',
    ],
    [
      'a part of another type',
      { items: [{ role: 'user', content: [{ type: 'input_text', text: 1 }] }] },
      'invalid_type',
      'items[0].content[0].text',
    ],
    [
      'a call_id that is too long',
      { items: [{ type: 'custom_tool_call', call_id: 'c'.repeat(65), name: 'a', input: '' }] },
      'string_above_max_length',
      'items[0].call_id',
    ],
    [
      'a call_id that is empty',
      { items: [{ type: 'custom_tool_call', call_id: '', name: 'a', input: '' }] },
      'string_below_min_length',
      'items[0].call_id',
    ],
    [
      'an id with a slash',
      { items: [{ id: 'a/b', role: 'user', content: 'a' }] },
      'invalid_value',
      'items[0].id',
    ],
  ])('is %s', async (_what, body, code, param) => {
    const { call, store, errors } = await openDesk();
    expect(errorOf(await call('POST', '/conversations', body))).toEqual([400, code, param]);
    for await (const { id } of store.scan({ damaged: () => undefined })) expect.fail(id);
    expect(errors).toEqual([]);
  });

  it('is told which values there are', async () => {
    const { call } = await openDesk();
    const parts = [{ type: 'input_text', text: 'a' }];
    const reply = await call('POST', '/conversations', { items: [{ role: 'assistant', content: parts }] });
    expect(messageOf(reply)).toBe(
      "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
    );
  });

  it('is malformed JSON, or JSON that cannot be kept exactly', async () => {
    const { ask, errors } = await serveStore();
    for (const body of ['{', '{"metadata": {"a": "b",}}', '{"a": 1, "a": 2}', '[12345678901234567890]']) {
      const reply = await ask('/openai/v1/conversations', {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}` },
        body,
      });
      expect(errorOf(reply)).toEqual([400, null, null]);
      failure.parse(reply.body);
    }
    expect(errors).toEqual([]);
  });

  it('lacks what an operation needs, or has what it does not take', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create()}`;
    expect(errorOf(await call('POST', path))).toEqual([400, 'missing_required_parameter', 'metadata']);
    expect(errorOf(await call('POST', path, { metadata: {}, items: [] }))).toEqual([
      400,
      'unknown_parameter',
      'items',
    ]);
    expect(errorOf(await call('POST', `${path}/items`, {}))).toEqual([
      400,
      'missing_required_parameter',
      'items',
    ]);
    expect(errorOf(await call('POST', `${path}/items`, { items: null }))).toEqual([
      400,
      'invalid_type',
      'items',
    ]);
    expect(errorOf(await call('POST', `${path}/items`, { items: [], metadata: {} }))).toEqual([
      400,
      'unknown_parameter',
      'metadata',
    ]);
    expect(errors).toEqual([]);
  });

  it('is too large', async () => {
    const { ask, errors } = await serveStore({ mostBytes: 1000 });
    const reply = await ask('/openai/v1/conversations', {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-length': '2000' },
      body: { metadata: { a: 'v'.repeat(2000) } },
    });
    expect(reply.status).toBe(413);
    failure.parse(reply.body);
    expect(errors).toEqual([]);
  });
});

describe('a request that is refused', () => {
  it('has no key, or another', async () => {
    const { ask, errors } = await serveStore();
    for (const headers of [{}, { authorization: 'Bearer another' }, { authorization: TOKEN }]) {
      for (const path of ['/conversations/conv_1', '/nowhere']) {
        const reply = await ask(`/openai/v1${path}`, { headers });
        expect(errorOf(reply)).toEqual([401, 'invalid_api_key', null]);
        expect(reply.headers.get('x-request-id')).toMatch(/^req_/);
        failure.parse(reply.body);
      }
    }
    expect(errors).toEqual([]);
  });

  it('goes to an unknown path', async () => {
    const { call, errors } = await openDesk();
    for (const path of ['/conversation', '/conversations/a/items/b/c', '/conversations/', '/responses']) {
      expect(errorOf(await call('GET', path))).toEqual([404, null, null]);
    }
    expect(errors).toEqual([]);
  });

  it('uses a method that the path does not have', async () => {
    const { call, errors } = await openDesk();
    for (const [method, path, allow] of [
      ['GET', '/conversations', 'POST'],
      ['PATCH', '/conversations/a', 'GET, POST, DELETE'],
      ['PUT', '/conversations/a/items', 'GET, POST'],
      ['POST', '/conversations/a/items/b', 'GET, DELETE'],
    ] as const) {
      const reply = await call(method, path);
      expect(errorOf(reply)).toEqual([405, null, null]);
      expect(reply.headers.get('allow')).toBe(allow);
    }
    expect(errors).toEqual([]);
  });

  it('asks for a page that cannot be', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create({ items: messages(1) })}/items`;
    const refused = async (query: string) => errorOf(await call('GET', `${path}?${query}`));
    expect(await refused('limit=0')).toEqual([400, 'integer_below_min_value', 'limit']);
    expect(await refused('limit=101')).toEqual([400, 'integer_above_max_value', 'limit']);
    expect(await refused('limit=ten')).toEqual([400, 'invalid_type', 'limit']);
    expect(await refused('limit=1.5')).toEqual([400, 'invalid_type', 'limit']);
    expect(await refused('order=up')).toEqual([400, 'invalid_value', 'order']);
    expect(await refused('include=all')).toEqual([400, 'invalid_value', 'include[0]']);
    expect(await refused('after=msg_nowhere')).toEqual([404, null, null]);
    expect(errors).toEqual([]);
  });

  it('comes while somebody else changes the conversation', async () => {
    const shelf: Shelf = {
      find: async () => undefined,
      async *list() {},
      create: held,
      change: held,
      remove: held,
    };
    const app = createServer({
      mounts: [{ system: openaiServer, api: openaiApi, desk: { shelf, token: TOKEN, world } }],
      onError: (error) => expect.fail(String(error)),
    });
    const answer = await app.request('/openai/v1/conversations/conv_1', {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: '{"metadata": null}',
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: 'conversation_locked', param: 'conversation', type: 'invalid_request_error' },
    });
  });
});
