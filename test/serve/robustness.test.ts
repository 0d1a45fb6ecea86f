import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { isObject, type JsonValue } from '../../src/core/json.ts';
import { listen } from '../../src/platform/http-server.ts';
import { world } from '../../src/platform/world.ts';
import { createServer } from '../../src/serve/server.ts';
import { openShelf, type Shelf } from '../../src/serve/shelf.ts';
import { openaiServer } from '../../src/systems/openai/server/index.ts';
import { listenTo, type ServedStore, serveStore, TOKEN } from './desk.ts';

const headers = { authorization: `Bearer ${TOKEN}` };
const hello = { type: 'message', role: 'user', content: 'Hello' };

describe('a server', () => {
  it('refuses what it could not read again, and what was there stays', async () => {
    const served = await serveStore();
    const id = await create(served);
    const path = `/openai/v1/conversations/${id}/items`;
    for (let levels = 492; levels < 500; levels += 1) {
      const call = {
        type: 'mcp_list_tools',
        id: `mcpl_${levels}`,
        server_label: 'deep',
        tools: [tool(levels)],
      };
      const answer = await served.ask(path, { method: 'POST', headers, body: { items: [call] } });
      const after = await served.ask(path, { headers });
      expect({ levels, answer: answer.status, after: after.status }).toMatchObject({ levels, after: 200 });
      if (answer.status !== 200) return expect(answer.status).toBe(400);
    }
    throw new Error('no depth was refused');
  });

  it('keeps each of 200 items that are appended at once to one conversation', async () => {
    const served = await serveStore();
    const path = `/openai/v1/conversations/${await create(served)}/items`;
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => {
        const items = [{ ...hello, content: `Hello ${index}` }];
        return served.ask(path, { method: 'POST', headers, body: { items } });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const texts = new Set<string>();
    for (let after = ''; ; ) {
      const { body } = await served.ask(`${path}?limit=100&order=asc${after && `&after=${after}`}`, {
        headers,
      });
      for (const text of JSON.stringify(body).match(/Hello \d+/g) ?? []) texts.add(text);
      if (!isObject(body) || body['has_more'] !== true) break;
      after = textOf(body, 'last_id');
    }
    expect(texts.size).toBe(200);
  });

  it('calls a full disk no locked conversation, and tells who runs it', async () => {
    const full = new Failure('unavailable', 'cannot use /data/tmp: no space is left');
    const errors: unknown[] = [];
    const app = await serverOver({ create: () => Promise.reject(full) }, errors);
    const answer = await app.request('/openai/v1/conversations', { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('/data');
    expect(errors).toEqual([full]);
  });

  it('names no file of its own to a client, and lets a damaged conversation be deleted', async () => {
    const served = await serveStore();
    await served.keep('openai', 'conv_1', {
      id: 'conv_1',
      object: 'conversation',
      created_at: 1,
      metadata: {},
    });
    writeFileSync(join(served.directory, 'conversations', await fileOf('conv_1')), '{"broken');
    const shown = await served.ask('/openai/v1/conversations/conv_1', { headers });
    expect(shown.status).toBe(500);
    expect(JSON.stringify(shown.body)).not.toContain(served.directory);
    expect(served.errors).toHaveLength(1);
    const gone = await served.ask('/openai/v1/conversations/conv_1', { method: 'DELETE', headers });
    expect(gone.status).toBe(200);
  });

  it('names every answer of OpenAI, also one that was chosen to fail or is too large to be read', async () => {
    const served = await serveStore({ mostBytes: 10, faults: ['status=500,first=1'] });
    const post = { method: 'POST', headers, body: { metadata: { topic: 'demo' } } };
    const answers = [
      await served.ask('/openai/v1/conversations', post),
      await served.ask('/openai/v1/conversations', post),
    ];
    expect(answers.map(({ status }) => status)).toEqual([500, 413]);
    for (const { headers: given } of answers) expect(given.get('x-request-id')).toMatch(/^req_/);
  });

  it('takes no notice of a client that leaves in the middle of its request', async () => {
    const served = await serveStore();
    const { port, hostname } = new URL(await listenTo(served));
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    const head = `POST /openai/v1/conversations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-length: 100\r\nexpect: 100-continue\r\n\r\n`;
    socket.write(head);
    await new Promise((resolve) => socket.once('data', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('{"me');
    socket.destroy();
    await closed;
    expect(await create(served)).toMatch(/^conv_/);
    expect(served.errors).toEqual([]);
  });
});

describe('a server that is to stop', () => {
  it('does not wait for connections on which nothing was asked, or half of it', async () => {
    const { port, close } = await listen(() => new Response('ok'), { host: '127.0.0.1', port: 0 });
    const sockets = ['', 'GET / HTTP/1.1\r\nhos'].map((text) => {
      const socket = connect(port, '127.0.0.1', () => void (text !== '' && socket.write(text)));
      return new Promise((resolve) => socket.on('error', resolve).once('close', resolve));
    });
    await (await fetch(`http://127.0.0.1:${port}`)).text();
    expect(await close(60_000)).toBe(0);
    await Promise.all(sockets);
  });

  it('lets a slow reader have the whole of its answer', async () => {
    const large = 'x'.repeat(8_000_000);
    const { port, close } = await listen(() => new Response(large), { host: '127.0.0.1', port: 0 });
    const answer = await fetch(`http://127.0.0.1:${port}`);
    const closed = close(60_000);
    expect((await answer.text()).length).toBe(large.length);
    expect(await closed).toBe(0);
  });

  it('gives up what takes longer than it may, and says how much that is', async () => {
    const { port, close } = await listen(() => new Promise<Response>(() => undefined), {
      host: '127.0.0.1',
      port: 0,
    });
    const socket = connect(port, '127.0.0.1');
    const asked = new Promise((resolve) => socket.once('data', resolve));
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n');
    await asked;
    expect(await close(1)).toBe(1);
  });
});

async function create(served: ServedStore): Promise<string> {
  const { body } = await served.ask('/openai/v1/conversations', { method: 'POST', headers, body: {} });
  return textOf(body, 'id');
}

function textOf(body: JsonValue | undefined, name: string): string {
  const value = isObject(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
}

/** A tool whose schema is nested so deep. */
function tool(levels: number): JsonValue {
  let schema: JsonValue = {};
  for (let level = 0; level < levels; level += 1) schema = { items: schema };
  return { name: 'deep', input_schema: schema };
}

async function serverOver(part: Partial<Shelf>, errors: unknown[]) {
  const served = await serveStore();
  const options = { store: served.store, format: 'openai', world, damaged: () => undefined } as const;
  const shelf = { ...(await openShelf(options)), ...part };
  const desk = { shelf, token: TOKEN, world };
  const mounts = [{ system: openaiServer, api: await openaiServer.load(), desk }];
  return createServer({ mounts, onError: (error) => void errors.push(error) });
}

async function fileOf(id: string): Promise<string> {
  const names = await import('../../src/store/names.ts');
  return `${await names.fileOf(id)}.json`;
}
