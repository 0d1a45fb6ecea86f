import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../../src/core/json/parse.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { each, lookerDesk, textAt, textsOf } from './looker-desk.ts';
import type { Mounted } from './looker-shapes.ts';

function fixture(path: string): JsonObject {
  const value = parseJson(readFileSync(join(import.meta.dirname, '../fixtures', path), 'utf8'));
  if (!isObject(value)) throw new Error(`${path} is no object`);
  return value;
}

describe('a conversation of another format', () => {
  it.each([
    ['openai', 'openai/conversation.json', 'conv_123'],
    ['orq', 'orq/documented.json', 'conv_01jj1hdhn79xas7a01wb3hysdb'],
    ['orq', 'orq/wire-4.1.json', 'conv_01jj1hdhn79xas7a01wb3hysdb'],
    ['orq', 'orq/wire-4.2.json', 'conv_01jj1hdhn79xas7a01wb3hysdb'],
    ['syllable', 'syllable/listed.json', '1042'],
    ['syllable', 'syllable/sessions.json', '1042'],
    ['syllable', 'syllable/awkward.json', '1042'],
  ])('%s (%s) is read, listed and deleted, and not changed', async (format, path, id) => {
    const { ask, keep, store } = await lookerDesk();
    await keep(format, id, fixture(path));
    const { status, body } = await ask(`/conversations/${id}`);
    expect(status).toBe(200);
    expect(textAt(body, 'id')).toBe(id);
    expect((await ask(`/conversations/search?id=${id}`)).body).toEqual([body]);
    expect((await ask('/conversations/search')).body).toEqual([body]);
    const messages = await ask(`/conversations/${id}/messages`);
    expect(textsOf(messages.body, 'id')).toHaveLength(each(messages.body, 'id').length);
    for (const messageId of textsOf(messages.body, 'id')) {
      const message = await ask(`/conversations/${id}/messages/${messageId}`);
      expect([messageId, message.status]).toEqual([messageId, 200]);
      expect(messages.body).toContainEqual(message.body);
    }
    expect((await ask(`/conversations/${id}/messages`)).body).toEqual(messages.body);
    const kept = await store.read(id);
    expect((await ask(`/conversations/${id}`, { method: 'PATCH', body: { name: 'A' } })).status).toBe(400);
    const more = { method: 'POST', body: { messages: [] } };
    expect((await ask(`/conversations/${id}/messages`, more)).status).toBe(400);
    expect(await store.read(id)).toEqual(kept);
    expect((await ask(`/conversations?id=${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await store.read(id)).toBeUndefined();
  });

  it('has its words where Looker has them', async () => {
    const { ask, keep } = await lookerDesk();
    await keep('convo', 'c', {
      convo: 1,
      id: 'c',
      title: 'Weather',
      created_at: '2026-01-01T00:00:00Z',
      agent: { id: 'a1' },
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'Hot?' }] },
        { id: 'm2', role: 'assistant', parts: [{ type: 'text', text: 'No.' }] },
        { role: 'tool', parts: [{ type: 'text', text: 'unseen' }] },
      ],
    });
    expect((await ask('/conversations/search?name=weather&agent_id=a1')).body).toEqual([
      {
        id: 'c',
        name: 'Weather',
        created_at: '2026-01-01T00:00:00Z',
        agent_id: 'a1',
        messages: [
          { id: '1', order: 1, type: 'user', message: { userMessage: { text: 'Hot?' } } },
          {
            id: 'm2',
            order: 2,
            type: 'system',
            message: { systemMessage: { text: { parts: ['No.'], textType: 'FINAL_RESPONSE' } } },
          },
        ],
      },
    ]);
  });
});

describe('the agent of a conversation', () => {
  const sales = fixture('looker/sales.json');
  const later = ['golden_queries', 'golden_query_ids', 'workflow_params'];

  it('is shown as each version has it', async () => {
    const { askBare, keep, login } = await lookerDesk();
    await keep('looker@26.10', '0f1e2d3c4b5a69788796a5b4c3d2e1f0', sales);
    const agentAt = async (mounted: Mounted) => {
      const headers = { authorization: `token ${await login(mounted)}` };
      const { body } = await askBare('/conversations/0f1e2d3c4b5a69788796a5b4c3d2e1f0', { headers }, mounted);
      return isObject(body) ? body['conversation_agent'] : undefined;
    };
    expect(await agentAt('looker')).toEqual(sales['conversation_agent']);
    const agent = await agentAt('looker-26.4');
    expect(agent).toMatchObject({ name: 'Retail', context: { instructions: 'Use gross margin.' } });
    for (const name of later) expect(agent).not.toHaveProperty(name);
  });

  it('keeps what the other version does not know when the conversation is changed through it', async () => {
    const { askBare, keep, login, store } = await lookerDesk();
    const id = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';
    await keep('looker@26.10', id, sales);
    const headers = { authorization: `token ${await login('looker-26.4')}` };
    const asking = { method: 'PATCH', headers, body: { name: 'Sales Q4' } };
    const { status } = await askBare(`/conversations/${id}`, asking, 'looker-26.4');
    expect(status).toBe(200);
    expect((await store.read(id))?.record).toEqual({
      ...sales,
      name: 'Sales Q4',
      updated_at: expect.any(String),
    });
  });
});
