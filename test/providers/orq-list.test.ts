import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { Listed, Wanted } from '../../src/providers/provider.ts';
import { record } from '../serve/orq-desk.ts';
import { answering, lines, listed, openOrq } from './orq-place.ts';

const titles = (rows: readonly Listed[]) => rows.map(({ summary }) => summary.title);
const byEntity = (...values: Wanted['where'][number]['values']): Wanted => ({
  where: [{ path: ['agent', 'id'], values }],
});

const page = (...ids: readonly string[]): Response =>
  Response.json({ object: 'list', data: ids.map((id) => ({ _id: id })), has_more: true });

async function warned(wanted?: Wanted, settings: JsonObject = {}, version: '4.1' | '4.2' = '4.2') {
  const opened = await openOrq(version, { settings });
  const entity = { metadata: { entity_id: 'agent_1' }, entity_id: 'agent_1' };
  const other = { metadata: { entity_id: 'agent_2' }, entity_id: 'agent_2' };
  await opened.served?.keep('orq', 'conv_1', record('conv_1', 1, entity));
  await opened.served?.keep('orq', 'conv_2', record('conv_2', 2, other));
  await opened.served?.keep('orq', 'conv_3', record('conv_3', 3));
  const warnings: string[] = [];
  const rows = await listed(opened, { wanted, warn: (message) => void warnings.push(message) });
  return { rows: titles(rows), warnings, queries: lines(opened) };
}

async function withMany(count: number, options: Parameters<typeof openOrq>[1] = {}) {
  const opened = await openOrq('4.2', options);
  for (let index = 0; index < count; index += 1) {
    const id = `conv_${String(index).padStart(4, '0')}`;
    await opened.served?.keep('orq', id, record(id, 1_766_000_000_000 + index));
  }
  return opened;
}

describe('the order', () => {
  it('of the newest first streams: a page is asked for when the rows before are taken', async () => {
    const opened = await withMany(130);
    const query = { sort: 'created', order: 'desc', warn: () => undefined } as const;
    const ids: string[] = [];
    for await (const { summary } of opened.provider.list?.(query) ?? []) {
      ids.push(summary.id);
      expect(opened.seen).toHaveLength(ids.length <= 100 ? 1 : 2);
    }
    expect(ids).toEqual(Array.from({ length: 130 }, (_, i) => `conv_${String(129 - i).padStart(4, '0')}`));
    expect(lines(opened)).toEqual([
      'GET /conversations/?limit=100',
      'GET /conversations/?limit=100&startingAfter=conv_0030',
    ]);
  });

  it('asks for no more than is to be shown', async () => {
    const opened = await withMany(5);
    expect(titles(await listed(opened, { limit: 2 }))).toEqual(['conv_0004', 'conv_0003']);
    expect(await listed(opened, { limit: 0 })).toEqual([]);
    expect(lines(opened)).toEqual(['GET /conversations/?limit=2']);
  });

  it('of any other kind is made of all rows', async () => {
    const opened = await withMany(4);
    const some = await listed(opened, { sort: 'title', order: 'asc', limit: 3 });
    expect(titles(some)).toEqual(['conv_0000', 'conv_0001', 'conv_0002']);
    expect(titles(await listed(opened, { order: 'asc', limit: 1 }))).toEqual(['conv_0000']);
  });

  it('lets pages that are too old be', async () => {
    const opened = await withMany(301);
    const since = new Date(1_766_000_000_250).toISOString();
    await listed(opened, { wanted: { since, where: [] } });
    expect(opened.seen).toHaveLength(2);
  });
});

describe('a row', () => {
  it('has the conversation but its messages, and loads the whole', async () => {
    const opened = await openOrq('4.2');
    const messages = [{ role: 'user', parts: [{ kind: 'text', text: 'Hello' }] }];
    await opened.served?.keep('orq', 'conv_1', record('conv_1', 1, { messages }));
    const [row] = await listed(opened);
    expect(row?.summary).toMatchObject({ id: 'conv_1', title: 'conv_1', format: 'orq', messages: null });
    expect(row?.head?.record).toMatchObject({ _id: 'conv_1', displayName: 'conv_1' });
    expect((await row?.load())?.record).toEqual((await opened.provider.show?.('conv_1'))?.record);
  });

  it('that is gone before it is loaded is said to be', async () => {
    const opened = await withMany(1);
    const [row] = await listed(opened);
    await opened.provider.remove?.('conv_0000', { dryRun: false });
    await expect(row?.load()).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what is left out', () => {
  const alone =
    'Orq.ai lists only conversations that belong to no entity; those of an entity are listed with --where agent.id=<id>';

  it('is said: those of entities, when none is named', async () => {
    const { rows, warnings } = await warned();
    expect([rows, warnings]).toEqual([['conv_3'], [alone]]);
  });

  it('is nothing when one is asked for', async () => {
    const { rows, warnings, queries } = await warned(byEntity('agent_1'));
    expect([rows, warnings]).toEqual([['conv_1'], []]);
    expect(queries).toEqual(['GET /conversations/?limit=100&entityId=agent_1']);
  });

  it('is said: those of other entities, when one is configured', async () => {
    const { rows, warnings } = await warned(undefined, { entity: 'agent_2' });
    expect(rows).toEqual(['conv_2']);
    expect(warnings).toEqual([
      'only conversations of the entity "agent_2" are listed, which is set for Orq.ai',
    ]);
  });

  it('is asked for all the same by who names another entity, or none', async () => {
    expect((await warned(byEntity('agent_1'), { entity: 'agent_2' })).rows).toEqual(['conv_1']);
    const none = await warned(byEntity('null', null), { entity: 'agent_2' });
    expect([none.rows, none.warnings]).toEqual([['conv_3'], [alone]]);
  });

  it('is nothing up to 4.1, also if nobody said that it is 4.1', async () => {
    for (const settings of [{}, { generation: '4.1' }]) {
      const { rows, warnings, queries } = await warned(undefined, settings, '4.1');
      expect([rows, warnings]).toEqual([['conv_2', 'conv_1'], []]);
      const slash = 'generation' in settings ? '' : '/';
      expect(queries[0]).toBe(`GET /conversations${slash}?limit=100`);
    }
  });

  it('is what 4.1 was not asked for, as it cannot be asked', async () => {
    const settings = { generation: '4.1', entity: 'agent_1' };
    expect((await warned(undefined, settings, '4.1')).rows).toEqual(['conv_1']);
  });
});

describe('a server that goes in circles', () => {
  it.each([
    ['with the same page', [page('conv_1')]],
    ['with a page that has no id', [page('conv_1'), Response.json({ data: [{}], has_more: true })]],
  ])('%s is left, and said to have more', async (_, answers) => {
    const opened = await answering(answers);
    const warnings: string[] = [];
    expect((await listed(opened, { warn: (message) => void warnings.push(message) })).length).toBe(2);
    expect(warnings.at(-1)).toBe('Orq.ai has more conversations, and does not say where they begin');
  });

  it('with no list at all is an error', async () => {
    const opened = await answering([Response.json({ items: [] })]);
    await expect(listed(opened)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
