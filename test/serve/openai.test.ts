import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/core/schema/problems.ts';
import { openaiFormat } from '../../src/systems/openai/format.ts';
import { TOKEN } from './desk.ts';
import { dataOf, errorOf, idOf, idsOf, messageOf, messages, objectOf, openDesk } from './openai-desk.ts';

const pairs = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, 'value']));

describe('a conversation', () => {
  it('is created with its items, got, changed and deleted', async () => {
    const { call, errors } = await openDesk();
    const created = await call('POST', '/conversations', {
      metadata: { topic: 'demo' },
      items: [{ type: 'message', role: 'user', content: 'Hello!' }],
    });
    expect(created.status).toBe(200);
    const id = idOf(created.body);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^conv_[0-9a-z]{26}$/),
      object: 'conversation',
      created_at: expect.any(Number),
      metadata: { topic: 'demo' },
    });
    expect((await call('GET', `/conversations/${id}`)).body).toEqual(created.body);
    const changed = await call('POST', `/conversations/${id}`, { metadata: { topic: 'other' } });
    expect(changed.body).toEqual({ ...objectOf(created.body), metadata: { topic: 'other' } });
    expect((await call('DELETE', `/conversations/${id}`)).body).toEqual({
      id,
      object: 'conversation.deleted',
      deleted: true,
    });
    expect(errors).toEqual([]);
  });

  it('is created from a body that is empty, and from none', async () => {
    const { call, errors } = await openDesk();
    for (const body of [undefined, {}, { metadata: null, items: null }, { items: [] }]) {
      const { status, body: answer } = await call('POST', '/conversations', body);
      expect([status, objectOf(answer)['metadata']]).toEqual([200, {}]);
    }
    expect(errors).toEqual([]);
  });

  it('is an ordinary conversation of the store', async () => {
    const { create, store, errors } = await openDesk();
    const id = await create({ metadata: { topic: 'demo' }, items: messages(2) });
    const kept = await store.read(id);
    expect(kept).toMatchObject({ id, format: 'openai', record: { id, metadata: { topic: 'demo' } } });
    expect(problemsOf(openaiFormat.record(), kept?.record ?? {}, { strict: true })).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('has its metadata replaced whole, and emptied by null', async () => {
    const { call, create, errors } = await openDesk();
    const id = await create({ metadata: { one: '1', two: '2' }, items: messages(1) });
    const replaced = await call('POST', `/conversations/${id}`, { metadata: { two: '3' } });
    expect(objectOf(replaced.body)['metadata']).toEqual({ two: '3' });
    const cleared = await call('POST', `/conversations/${id}`, { metadata: null });
    expect(objectOf(cleared.body)['metadata']).toEqual({});
    expect(idsOf(await call('GET', `/conversations/${id}/items`))).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('takes its items out of reach when it is deleted, and can be deleted once', async () => {
    const { call, create, errors } = await openDesk();
    const id = await create({ items: messages(1) });
    const [item] = idsOf(await call('GET', `/conversations/${id}/items`));
    await call('DELETE', `/conversations/${id}`);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['POST', '', { metadata: {} }],
      ['DELETE', '', undefined],
      ['GET', '/items', undefined],
      ['POST', '/items', { items: [] }],
      ['GET', `/items/${item}`, undefined],
      ['DELETE', `/items/${item}`, undefined],
    ] as const) {
      const reply = await call(method, `/conversations/${id}${path}`, body && { ...objectOf(body) });
      expect(reply.body).toEqual({
        error: {
          message: `Conversation with id '${id}' not found.`,
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      });
      expect(reply.status).toBe(404);
    }
    expect(errors).toEqual([]);
  });

  it('keeps keys of metadata that are names of the language', async () => {
    const { ask, call, errors } = await openDesk();
    const { body } = await ask('/openai/v1/conversations', {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: '{"metadata": {"__proto__": "a", "constructor": "b"}}',
    });
    const path = `/conversations/${idOf(body)}`;
    const { metadata } = objectOf((await call('GET', path)).body);
    expect(JSON.stringify(metadata)).toBe('{"__proto__":"a","constructor":"b"}');
    expect(errors).toEqual([]);
  });
});

describe('limits of a conversation', () => {
  it('are 16 pairs of metadata with keys of 64 and values of 512 characters, and 20 items', async () => {
    const { call, errors } = await openDesk();
    const largest = { ...pairs(15), ['😀'.repeat(64)]: '😀'.repeat(512) };
    const fits = await call('POST', '/conversations', { metadata: largest, items: messages(20) });
    expect(fits.status).toBe(200);
    const refused = async (body: object) => errorOf(await call('POST', '/conversations', objectOf(body)));
    expect(await refused({ metadata: pairs(17) })).toEqual([400, 'object_above_max_properties', 'metadata']);
    expect(await refused({ metadata: { ['k'.repeat(65)]: '' } })).toEqual([
      400,
      'string_above_max_length',
      'metadata',
    ]);
    expect(await refused({ metadata: { topic: 'v'.repeat(513) } })).toEqual([
      400,
      'string_above_max_length',
      'metadata.topic',
    ]);
    expect(await refused({ metadata: { topic: 1 } })).toEqual([400, 'invalid_type', 'metadata.topic']);
    expect(await refused({ items: messages(21) })).toEqual([400, 'array_above_max_length', 'items']);
    expect(errors).toEqual([]);
  });

  it('are told in a sentence', async () => {
    const { call } = await openDesk();
    expect(messageOf(await call('POST', '/conversations', { items: messages(21) }))).toBe(
      "Invalid 'items': array too long. Expected an array with maximum length 20, but got an array with length 21 instead.",
    );
    expect(messageOf(await call('POST', '/conversations', { metadata: { a: 'v'.repeat(513) } }))).toBe(
      "Invalid 'metadata.a': string too long. Expected a string with maximum length 512, but got a string with length 513 instead.",
    );
  });

  it('bind changes and more items too', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create({ metadata: { topic: 'kept' } })}`;
    expect(errorOf(await call('POST', path, { metadata: pairs(17) }))).toEqual([
      400,
      'object_above_max_properties',
      'metadata',
    ]);
    expect(errorOf(await call('POST', `${path}/items`, { items: messages(21) }))).toEqual([
      400,
      'array_above_max_length',
      'items',
    ]);
    expect(objectOf((await call('GET', path)).body)['metadata']).toEqual({ topic: 'kept' });
    expect(dataOf(await call('GET', `${path}/items`))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
