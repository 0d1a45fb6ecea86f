import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { TOKEN } from '../serve/desk.ts';
import {
  answering,
  failing,
  lines,
  listed,
  messages,
  now,
  openOpenAI,
  request,
  texts,
} from './openai-place.ts';

const leftOut =
  'left out 1 conversation that is remembered here and cannot be seen with this key: deleted, or of another project';
const CANNOT = 'OpenAI cannot list conversations: these are the ones made or seen here';

describe('the list of remembered conversations', () => {
  it('has what was made and what was seen here, and says so', async () => {
    const opened = await openOpenAI();
    const { provider, served } = opened;
    const head = { object: 'conversation', created_at: 1, metadata: { title: 'Seen' }, items: [] };
    await served?.keep('openai', 'conv_seen', { id: 'conv_seen', ...head });
    await served?.keep('openai', 'conv_unseen', { id: 'conv_unseen', ...head });
    const made = await provider.create?.(request({ metadata: { title: 'Made' }, items: messages(1) }), now);
    await provider.show?.('conv_seen');
    const warnings: string[] = [];
    const rows = await listed(opened, { warn: (message) => warnings.push(message) });
    expect(rows.map(({ summary }) => [summary.id, summary.title, summary.messages])).toEqual([
      [made?.id, 'Made', null],
      ['conv_seen', 'Seen', null],
    ]);
    expect(warnings).toEqual([CANNOT]);
    expect(texts((await rows[0]?.load())?.record)).toEqual(['m0']);
    expect(rows[1]?.head?.record).toEqual({
      id: 'conv_seen',
      object: 'conversation',
      created_at: 1,
      metadata: { title: 'Seen' },
    });
  });

  it('is sorted, and cut to the limit, whatever order they were made in', async () => {
    const opened = await openOpenAI();
    for (const [id, created_at, title] of [
      ['conv_a', 2, 'z'],
      ['conv_b', 3, 'y'],
      ['conv_c', 1, 'x'],
    ] as const) {
      await opened.served?.keep('openai', id, {
        id,
        object: 'conversation',
        created_at,
        metadata: { title },
        items: [],
      });
      await opened.provider.show?.(id);
    }
    const ids = async (query: Parameters<typeof listed>[1]) =>
      (await listed(opened, query)).map(({ summary }) => summary.id);
    expect(await ids({})).toEqual(['conv_b', 'conv_a', 'conv_c']);
    expect(await ids({ order: 'asc', limit: 2 })).toEqual(['conv_c', 'conv_a']);
    expect(await ids({ sort: 'title', order: 'asc' })).toEqual(['conv_c', 'conv_b', 'conv_a']);
    expect(await ids({ limit: 0 })).toEqual([]);
  });

  it('leaves out what cannot be seen, says how many, and forgets none: the key may be of another project', async () => {
    const opened = await openOpenAI();
    const gone = await opened.provider.create?.(request({}), now);
    const kept = await opened.provider.create?.(request({}), now);
    await opened.served?.ask(`/openai/v1/conversations/${gone?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const warnings: string[] = [];
    const list = async () =>
      (await listed(opened, { warn: (message) => warnings.push(message) })).map(({ summary }) => summary.id);
    expect(await list()).toEqual([kept?.id]);
    expect(await list()).toEqual([kept?.id]);
    expect(warnings).toEqual([CANNOT, leftOut, CANNOT, leftOut]);
  });

  it('has them again when the key is that of their project', async () => {
    let isOther = false;
    const opened = await answering((line) => {
      if (line.startsWith('GET /conversations?')) return failing(404, { message: 'Invalid URL' });
      if (isOther) return failing(404, { message: 'Conversation not found.' });
      if (line.includes('/items')) return Response.json({ object: 'list', data: [], has_more: false });
      return Response.json({ id: 'conv_1', object: 'conversation', created_at: 1, metadata: {} });
    });
    await opened.provider.show?.('conv_1');
    isOther = true;
    const warnings: string[] = [];
    expect(await listed(opened, { warn: (message) => warnings.push(message) })).toEqual([]);
    expect(warnings).toEqual([CANNOT, leftOut]);
    isOther = false;
    expect(await listed(opened)).toHaveLength(1);
  });

  it('asks for four at a time', async () => {
    let made = 0;
    let waiting: (() => void)[] = [];
    const most: number[] = [];
    const opened = await answering(async (line) => {
      if (line === 'POST /conversations')
        return Response.json({ id: `conv_${(made += 1)}`, object: 'conversation' });
      if (line.startsWith('GET /conversations?')) return failing(405, { message: 'Invalid method' });
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        most.push(waiting.length);
        if (waiting.length < 4) return;
        for (const go of waiting) go();
        waiting = [];
      });
      return Response.json({
        id: line.slice('GET /conversations/'.length),
        object: 'conversation',
        created_at: 1,
        metadata: {},
      });
    });
    for (let count = 0; count < 8; count += 1) await opened.provider.create?.(request({}), now);
    expect(await listed(opened)).toHaveLength(8);
    expect(Math.max(...most)).toBe(4);
  });

  it('asks for no more after a failure', async () => {
    const opened = await openOpenAI({ faults: ['status=403,method=GET,path=/conversations/*'] });
    for (let count = 0; count < 12; count += 1) await opened.provider.create?.(request({}), now);
    await expect(listed(opened)).rejects.toMatchObject({ code: 'not_allowed' });
    const asked = lines(opened).filter((line) => line.startsWith('GET /conversations/'));
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});

describe('a server that lists conversations', () => {
  it('is asked for page after page, as rows are taken', async () => {
    const opened = await answering(listing);
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    expect(await listed(opened, { warn, limit: 3 })).toHaveLength(3);
    expect(lines(opened)).toEqual(['GET /conversations?limit=100&order=desc']);
    const rows = await listed(opened, { warn });
    expect(rows.map(({ summary }) => summary.id)).toEqual(
      Array.from({ length: 105 }, (_, index) => `conv_${index}`),
    );
    expect(lines(opened).slice(1)).toEqual([
      'GET /conversations?limit=100&order=desc',
      'GET /conversations?limit=100&order=desc&after=conv_99',
    ]);
    expect(warnings).toEqual([]);
  });

  it('is sorted here by what it cannot sort by', async () => {
    const rows = await listed(await answering(listing), { sort: 'title', order: 'asc', limit: 16 });
    expect(new Set(rows.map(({ summary }) => summary.title))).toEqual(new Set(['t0', 't1']));
  });

  it.each([
    ['a method it does not have', () => failing(405, { message: 'Invalid method' })],
    ['a path it does not have', () => new Response('<h1>Not Found</h1>', { status: 404 })],
    ['a page for people', () => new Response('<h1>Welcome</h1>')],
    ['something else', () => Response.json({ conversations: [] })],
  ] as const)('is not one that answers with %s', async (_, answer) => {
    const warnings: string[] = [];
    const opened = await answering(answer, { settings: { retries: 0 } });
    expect(await listed(opened, { warn: (message) => warnings.push(message) })).toEqual([]);
    expect(warnings).toEqual([CANNOT]);
  });

  it('is not taken for one that has no list when it refuses the key or is in trouble', async () => {
    for (const [status, code] of [
      [401, 'not_authenticated'],
      [403, 'not_allowed'],
      [503, 'unavailable'],
    ] as const) {
      const opened = await answering(() => failing(status, { message: 'No.' }), { settings: { retries: 0 } });
      await expect(listed(opened)).rejects.toMatchObject({ code });
    }
  });
});

function page(first: number, count: number, hasMore: boolean): JsonObject {
  return {
    object: 'list',
    data: Array.from({ length: count }, (_, index) => ({
      id: `conv_${first + index}`,
      object: 'conversation',
      created_at: 1000 - first - index,
      metadata: { title: `t${(first + index) % 7}` },
    })),
    last_id: `conv_${first + count - 1}`,
    has_more: hasMore,
  };
}

function listing(line: string): Response {
  return Response.json(line.includes('after=conv_99') ? page(100, 5, false) : page(0, 100, true));
}
