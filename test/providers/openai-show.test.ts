import { describe, expect, it } from 'vitest';
import { type JsonObject } from '../../src/core/json.ts';
import { TOKEN } from '../serve/desk.ts';
import { answering, failing, lines, messages, now, openOpenAI, request, texts } from './openai-place.ts';

describe('showing', () => {
  it('reads every page, oldest first, with everything that can be asked for', async () => {
    const opened = await openOpenAI();
    const id = (await opened.provider.create?.(request({ items: messages(120) }), now))?.id ?? '';
    const before = opened.seen.length;
    const shown = await opened.provider.show?.(id);
    expect(texts(shown?.record)).toEqual(messages(120).map(({ content }) => content));
    const asked = opened.seen.slice(before).map(({ target }) => new URLSearchParams(target.split('?')[1]));
    expect(asked.map((query) => query.getAll('include[]').length)).toEqual([0, 8, 8]);
    expect(asked.map((query) => query.get('order'))).toEqual([null, 'asc', 'asc']);
  });

  it('keeps what is hidden from who does not ask', async () => {
    const { provider, served } = await openOpenAI();
    const items = [{ type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'sealed' }];
    const whole = { id: 'conv_1', object: 'conversation', created_at: 1, metadata: { n: 1 }, items };
    await served?.keep('openai', 'conv_1', whole);
    expect((await provider.show?.('conv_1'))?.record).toEqual(whole);
  });

  it('ends at a page that came before, and says so', async () => {
    const page = {
      object: 'list',
      data: [{ id: 'msg_1', type: 'message' }],
      last_id: 'msg_1',
      has_more: true,
    };
    const { provider, warnings } = await answering((line) =>
      Response.json(line.includes('/items') ? page : { id: 'conv_1', object: 'conversation', metadata: {} }),
    );
    const shown = await provider.show?.('conv_1');
    expect(shown?.record['items']).toEqual(page.data);
    expect(warnings).toEqual(['OpenAI gave the same page again; there may be more than is shown']);
  });

  it('goes on after a full page from a server that never says that there is more', async () => {
    const { provider } = await answering((line) => {
      if (!line.includes('/items')) return Response.json({ id: 'conv_1', object: 'conversation' });
      return Response.json(line.includes('after=msg_99') ? pageAt(100, 7) : pageAt(0, 100));
    });
    expect((await provider.show?.('conv_1'))?.record['items']).toHaveLength(107);
  });

  it('sends an id as one step of a path', async () => {
    const opened = await openOpenAI();
    expect(await opened.provider.show?.('a/b?c')).toBeUndefined();
    expect(lines(opened)).toEqual(['GET /conversations/a%2Fb%3Fc']);
    for (const id of ['', '.', '..']) expect(await opened.provider.show?.(id)).toBeUndefined();
    expect(opened.seen).toHaveLength(1);
  });

  it('sends organization and project', async () => {
    const { provider, seen } = await openOpenAI({ settings: { organization: 'org_1', project: 'proj_1' } });
    await provider.show?.('conv_1');
    expect(seen[0]?.headers.get('openai-organization')).toBe('org_1');
    expect(seen[0]?.headers.get('openai-project')).toBe('proj_1');
    expect(seen[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
  });
});

describe('errors', () => {
  it.each([
    [429, { message: 'You exceeded your current quota.', code: 'insufficient_quota' }, 'not_allowed'],
    [401, { message: 'Incorrect API key provided.', code: 'invalid_api_key' }, 'not_authenticated'],
    [429, { message: 'Rate limit reached.', code: 'rate_limit_exceeded' }, 'unavailable'],
    [400, { message: 'Invalid item', code: 'invalid_item', param: 'item' }, 'invalid'],
  ] as const)('%i %o is %s', async (status, error, code) => {
    const { provider } = await answering(() => failing(status, error), { settings: { retries: 0 } });
    const outcome = Promise.resolve(provider.create?.(request({}), now));
    await expect(outcome).rejects.toMatchObject({
      code,
      message: `OpenAI: ${error.message.replace(/\.$/, '')}`,
    });
  });
});

it('a quota that is used up is not asked for again', async () => {
  const error = { message: 'You exceeded your current quota.', code: 'insufficient_quota' };
  const { provider, seen } = await answering(() => failing(429, error));
  await expect(provider.show?.('conv_1')).rejects.toMatchObject({ code: 'not_allowed' });
  expect(seen).toHaveLength(1);
});

function pageAt(first: number, count: number): JsonObject {
  return {
    object: 'list',
    data: Array.from({ length: count }, (_, index) => ({ id: `msg_${first + index}`, type: 'message' })),
    has_more: false,
  };
}
