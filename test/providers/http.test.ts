import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isObject } from '../../src/core/json.ts';
import type { HttpRequest } from '../../src/http/exchange.ts';
import { isUnsent } from '../../src/http/retry.ts';
import { clientOf, failureOf, providerOf, reading, searching, serving, writing } from './http-place.ts';

describe('a connection that breaks', () => {
  it.each([
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENETDOWN',
    'EHOSTDOWN',
    'ECONNREFUSED',
    'ERR_TLS_ANY',
    'CERT_ANY',
  ])(
    'with %s once the request is out is of unknown outcome for a write, which is not sent again',
    async (code) => {
      let asked = 0;
      const requests = startedRequests();
      const address = await serving(() => {
        asked += 1;
        requests.at(-1)?.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: 'read' }));
      });
      const { client } = clientOf(address, { retries: 2 });
      expect(await failureOf(client.send(writing))).toMatchObject({
        code: 'outcome_unknown',
        message: `OpenAI did not answer, and may have acted all the same: read ${code}`,
      });
      expect(asked).toBe(1);
    },
  );

  it('before it is made has changed nothing', async () => {
    const { client } = clientOf('http://127.0.0.1:1');
    expect(await failureOf(client.send(writing))).toMatchObject({ code: 'unavailable', retryable: true });
  });

  it.each([
    { code: 'EHOSTUNREACH', reached: 'nothing', unsent: true },
    { code: 'EHOSTUNREACH', reached: 'handshake', unsent: false },
    { code: 'EHOSTUNREACH', reached: 'system', unsent: false },
    { code: 'ETIMEDOUT', phase: 'lookup', reached: 'nothing', unsent: true },
    { code: 'ETIMEDOUT', phase: 'secureConnect', reached: 'handshake', unsent: true },
    { code: 'ETIMEDOUT', phase: 'request', reached: 'handshake', unsent: false },
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reached: 'handshake', unsent: true },
    { code: 'ERR_TLS_CERT_ALTNAME_INVALID', reached: 'system', unsent: false },
    { code: 'ECONNRESET', reached: 'handshake', unsent: false },
  ] as const)('is told by how far it got: $code $reached, unsent: $unsent', ({ unsent, ...breakdown }) => {
    expect(isUnsent(breakdown)).toBe(unsent);
  });
});

describe('an answer that leads elsewhere', () => {
  const other = 'http://127.0.0.2:1/x';

  it.each([
    ['300 without a place', 300, undefined, writing, 'outcome_unknown'],
    ['301', 301, '/x', writing, 'outcome_unknown'],
    ['302', 302, '/x', writing, 'outcome_unknown'],
    ['303', 303, '/x', writing, 'outcome_unknown'],
    ['303 to another address', 303, other, writing, 'outcome_unknown'],
    ['304', 304, undefined, writing, 'outcome_unknown'],
    ['307 without a place', 307, undefined, writing, 'outcome_unknown'],
    ['308 to no address', 308, 'http://[bad', writing, 'outcome_unknown'],
    ['307 to another address', 307, other, writing, 'unavailable'],
    ['308 to another address', 308, other, writing, 'unavailable'],
    ['303 to a search', 303, '/x', searching, 'unavailable'],
    ['304 to a read', 304, undefined, reading, 'unavailable'],
    ['302 without a place to a read', 302, undefined, reading, 'unavailable'],
    ['302 to another address to a read', 302, other, reading, 'unavailable'],
    ['302 to another protocol to a read', 302, 'ftp://h.example/', reading, 'unavailable'],
  ] satisfies [string, number, string | undefined, HttpRequest, string][])(
    '%s is not followed and ends as it has to',
    async (_, status, location, request, code) => {
      let asked = 0;
      const { client } = clientOf(
        await serving((_request, response) => {
          asked += 1;
          response.writeHead(status, location === undefined ? {} : { location }).end();
        }),
      );
      expect(await failureOf(client.send(request))).toMatchObject({ code, details: { status } });
      expect(asked).toBe(1);
    },
  );

  it('says for a write that it may have been done', async () => {
    const { client } = clientOf(
      await serving((_, response) => void response.writeHead(303, { location: '/x' }).end()),
    );
    expect(await failureOf(client.send(writing))).toMatchObject({
      message:
        'OpenAI answered with a redirect that cannot be followed (status 303), and may have acted all the same',
      details: { hint: 'look whether it was done before doing it again' },
    });
  });

  it('is followed by a write where the system says that it did not act, without a name or password', async () => {
    const { client, exchanges } = clientOf(
      await serving(({ url, headers }, response) => {
        if (url === '/there') response.end(JSON.stringify({ authorization: headers.authorization ?? null }));
        else response.writeHead(307, { location: `http://u:p@${headers.host}/there` }).end();
      }),
    );
    const { body } = await client.send(writing);
    expect(isObject(body) && body['authorization']).toMatch(/^Bearer /);
    expect(JSON.stringify(exchanges)).not.toContain('u:p@');
  });
});

describe('an answer that the system took too long', () => {
  it.each([
    ['write', 'outcome_unknown'],
    ['read', 'unavailable'],
  ])('is told of a %s as %s', async (kind, code) => {
    const address = await serving(({ method }, response) => {
      const status = (method === 'POST') === (kind === 'write') ? 408 : 200;
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end('{"error":{"message":"Too slow."}}');
    });
    const { provider } = await providerOf('orq', address, { generation: '4.2' });
    const work = kind === 'read' ? provider.show?.('c1') : provider.create?.(await orqRequest(), now);
    expect(await failureOf(work)).toMatchObject({
      code,
      message: 'Orq.ai: Too slow',
      details: { status: 408 },
    });
  });
});

describe('a header', () => {
  it.each(['organization', 'project'])(
    'that cannot be sent is refused by the name of its setting: %s',
    async (name) => {
      const { provider, exchanges } = await providerOf('openai', 'http://127.0.0.1:1', {
        [name]: 'a\u{1F600}b',
      });
      const failure = await failureOf(provider.show?.('conv_1'));
      expect(failure).toMatchObject({
        code: 'usage',
        message: `the ${name} in the configuration has characters that no ${name} of OpenAI has`,
      });
      expect(exchanges).toEqual([]);
    },
  );

  it('that nobody checked before is refused without its value, and nothing is sent', async () => {
    const { client, exchanges } = clientOf('http://127.0.0.1:1', { headers: { 'x-any': 'a\nb' } });
    expect(await failureOf(client.send(writing))).toMatchObject({
      code: 'usage',
      message: 'what is to be sent to OpenAI as x-any has characters that no header has',
    });
    expect(exchanges).toEqual([]);
  });
});

const now = { newId: false, dryRun: false };

async function orqRequest() {
  const { orqFormat } = await import('../../src/systems/orq/format.ts');
  return { format: orqFormat, kind: 'request' as const, value: { displayName: 'Demo', projectId: 'p' } };
}

/** The requests that this process makes, as they begin. */
function startedRequests(): ClientRequest[] {
  const requests: ClientRequest[] = [];
  const listen = (message: unknown): void => {
    const request: unknown =
      typeof message === 'object' && message !== null && 'request' in message ? message.request : undefined;
    if (request instanceof ClientRequest) requests.push(request);
  };
  subscribe('http.client.request.start', listen);
  onTestFinished(() => void unsubscribe('http.client.request.start', listen));
  return requests;
}
