import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openaiServer } from '../../src/systems/openai/server/index.ts';
import { listenTo, serveStore, TOKEN } from './desk.ts';

afterEach(() => vi.unstubAllEnvs());

/** The vendor's own client, pointed at the server by nothing but the variables that the server names. */
async function clientOf(key = TOKEN) {
  const served = await serveStore();
  const url = `${await listenTo(served)}${openaiServer.path}`;
  const variables = { ...openaiServer.environment(url), [openaiServer.key]: key };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return { ...served, client: new OpenAI() };
}

const said = (text: string) => ({ type: 'message', role: 'user', content: text }) as const;

function textOf(item: OpenAI.Conversations.ConversationItem): string | undefined {
  if (item.type !== 'message') return undefined;
  const [part] = item.content;
  return part?.type === 'input_text' ? part.text : undefined;
}

describe('the official client', () => {
  it('creates, retrieves, updates and deletes a conversation', async () => {
    const { client, store, errors } = await clientOf();
    const created = await client.conversations.create({
      metadata: { topic: 'demo' },
      items: [said('Hello!'), { type: 'message', role: 'assistant', content: 'Hi!' }],
    });
    expect(created).toMatchObject({ object: 'conversation', metadata: { topic: 'demo' } });
    expect(await client.conversations.retrieve(created.id)).toEqual(created);
    const updated = await client.conversations.update(created.id, { metadata: { topic: 'other' } });
    expect(updated.metadata).toEqual({ topic: 'other' });
    expect(await client.conversations.delete(created.id)).toEqual({
      id: created.id,
      object: 'conversation.deleted',
      deleted: true,
    });
    expect(await store.read(created.id)).toBeUndefined();
    expect((await client.conversations.create()).metadata).toEqual({});
    expect(errors).toEqual([]);
  });

  it.each(['asc', 'desc'] as const)('lists 45 items in pages of 20: %s', async (order) => {
    const { client, errors } = await clientOf();
    const texts = Array.from({ length: 45 }, (_, index) => `m${index}`);
    const { id } = await client.conversations.create();
    for (let at = 0; at < texts.length; at += 20) {
      const page = await client.conversations.items.create(id, {
        items: texts.slice(at, at + 20).map(said),
      });
      expect(page.data.map(textOf)).toEqual(texts.slice(at, at + 20));
    }
    const listed: (string | undefined)[] = [];
    for await (const item of client.conversations.items.list(id, { limit: 20, order })) {
      listed.push(textOf(item));
    }
    expect(listed).toEqual(order === 'asc' ? texts : texts.toReversed());
    expect(errors).toEqual([]);
  });

  it('retrieves an item with what it includes, and deletes it', async () => {
    const { client, errors } = await clientOf();
    const image = { type: 'input_image', detail: 'auto', image_url: 'https://example.com/a.png' } as const;
    const { id } = await client.conversations.create({
      items: [{ type: 'message', role: 'user', content: [image] }],
    });
    const [item] = (await client.conversations.items.list(id)).data;
    const itemId = item?.id ?? '';
    const whole = await client.conversations.items.retrieve(itemId, {
      conversation_id: id,
      include: ['message.input_image.image_url'],
    });
    expect(whole).toMatchObject({ content: [image] });
    expect(item).toMatchObject({ content: [{ ...image, image_url: null }] });
    expect(await client.conversations.items.delete(itemId, { conversation_id: id })).toEqual(
      await client.conversations.retrieve(id),
    );
    expect((await client.conversations.items.list(id)).data).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('throws its own errors', async () => {
    const { client, errors } = await clientOf();
    const missing = await client.conversations.retrieve('conv_x').catch((error: unknown) => error);
    expect(missing).toBeInstanceOf(NotFoundError);
    expect(missing).toMatchObject({
      status: 404,
      code: null,
      param: null,
      type: 'invalid_request_error',
      requestID: expect.stringMatching(/^req_[0-9a-f]{32}$/),
      message: "404 Conversation with id 'conv_x' not found.",
    });
    const items = Array.from({ length: 21 }, () => said('a'));
    const tooMany = await client.conversations.create({ items }).catch((error: unknown) => error);
    expect(tooMany).toBeInstanceOf(BadRequestError);
    expect(tooMany).toMatchObject({ status: 400, code: 'array_above_max_length', param: 'items' });
    expect(errors).toEqual([]);
  });

  it('is told that its key is wrong', async () => {
    const { client, errors } = await clientOf('another');
    const refused = await client.conversations.create().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AuthenticationError);
    expect(refused).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' });
    expect(errors).toEqual([]);
  });
});
