import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { dataOf, errorOf, fixture, idsOf, messages, objectOf, openDesk } from './openai-desk.ts';

const model: JsonObject = {
  convo: 1,
  id: 'conv_model',
  title: 'Weather',
  created_at: '2026-06-01T09:15:02Z',
  messages: [
    { role: 'user', parts: [{ type: 'text', text: 'Where?' }] },
    { role: 'assistant', parts: [{ type: 'text', text: 'At the lake.' }] },
  ],
};

const others = [
  ['convo', model, 'conv_model'],
  ['orq', fixture('orq/documented'), 'conv_01jj1hdhn79xas7a01wb3hysdb'],
  ['orq', fixture('orq/wire-4.1'), 'conv_01jj1hdhn79xas7a01wb3hysdb'],
  ['orq', fixture('orq/wire-4.2'), 'conv_01jj1hdhn79xas7a01wb3hysdb'],
  ['looker@26.10', fixture('looker/sales'), '0f1e2d3c4b5a69788796a5b4c3d2e1f0'],
  ['syllable', fixture('syllable/listed'), '1042'],
  ['syllable', fixture('syllable/sessions'), '1042'],
] as const;

describe("another system's conversation", () => {
  it.each(others)('is got, listed and deleted: %s', async (format, record, id) => {
    const { call, keep, store, errors } = await openDesk();
    await keep(format, id, record);
    const got = await call('GET', `/conversations/${id}`);
    expect([got.status, objectOf(got.body)['id']]).toEqual([200, id]);
    const listed = await call('GET', `/conversations/${id}/items?order=asc&limit=100`);
    expect(listed.status).toBe(200);
    expect((await call('GET', `/conversations/${id}/items?order=asc&limit=100`)).body).toEqual(listed.body);
    for (const [index, item] of idsOf(listed).entries()) {
      const one = await call('GET', `/conversations/${id}/items/${encodeURIComponent(item)}`);
      expect(one.body).toEqual(dataOf(listed)[index]);
    }
    expect((await call('DELETE', `/conversations/${id}`)).body).toMatchObject({ id, deleted: true });
    expect(await store.read(id)).toBeUndefined();
    expect(errors).toEqual([]);
  });

  it.each(others)('is not changed: %s', async (format, record, id) => {
    const { call, keep, store, errors } = await openDesk();
    await keep(format, id, record);
    const [item = 'msg_1'] = idsOf(await call('GET', `/conversations/${id}/items`));
    for (const reply of [
      await call('POST', `/conversations/${id}`, { metadata: {} }),
      await call('POST', `/conversations/${id}/items`, { items: messages(1) }),
      await call('DELETE', `/conversations/${id}/items/${encodeURIComponent(item)}`),
    ]) {
      expect(errorOf(reply)).toEqual([400, null, null]);
    }
    expect((await store.read(id))?.record).toEqual(record);
    expect(errors).toEqual([]);
  });

  it('says what its messages say', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('convo', 'conv_model', model);
    expect((await call('GET', '/conversations/conv_model')).body).toEqual({
      id: 'conv_model',
      object: 'conversation',
      created_at: 1780305302,
      metadata: { title: 'Weather' },
    });
    expect(dataOf(await call('GET', '/conversations/conv_model/items'))).toEqual([
      {
        type: 'message',
        id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'At the lake.', annotations: [], logprobs: [] }],
      },
      {
        type: 'message',
        id: expect.stringMatching(/^msg_[0-9a-f]{32}$/),
        status: 'completed',
        role: 'user',
        content: [{ type: 'input_text', text: 'Where?' }],
      },
    ]);
    expect(errors).toEqual([]);
  });

  it('is not there without what every conversation has', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('convo', 'conv_timeless', { convo: 1, id: 'conv_timeless' });
    expect(errorOf(await call('GET', '/conversations/conv_timeless'))).toEqual([404, null, null]);
    expect(errorOf(await call('DELETE', '/conversations/conv_timeless'))).toEqual([404, null, null]);
    expect(errors).toEqual([]);
  });
});

describe('a conversation as OpenAI returned it', () => {
  it('is given back as it was, with all that can be asked for', async () => {
    const { call, keep, errors } = await openDesk();
    const record = fixture('openai/conversation');
    await keep('openai', 'conv_123', record);
    const { items, ...conversation } = record;
    expect((await call('GET', '/conversations/conv_123')).body).toEqual(conversation);
    const query = 'order=asc&include[]=web_search_call.action.sources&include=reasoning.encrypted_content';
    expect(dataOf(await call('GET', `/conversations/conv_123/items?${query}`))).toEqual(items);
    expect(errors).toEqual([]);
  });
});
