import { describe, expect, it } from 'vitest';
import { type Desk, ids, openDesk, record } from './orq-desk.ts';
import { list41, list42, messageError } from './orq-shapes.ts';

describe("The list of Orq.ai's conversations", () => {
  it('has the standalone ones, or those of one entity', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('orq', 'alone', record('alone', 1));
    await keep('orq', 'null', record('null', 2, { metadata: { entity_id: null } }));
    await keep('orq', 'top', record('top', 3, { entity_id: 'agent_1' }));
    await keep('orq', 'inside', record('inside', 4, { metadata: { entity_id: 'agent_1' } }));
    await keep('orq', 'other', record('other', 5, { entity_id: 'agent_2' }));
    expect(ids(list42.parse((await call('GET', '/')).body).data)).toEqual(['null', 'alone']);
    expect(ids(list42.parse((await call('GET', '/?entityId=agent_1')).body).data)).toEqual(['inside', 'top']);
    expect((await call('GET', '/?entityId=agent_9')).body).toEqual({
      object: 'list',
      data: [],
      has_more: false,
    });
    expect(errors).toEqual([]);
  });

  it('has ten conversations, newest first, unless told otherwise', async () => {
    const desk = await openDesk();
    await keepNumbered(desk, 12);
    const page = list42.parse((await desk.call('GET', '/')).body);
    expect(ids(page.data)).toEqual(numbered(12, 3));
    expect(page.has_more).toBe(true);
    const all = list42.parse((await desk.call('GET', '/?limit=12')).body);
    expect(all.data.length).toBe(12);
    expect(all.has_more).toBe(false);
    expect(desk.errors).toEqual([]);
  });

  it('is walked from both ends', async () => {
    const desk = await openDesk();
    await keepNumbered(desk, 5);
    const page = async (query: string) => {
      const { data, has_more: more } = list42.parse((await desk.call('GET', `/?${query}`)).body);
      return [...ids(data), more];
    };
    expect(await page('limit=2&startingAfter=conv_4')).toEqual(['conv_3', 'conv_2', true]);
    expect(await page('limit=2&startingAfter=conv_2')).toEqual(['conv_1', false]);
    expect(await page('limit=2&startingAfter=conv_1')).toEqual([false]);
    expect(await page('limit=2&endingBefore=conv_1')).toEqual(['conv_3', 'conv_2', true]);
    expect(await page('limit=2&endingBefore=conv_3')).toEqual(['conv_5', 'conv_4', false]);
    expect(await page('limit=2&endingBefore=conv_5')).toEqual([false]);
    expect(await page('startingAfter=conv_5&endingBefore=conv_2')).toEqual(['conv_4', 'conv_3', false]);
    expect(await page('startingAfter=conv_2&endingBefore=conv_5')).toEqual([false]);
    expect(desk.errors).toEqual([]);
  });

  it('is whole and without repetition when it is followed page by page', async () => {
    const desk = await openDesk();
    for (const index of Array.from({ length: 23 }, (_, each) => each)) {
      const id = `conv_${String(index).padStart(2, '0')}`;
      await desk.keep('orq', id, record(id, 1000 - (index % 5), { entity_id: 'agent_1' }));
    }
    const seen: string[] = [];
    let query = '';
    for (let more = true; more; ) {
      const page = list41.parse((await desk.call41('GET', `?limit=4${query}`)).body);
      seen.push(...ids(page.data));
      query = `&startingAfter=${seen.at(-1) ?? ''}`;
      more = page.has_more;
    }
    expect(seen.length).toBe(23);
    expect(new Set(seen).size).toBe(23);
    expect(desk.errors).toEqual([]);
  });

  it('takes a conversation of another entity for a place', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('orq', 'new', record('new', 3));
    await keep('orq', 'moved', record('moved', 2, { entity_id: 'agent_1' }));
    await keep('orq', 'old', record('old', 1));
    expect(ids(list42.parse((await call('GET', '/?startingAfter=moved')).body).data)).toEqual(['old']);
    expect(ids(list42.parse((await call('GET', '/?endingBefore=moved')).body).data)).toEqual(['new']);
    expect(errors).toEqual([]);
  });

  it.each([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=ten',
    'limit=',
    'startingAfter=none',
    'endingBefore=none',
    'startingAfter=',
  ])('refuses %s', async (query) => {
    const { call, call41, errors } = await openDesk();
    for (const answer of [await call('GET', `/?${query}`), await call41('GET', `?${query}`)]) {
      expect(answer.status).toBe(400);
      messageError.parse(answer.body);
    }
    expect(errors).toEqual([]);
  });

  it('has in 4.1 all that have an entity, and knows no filter', async () => {
    const { call41, keep, errors } = await openDesk();
    await keep('orq', 'alone', record('alone', 1));
    await keep('orq', 'one', record('one', 2, { entity_id: 'agent_1' }));
    await keep('orq', 'two', record('two', 3, { metadata: { entity_id: 'agent_2', model: 'a/b' } }));
    const page = list41.parse((await call41('GET', '?entityId=agent_1')).body);
    expect(ids(page.data)).toEqual(['two', 'one']);
    expect((await call41('GET', '?startingAfter=alone')).status).toBe(400);
    expect(errors).toEqual([]);
  });
});

async function keepNumbered({ keep }: Desk, count: number): Promise<void> {
  for (const id of numbered(1, count)) await keep('orq', id, record(id, Number(id.slice(5))));
}

function numbered(from: number, to: number): string[] {
  const step = from < to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => `conv_${from + index * step}`);
}
