import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { Listed, Wanted } from '../../src/providers/provider.ts';
import { fixture, record } from '../serve/syllable-desk.ts';
import { answering, listed, openSyllable, page, targets } from './syllable-place.ts';

const ids = (rows: readonly Listed[]) => rows.map(({ summary }) => summary.id);
const where = (path: string, ...values: Wanted['where'][number]['values']): Wanted => ({
  where: [{ path: path.split('.'), values }],
});

async function withSome() {
  const opened = await openSyllable();
  for (const [index, id] of ['c', 'a', 'b'].entries()) {
    const others = { agent_id: String(index), agent_name: 'Front desk', llm_model: null };
    await opened.served?.keep('syllable', id, record(id, `2024-06-19T0${index}:00:00Z`, others));
  }
  return opened;
}

describe('the order', () => {
  it('by time is Syllable’s own', async () => {
    const opened = await withSome();
    expect(ids(await listed(opened))).toEqual(['b', 'a', 'c']);
    expect(ids(await listed(opened, { order: 'asc', limit: 2 }))).toEqual(['c', 'a']);
    expect(targets(opened)).toEqual([
      '/conversations/?page=0&limit=100&order_by=timestamp&order_by_direction=desc',
      '/conversations/?page=0&limit=2&order_by=timestamp&order_by_direction=asc',
    ]);
  });

  it('by anything that it does not know is that of the ids', async () => {
    const opened = await withSome();
    expect(ids(await listed(opened, { sort: 'updated', order: 'desc', limit: 2 }))).toEqual(['a', 'b']);
    expect(ids(await listed(opened, { sort: 'title', order: 'asc' }))).toEqual(['a', 'b', 'c']);
  });
});

describe('the filters', () => {
  it.each([
    ['agent.id', 'agent_id'],
    ['agent.name', 'agent_name'],
    ['agent.type', 'agent_type'],
    ['prompt.id', 'prompt_id'],
    ['prompt.name', 'prompt_name'],
    ['model.provider', 'llm_provider'],
    ['model.name', 'llm_model'],
    ['model.version', 'llm_version'],
  ])('of %s are Syllable’s of %s', async (path, field) => {
    const opened = await openSyllable();
    await listed(opened, { wanted: where(path, '7', 7) });
    expect(targets(opened)[0]).toContain(`&search_fields=${field}&search_field_values=7`);
  });

  it.each<[string, Wanted]>([
    ['of several values', where('agent.id', '"7"', '7')],
    ['of null', where('agent.id', 'null', null)],
    ['of nothing', where('agent.id', '')],
    ['of what it cannot search', where('prompt.version', '7')],
  ])('%s are not passed on', async (_, wanted) => {
    const opened = await openSyllable();
    await listed(opened, { wanted });
    expect(targets(opened)[0]).not.toContain('search');
  });

  it('go together', async () => {
    const opened = await withSome();
    const both = [...where('agent.name', 'Front desk').where, ...where('agent.id', '1', 1).where];
    expect(ids(await listed(opened, { wanted: { where: both } }))).toEqual(['a']);
  });

  it('of time leave room for a start that is not in it, and are of the time of creation alone', async () => {
    const opened = await withSome();
    const wanted = { since: '2024-06-19T01:00:00Z', until: '2024-06-19T02:00:00Z', where: [] };
    expect(ids(await listed(opened, { wanted }))).toEqual(['a']);
    expect(targets(opened)[0]).toContain(
      '&start_datetime=2024-06-19T00:59:59Z&end_datetime=2024-06-19T02:00:00Z',
    );
    expect(await listed(opened, { wanted, sort: 'updated' })).toHaveLength(3);
  });
});

describe('a row', () => {
  it('counts no messages, and loads the whole without looking for it in the list', async () => {
    const opened = await openSyllable();
    await opened.served?.keep('syllable', '1042', fixture('syllable/sessions'));
    const [row] = await listed(opened);
    expect(row?.summary).toMatchObject({ id: '1042', title: null, agent: '7', messages: null });
    expect((await row?.load())?.record).toEqual((await opened.provider.show?.('1042'))?.record);
    const lists = targets(opened).filter((target) => target.startsWith('/conversations'));
    expect(lists).toHaveLength(2);
  });

  it('of a conversation without sessions loads what there is', async () => {
    const opened = await withSome();
    const [row] = await listed(opened, { limit: 1 });
    expect((await row?.load())?.record).toMatchObject({ conversation_id: 'b', sessions: [] });
  });

  it('says that test sessions are hidden', async () => {
    const warnings: string[] = [];
    await listed(await withSome(), { warn: (message) => void warnings.push(message) });
    expect(warnings).toEqual(['Syllable does not list the conversations of test sessions']);
  });
});

const row = (id: number): JsonObject => record(String(id), '2024-06-19T00:00:00Z');

async function paged(pages: readonly JsonObject[][], size: number) {
  const opened = await answering(({ searchParams }) =>
    page(pages[Number(searchParams.get('page'))] ?? [], size),
  );
  const warnings: string[] = [];
  const rows = await listed(opened, { warn: (message) => void warnings.push(message) });
  return { ids: ids(rows), asked: opened.seen.length, warnings: warnings.slice(1) };
}

describe('pages', () => {
  it('end with one that is shorter than Syllable’s pages are', async () => {
    expect(await paged([[row(1), row(2)], [row(3)]], 2)).toMatchObject({ ids: ['1', '2', '3'], asked: 2 });
  });

  it('end with an empty one', async () => {
    expect(
      await paged(
        [
          [row(1), row(2)],
          [row(3), row(4)],
        ],
        2,
      ),
    ).toMatchObject({ asked: 3 });
  });

  it('that move on while they are read give no row twice', async () => {
    const { ids: given } = await paged([[row(1), row(2)], [row(2), row(3)], [row(4)]], 2);
    expect(given).toEqual(['1', '2', '3', '4']);
  });

  it('that never change are left, and said to be', async () => {
    const same = [row(1), row(2)];
    const { ids: given, warnings } = await paged([same, same, same], 2);
    expect([given, warnings]).toEqual([
      ['1', '2'],
      ['Syllable gave the same page again; there may be more than is shown'],
    ]);
  });

  it('are asked for when the rows before are taken', async () => {
    const opened = await openSyllable();
    for (let index = 100; index < 230; index += 1) {
      await opened.served?.keep('syllable', String(index), row(index));
    }
    let taken = 0;
    const query = { sort: 'created', order: 'desc', warn: () => undefined } as const;
    for await (const { summary } of opened.provider.list?.(query) ?? []) {
      taken += summary.id === '' ? 0 : 1;
      expect(opened.seen).toHaveLength(taken <= 100 ? 1 : 2);
    }
    expect(taken).toBe(130);
  });

  it('that are no list are an error', async () => {
    const opened = await answering(() => Response.json({ conversations: [] }));
    await expect(listed(opened)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
