import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Document } from '../../src/core/document.ts';
import { lookerFormats } from '../../src/systems/looker/format.ts';
import { clientOf, failureOf, providerOf, reading, serving, writing } from './http-place.ts';
import { messages, now, request } from './openai-place.ts';

const MAY_HAVE = 'interrupted: OpenAI may have acted all the same';

describe('a stop', () => {
  it.each([
    ['interrupted', 130],
    ['terminated', 143],
  ] as const)('that meets a write under way says that it may have been done: %s', async (code, exitCode) => {
    const place = clientOf(await serving(() => place.stop(code)));
    expect(await failureOf(place.client.send(writing))).toMatchObject({
      code,
      exitCode,
      message: `${code}: OpenAI may have acted all the same`,
      details: { hint: 'look whether it did before doing it again' },
    });
  });

  it('that meets a read says no more than that', async () => {
    const place = clientOf(await serving(() => place.stop('interrupted')));
    const failure = await failureOf(place.client.send(reading));
    expect(failure.message).toBe('interrupted');
  });

  it('that comes before anything is sent says no more than that', async () => {
    const place = clientOf('http://127.0.0.1:1');
    place.stop('interrupted');
    expect((await failureOf(place.client.send(writing))).message).toBe('interrupted');
  });

  it('that meets the pause before a write is tried again says no more than that', async () => {
    const place = clientOf(
      await serving((_, response) => void response.writeHead(429, { 'retry-after': '30' }).end()),
      { retries: 2, onExchange: () => place.stop('interrupted') },
    );
    expect((await failureOf(place.client.send(writing))).message).toBe('interrupted');
    expect(place.exchanges).toMatchObject([{ status: 429 }]);
  });
});

describe('a stop of a create at OpenAI', () => {
  it('in its first call says that it may be there', async () => {
    const failure = await stoppedCreate('POST /conversations');
    expect(failure).toMatchObject({ code: 'interrupted', message: MAY_HAVE });
    expect(failure.details.id).toBeUndefined();
  });

  it('in its second call says which conversation is there, and how to go on', async () => {
    expect(await stoppedCreate('POST /conversations/conv_1/items')).toMatchObject({
      code: 'interrupted',
      message: MAY_HAVE,
      details: {
        id: 'conv_1',
        hint: expect.stringContaining(
          'conv_1 has the first 20 of 45 items, or more: look with `convo show conv_1',
        ),
      },
    });
  });

  it('once all is written says that it is, and which conversation that is', async () => {
    expect(await stoppedCreate('GET /conversations/conv_1/items')).toMatchObject({
      code: 'interrupted',
      message: 'interrupted: the items were written, and not read again',
      details: { id: 'conv_1', hint: 'see them with `convo show conv_1 -p openai`' },
    });
  });
});

describe('a stop of a create at Looker', () => {
  it.each([
    [
      'POST',
      'interrupted: the conversation was created, perhaps without its messages',
      'convo append 7 -p looker',
    ],
    ['GET', 'interrupted: it was written, and not read again', 'convo show 7 -p looker'],
  ])('once the conversation is there says so, and which it is: %s', async (method, message, hint) => {
    const place = await providerOf(
      'looker',
      await serving((asked, response) => {
        if (asked.url === '/api/4.0/login')
          return json(response, { access_token: 'any-token', expires_in: 60 });
        if (asked.url !== '/api/4.0/conversations' && asked.method === method)
          return place.stop('interrupted');
        return json(response, asked.url === '/api/4.0/conversations' ? { id: '7' } : []);
      }),
      { client_id: 'convo' },
    );
    const document: Document = {
      format: lookerFormats['looker@26.10'],
      kind: 'request',
      value: { name: 'Demo', messages: [{ type: 'user', message: { userMessage: { text: 'Hi' } } }] },
    };
    expect(await failureOf(place.provider.create?.(document, now))).toMatchObject({
      code: 'interrupted',
      message,
      details: { id: '7', hint: expect.stringContaining(hint) },
    });
  });
});

/** Stops the create of 45 items when this is asked for. */
async function stoppedCreate(line: string) {
  const place = await providerOf(
    'openai',
    await serving((asked, response) => {
      if (lineOf(asked) === line) return place.stop('interrupted');
      return json(response, { id: 'conv_1', object: 'conversation', created_at: 1, metadata: {} });
    }),
  );
  return failureOf(place.provider.create?.(request({ items: messages(45) }), now));
}

function lineOf({ method, url = '' }: IncomingMessage): string {
  return `${method} ${url.replace(/\?.*/, '')}`;
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
