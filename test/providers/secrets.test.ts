import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../src/core/errors.ts';
import { concealer } from '../../src/http/conceal.ts';
import { renderFailure } from '../../src/output/diagnostics.ts';
import type { RemoteName } from '../../src/providers/remote.ts';
import { failureOf, KEY, PLAIN_KEY, type ProviderPlace, providerOf, serving } from './http-place.ts';

const systems: [RemoteName, Readonly<Record<string, string>>][] = [
  ['openai', {}],
  ['orq', { generation: '4.2' }],
  ['looker', { client_id: 'convo' }],
  ['syllable', {}],
];

/** Answers that repeat the key wherever it can be repeated. */
const echoes: Readonly<Record<string, (response: ServerResponse, secret: string) => void>> = {
  'in the words, the fields and the id of an error': (response, secret) => {
    response.writeHead(422, { 'content-type': 'application/json', 'x-request-id': `req-${secret}` });
    const message = `bad ${secret}, ${JSON.stringify(secret)}, ${Buffer.from(secret).toString('base64')}`;
    response.end(
      JSON.stringify({
        message,
        error: { message, type: 'x', param: `items[${secret}].x`, code: null },
        errors: [{ field: `messages[${secret}]`, message }],
        detail: [{ loc: ['body', secret], msg: message, type: 'x' }],
      }),
    );
  },
  'in a place to go to that is none': (response, secret) =>
    void response.writeHead(307, { location: `http://[bad ${secret}` }).end(),
  'in the id of an answer that cannot be read': (response, secret) =>
    void response.writeHead(200, { 'x-request-id': secret }).end('<h1>'),
  'in a line that is no header': ({ socket }, secret) =>
    void socket?.end(`HTTP/1.1 200 OK\r\nbad header ${secret}\r\n\r\n`),
};

describe.each(systems)('what %s repeats of a key', (name, more) => {
  it.each(Object.keys(echoes))('%s is told nobody', async (kind) => {
    const place = await providerOf(
      name,
      await serving((asked, response) => {
        if (isLogin(asked)) return json(response, { access_token: KEY, expires_in: 60 });
        return echoes[kind]?.(response, KEY);
      }),
      more,
    );
    expect(told(await failureOf(reading(place)), place)).not.toMatch(/planted|UGxhbnRlZC/i);
  });

  it('in a path of its own that it leads to is told nobody', async () => {
    const place = await providerOf(
      name,
      await serving((asked, response) => {
        if (isLogin(asked)) return json(response, { access_token: KEY, expires_in: 60 });
        if (asked.url?.startsWith('/end') === true) return void response.writeHead(400).end();
        const spelled = `/end/${encodeURIComponent(KEY)}/%50lanted%2fKey%2bof.Nobody-123?k=${KEY}`;
        return void response.writeHead(307, { location: spelled }).end();
      }),
      more,
    );
    const shown = told(await failureOf(reading(place)), place);
    expect(place.exchanges.at(-1)).toMatchObject({ status: 400 });
    expect(shown).not.toMatch(/planted/i);
  });
});

describe('a secret', () => {
  it('is told nobody where it is the name of another address', async () => {
    const place = await providerOf(
      'openai',
      await serving((_, response) => {
        response.writeHead(307, { location: `https://x.${PLAIN_KEY}.h.example/` }).end();
      }),
      { key: 'env:PLAIN' },
    );
    const failure = await failureOf(reading(place));
    expect(failure.message).toBe('OpenAI redirects to https://x.….h.example, where the key was not sent');
    expect(told(failure, place)).not.toMatch(/planted/i);
  });

  it('is left in a record, which is shown as it is', async () => {
    const head = { id: 'conv_1', object: 'conversation', created_at: 1, metadata: { note: KEY } };
    const { provider } = await providerOf(
      'openai',
      await serving(({ url = '' }, response) =>
        json(response, url.includes('/items') ? { object: 'list', data: [], has_more: false } : head),
      ),
    );
    expect((await provider.show?.('conv_1'))?.record).toEqual({ ...head, items: [] });
  });

  it('is replaced whole where another begins like it, and not looked for if there is none', () => {
    expect(concealer(['secret', 'secret-more'])('a secret-more and a SECRET')).toBe('a … and a …');
    expect(concealer(['', 'abc'])('abc')).toBe('abc');
  });
});

/** Asks for something, as each system can be asked. */
async function reading({ provider }: ProviderPlace): Promise<void> {
  const query = { sort: 'created', order: 'desc', warn: () => undefined } as const;
  if (provider.name === 'openai') await provider.show?.('conv_1');
  else for await (const _ of provider.list?.(query) ?? []) return;
}

/** All that people and programs are told of a failure. */
function told(failure: Failure, { exchanges, warnings }: ProviderPlace): string {
  const texts = [true, false].map((isJson) => renderFailure(failure, { json: isJson, verbose: true }));
  return [...texts, JSON.stringify(exchanges), ...warnings].join('\n');
}

function isLogin({ url }: IncomingMessage): boolean {
  return url === '/api/4.0/login';
}

function json(response: ServerResponse, value: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
