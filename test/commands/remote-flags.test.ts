import { describe, expect, it } from 'vitest';
import { listenTo, serveStore, TOKEN } from '../serve/desk.ts';
import { fakeContext } from '../support/world.ts';

const offline = { OPENAI_BASE_URL: 'http://127.0.0.1:1', OPENAI_API_KEY: 'unused' };

describe('at a system', () => {
  it.each([
    [['--new-id'], '--new-id has no effect'],
    [['-q', '--dry-run'], '-q prints the id alone'],
  ])('create %j is refused, as it could have no effect', async (flags, message) => {
    const { run, stderr } = fakeContext({ environment: offline });
    expect(await run('create', '-p', 'openai', '--title', 'Demo', ...flags)).toBe(2);
    expect(stderr()).toContain(message);
  });

  it('a search asks for each conversation once, and says that it does', async () => {
    const served = await serveStore();
    for (const id of ['a', 'b']) {
      await served.keep('looker@26.10', id, {
        id,
        name: `Talk ${id}`,
        messages: [],
        created_at: '2026-06-01T09:00:00Z',
      });
    }
    const asked: string[] = [];
    const origin = await listenTo({
      fetch(request, bindings) {
        asked.push(new URL(request.url).pathname);
        return served.fetch(request, bindings);
      },
    });
    const { run, stdout, stderr } = fakeContext({
      environment: {
        LOOKERSDK_BASE_URL: `${origin}/looker`,
        LOOKERSDK_CLIENT_ID: 'convo',
        LOOKERSDK_CLIENT_SECRET: TOKEN,
      },
    });
    const code = await run('list', '-p', 'looker', '--where', 'messages.0.role=user', '--search', 'talk');
    expect({ code, stdout: stdout() }).toEqual({ code: 0, stdout: '[]\n' });
    expect(stderr()).toContain('Looker cannot search: each conversation is fetched to look through it');
    expect(asked.filter((path) => /conversations\/[ab]$/.test(path)).toSorted()).toEqual([
      '/looker/api/4.0/conversations/a',
      '/looker/api/4.0/conversations/b',
    ]);
  });

  it('of several that may have been deleted each is named', async () => {
    const served = await serveStore({ faults: ['status=500,method=DELETE'] });
    const origin = await listenTo(served);
    const { run, stderr } = fakeContext({
      environment: { OPENAI_BASE_URL: `${origin}/openai/v1`, OPENAI_API_KEY: TOKEN },
    });
    expect(await run('delete', 'conv_1', 'conv_2', '-p', 'openai', '--yes', '-o', 'json')).toBe(10);
    const ids = stderr()
      .trim()
      .split('\n')
      .flatMap((line) => /"code":"outcome_unknown".*"id":"(conv_\d)"/.exec(line)?.[1] ?? []);
    expect(ids).toEqual(['conv_1', 'conv_2']);
  });

  it('a conversation without its messages is one call at OpenAI', async () => {
    const served = await serveStore();
    await served.keep('openai', 'conv_1', {
      id: 'conv_1',
      object: 'conversation',
      created_at: 1,
      metadata: {},
    });
    let calls = 0;
    const origin = await listenTo({
      fetch(request, bindings) {
        calls += 1;
        return served.fetch(request, bindings);
      },
    });
    const { run } = fakeContext({
      environment: { OPENAI_BASE_URL: `${origin}/openai/v1`, OPENAI_API_KEY: TOKEN },
    });
    expect(await run('show', 'conv_1', '-p', 'openai', '--no-messages')).toBe(0);
    expect(calls).toBe(1);
  });
});
