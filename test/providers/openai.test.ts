import { describe, expect, it } from 'vitest';
import { type JsonObject, member } from '../../src/core/json.ts';
import { conversation } from '../serve/openai-shapes.ts';
import {
  answering,
  failing,
  itemsSent,
  lines,
  messages,
  now,
  openOpenAI,
  record,
  request,
  setTopic,
  texts,
} from './openai-place.ts';

const only = { dryRun: false };

describe('creating', () => {
  it('sends twenty items at a time, in their order', async () => {
    const opened = await openOpenAI();
    const { provider } = opened;
    const made = await provider.create?.(request({ items: messages(45) }), now);
    expect(itemsSent(opened).map(({ length }) => length)).toEqual([20, 20, 5]);
    expect(texts(made?.record)).toEqual(messages(45).map(({ content }) => content));
    expect(conversation.parse(made?.record)).toBeDefined();
  });

  it('is one call for what has no items', async () => {
    const opened = await openOpenAI();
    const made = await opened.provider.create?.(request({ metadata: { topic: 'demo' } }), now);
    expect(lines(opened)).toEqual(['POST /conversations']);
    expect(made?.record).toMatchObject({ object: 'conversation', metadata: { topic: 'demo' }, items: [] });
  });

  it('leaves out of a record what OpenAI sets itself or does not know, and says so', async () => {
    const opened = await openOpenAI();
    const value: JsonObject = {
      id: 'conv_old',
      object: 'conversation',
      created_at: 1,
      metadata: {},
      items: [
        {
          type: 'message',
          id: 'msg_old',
          status: 'completed',
          role: 'user',
          content: [{ type: 'input_text', text: 'Hi', shade: 'blue' }],
        },
        {
          type: 'message',
          id: 'msg_old2',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Hello', annotations: [], logprobs: [] }],
        },
      ],
      tenant: 't',
    };
    const made = await opened.provider.create?.(record(value), now);
    expect(itemsSent(opened)).toEqual([
      [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { type: 'message', role: 'assistant', content: 'Hello' },
      ],
    ]);
    expect(made?.id).not.toBe('conv_old');
    expect(opened.warnings.filter((line) => /^assigned \/items\/\d\/id: /.test(line))).toHaveLength(2);
    expect(opened.warnings).toContain('not sent, as OpenAI documents no such members: /tenant');
    expect(opened.warnings).toContain(
      'not sent, as OpenAI documents no such members: /items/*/content/*/shade',
    );
  });

  it('names the type of each item and sends plain text of assistants as a string', async () => {
    const opened = await openOpenAI();
    const items: JsonObject[] = [
      { role: 'user', content: 'Hi' },
      { type: null, role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
    ];
    await opened.provider.create?.(request({ items }), now);
    expect(itemsSent(opened)).toEqual([
      [
        { type: 'message', role: 'user', content: 'Hi' },
        { type: 'message', role: 'assistant', content: 'Hello' },
      ],
    ]);
    expect(opened.warnings).toEqual([]);
  });

  it('says which conversation is there, and how to go on, if a later call fails', async () => {
    const opened = await openOpenAI({
      faults: ['status=500,method=POST,path=/conversations/*/items,nth=2'],
    });
    const outcome = opened.provider.create?.(request({ items: messages(45) }), now);
    const failure = await Promise.resolve(outcome).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'outcome_unknown', details: { status: 500 } });
    const { id, hint } = detailsOf(failure);
    expect(id).toMatch(/^conv_/);
    expect(hint).toBe(
      `${id} has the first 40 of 45 items, or more: look with \`convo show ${id} -p openai\`, then add the others with \`convo append ${id} -p openai …\`, or delete it with \`convo delete ${id} -p openai --items\``,
    );
    expect(texts((await opened.provider.show?.(id))?.record)).toHaveLength(40);
  });

  it('places what OpenAI finds wrong where it was given', async () => {
    const opened = await answering((line) => {
      if (line === 'POST /conversations') return Response.json({ id: 'conv_1', object: 'conversation' });
      return failing(400, { message: 'Invalid value.', code: 'invalid_value', param: 'items[3].content' });
    });
    await expect(opened.provider.create?.(request({ items: messages(25) }), now)).rejects.toMatchObject({
      code: 'invalid',
      message: 'OpenAI: Invalid value',
      details: { id: 'conv_1', issues: [{ path: '/items/23/content', message: 'Invalid value.' }] },
    });
  });

  it('is done even if the items cannot be read afterwards', async () => {
    const { provider, warnings } = await openOpenAI({
      faults: ['status=403,method=GET,path=/conversations/*/items'],
    });
    const made = await provider.create?.(request({ items: messages(1) }), now);
    expect(made?.id).toMatch(/^conv_/);
    expect(made && member(made.record, 'items')).toBeUndefined();
    expect(warnings.join()).toContain('could not be read again');
  });
});

describe('the plan', () => {
  it('of a conversation with many items has each call, and no key', async () => {
    const { provider, seen } = await openOpenAI({ key: '' });
    const plan = await provider.plan?.create?.(request({ items: messages(21) }));
    expect(plan?.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /openai/v1/conversations',
      'POST /openai/v1/conversations/%7Bid%7D/items',
    ]);
    expect(plan?.[1]?.url).toMatch(/\/conversations\/\{id\}\/items$/);
    expect(plan?.[0]?.headers).toEqual({
      'content-type': 'application/json',
      authorization: 'Bearer …',
    });
    expect(seen).toEqual([]);
  });

  it('of an update says that it has not read what is there', async () => {
    const { provider, warnings } = await openOpenAI();
    const plan = await provider.plan?.update?.('conv_1', setTopic('demo'));
    expect(plan).toMatchObject([{ method: 'POST', body: { metadata: { topic: 'demo' } } }]);
    expect(warnings).toEqual([
      'a dry run reads nothing: the metadata that is there is kept where nothing else is said',
    ]);
  });

  it('of a deletion has the items if they are meant too', async () => {
    const { provider } = await openOpenAI();
    const planned = async (items: boolean): Promise<unknown> =>
      (await provider.plan?.remove?.('conv_1', { dryRun: true, items }))?.map(
        ({ method, url }) => `${method} ${url.replace(/^.*\/v1/, '')}`,
      );
    expect(await planned(false)).toEqual(['DELETE /conversations/conv_1']);
    expect(await planned(true)).toEqual([
      'DELETE /conversations/conv_1/items/{item}',
      'DELETE /conversations/conv_1',
    ]);
  });

  it('of appending is what is sent', async () => {
    const opened = await openOpenAI();
    const made = await opened.provider.create?.(request({}), now);
    const id = made?.id ?? '';
    const plan = await opened.provider.plan?.append?.(id, async () => messages(30));
    await opened.provider.append?.(id, async () => messages(30), only);
    expect(plan?.map(({ body }) => body)).toEqual(itemsSent(opened).map((items) => ({ items })));
  });
});

function detailsOf(error: unknown): { readonly id: string; readonly hint: string } {
  const text = JSON.stringify(error);
  const { details } = JSON.parse(text);
  return details;
}
