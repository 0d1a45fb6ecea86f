import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { listenTo, serveStore, TOKEN } from '../serve/desk.ts';
import { fixture, record } from '../serve/orq-desk.ts';
import { type FakeOptions, fakeContext } from '../support/world.ts';

async function openWorld(settings: JsonObject = {}, options: FakeOptions = {}) {
  const served = await serveStore();
  const paths: string[] = [];
  const origin = await listenTo({
    fetch: async (request, bindings) => {
      paths.push(`${request.method} ${new URL(request.url).pathname}`);
      return served.fetch(request, bindings);
    },
  });
  const world = fakeContext({ environment: { ORQ_API_KEY: TOKEN }, ...options });
  const configured = { system: 'orq', url: `${origin}/orq`, key: 'env:ORQ_API_KEY', ...settings };
  await (await world.context.settings()).write({ providers: { it: configured } });
  return { ...world, served, paths };
}

describe('create', () => {
  it('needs no --project where one is configured', async () => {
    const { run, stdout, stderr } = await openWorld({ project: 'prj_9' });
    expect(await run('create', '--title', 'Demo', '-p', 'it')).toBe(0);
    expect(JSON.parse(stdout())).toMatchObject({ displayName: 'Demo' });
    expect(stderr()).toBe('');
  });

  it('plans what it would send, with what is configured and without a key', async () => {
    const { run, stdout, paths } = await openWorld({ project: 'prj_9' }, { environment: {} });
    const words = ['create', '--title', 'Demo', '--entity', 'agent_1', '-p', 'it', '--dry-run'];
    expect(await run(...words)).toBe(0);
    expect(JSON.parse(stdout())).toMatchObject([
      {
        method: 'POST',
        body: { displayName: 'Demo', metadata: { entityId: 'agent_1' }, projectId: 'prj_9' },
      },
    ]);
    expect(paths).toEqual([]);
  });

  it('names both ways where nothing is configured', async () => {
    const { run, stderr } = await openWorld();
    expect(await run('create', '--title', 'Demo', '-p', 'it')).toBe(3);
    expect(stderr()).toContain('--entity <id> or --project <id>');
  });

  it('sends a record as the request that makes it, and reports what is lost', async () => {
    const files = { 'record.json': JSON.stringify(fixture('orq/wire-4.2')) };
    const { run, stdout, stderr } = await openWorld({}, { files, environment: { ORQ_API_KEY: TOKEN } });
    expect(await run('create', 'record.json', '--project', 'prj_1', '-p', 'it', '--dry-run')).toBe(0);
    expect(JSON.parse(stdout())[0].body).toEqual({
      displayName: 'Refund',
      projectId: 'prj_1',
      metadata: { generatingTitle: false, model: 'openai/gpt-4o' },
    });
    expect(stderr()).toContain('lost 1 × /messages (dropped)');
  });
});

describe('list', () => {
  it('needs no request per row for what the rows say themselves', async () => {
    const { run, stdout, served, paths } = await openWorld();
    for (const id of ['conv_1', 'conv_2']) await served.keep('orq', id, record(id, 1));
    expect(await run('list', '-p', 'it', '--where', 'title=conv_1', '-q')).toBe(0);
    expect(stdout()).toBe('conv_1\n');
    expect(paths).toEqual(['GET /orq/v2/conversations/']);
  });

  it('fetches what is asked of messages', async () => {
    const { run, stdout, served } = await openWorld();
    const messages = [{ role: 'user', parts: [{ kind: 'text', text: 'Hello' }] }];
    await served.keep('orq', 'conv_1', record('conv_1', 1, { messages }));
    expect(await run('list', '-p', 'it', '--where', 'messages.0.text=Hello', '-q')).toBe(0);
    expect(stdout()).toBe('conv_1\n');
  });
});
