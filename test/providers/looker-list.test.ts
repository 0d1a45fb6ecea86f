import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/core/json.ts';
import {
  json,
  type LookerPlace,
  lineOf,
  listed,
  loggedIn,
  lookerAt,
  type ServedLooker,
  said,
  servedLooker,
} from './looker-seat.ts';

/** Keeps conversations `c000`, `c001`, …, each a minute older than the one before. */
async function keepMany(place: ServedLooker, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_each, index) => `c${String(index).padStart(3, '0')}`);
  for (const [index, id] of ids.entries()) {
    const time = new Date(Date.parse('2026-06-01T09:00:00Z') - index * 60_000).toISOString();
    await place.keep('looker@26.10', id, {
      id,
      name: `Talk ${id}`,
      created_at: time,
      updated_at: time,
      messages: [{ id: '1', order: 1, ...said('Hi') }],
    });
  }
  return ids;
}

/** The query of each search. */
function searches({ lines }: LookerPlace): URLSearchParams[] {
  return lines()
    .filter((line) => line.startsWith('GET /conversations/search?'))
    .map((line) => new URLSearchParams(line.split('?')[1]));
}

/** A Looker with so many conversations, which it gives in the order they have. */
async function pagesOf(count: number): Promise<LookerPlace & { readonly ids: readonly string[] }> {
  const ids = Array.from({ length: count }, (_each, index) => String(index));
  return { ...(await lookerAt(async (asked) => pageOf(ids, asked))), ids };
}

function pageOf(ids: readonly string[], asked: Request): Response {
  const query = new URL(asked.url).searchParams;
  const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
  return loggedIn(lineOf(asked)) ?? json(ids.slice(offset, offset + limit).map((id) => ({ id })));
}

const where = (path: readonly string[], ...values: JsonValue[]) => ({
  wanted: { where: [{ path, values }] },
});

describe('list of Looker', () => {
  it('gives every conversation once, newest first, a page after the other', async () => {
    const place = await servedLooker();
    const ids = await keepMany(place, 230);
    const rows = await listed(place);
    expect(rows.map(({ summary }) => summary.id)).toEqual(ids);
    expect(searches(place).map((query) => Object.fromEntries(query))).toEqual(
      ['0', '99', '198', '229'].map((offset) => ({
        fields: 'id,name,agent_id,created_at,updated_at',
        sorts: 'created_at desc',
        limit: '100',
        offset,
      })),
    );
  });

  it('goes on where Looker gives shorter pages than it is asked for', async () => {
    const place = await servedLooker({
      async change(answer, line) {
        const page: unknown = line.includes('/conversations/search')
          ? await answer.clone().json()
          : undefined;
        return Array.isArray(page) ? Response.json(page.slice(0, 25)) : answer;
      },
    });
    const ids = await keepMany(place, 90);
    expect((await listed(place)).map(({ summary }) => summary.id)).toEqual(ids);
  });

  it.each([0, 1, 99, 100, 101])('ends after %i', async (count) => {
    const place = await pagesOf(count);
    expect((await listed(place)).map(({ summary }) => summary.id)).toEqual(place.ids);
  });

  it('says what it knows of each, which is not how many messages there are, and fetches the whole when asked', async () => {
    const place = await servedLooker();
    await keepMany(place, 1);
    const [row] = await listed(place);
    expect(row?.summary).toEqual({
      id: 'c000',
      title: 'Talk c000',
      format: 'looker@26.10',
      agent: null,
      model: null,
      messages: null,
      created_at: '2026-06-01T09:00:00Z',
      updated_at: '2026-06-01T09:00:00Z',
      metadata: null,
    });
    expect(await row?.load()).toMatchObject({ id: 'c000', record: { messages: [said('Hi')] } });
    await place.provider.remove?.('c000', { dryRun: false });
    await expect(row?.load()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('gives the first row before it asks for the second page, and asks no more when nobody takes rows', async () => {
    const place = await pagesOf(150);
    for await (const row of place.provider.list?.({
      sort: 'created',
      order: 'desc',
      warn: () => undefined,
    }) ?? []) {
      expect(row.summary.id).toBe('0');
      break;
    }
    expect(searches(place)).toHaveLength(1);
  });

  it.each([
    ['created', 'asc', 'created_at asc'],
    ['updated', 'desc', 'updated_at desc'],
    ['title', 'asc', 'name asc'],
  ] as const)('sorts by %s:%s', async (sort, order, sorts) => {
    const place = await servedLooker();
    const ids = await keepMany(place, 3);
    const rows = await listed(place, { sort, order });
    expect(searches(place)[0]?.get('sorts')).toBe(sorts);
    expect(rows.map(({ summary }) => summary.id)).toEqual(
      sorts.startsWith('created') ? ids.toReversed() : ids,
    );
  });

  it.each([
    [0, []],
    [1, ['2']],
    [21, ['21']],
    [100, ['100']],
    [120, ['100', '100']],
  ])('asks for no more than it takes to give %i', async (limit, limits) => {
    const place = await pagesOf(130);
    expect(await listed(place, { limit })).toHaveLength(limit);
    expect(searches(place).map((query) => query.get('limit'))).toEqual(limits);
  });

  it('says once that it is the conversations of one user', async () => {
    const place = await pagesOf(120);
    const warnings: string[] = [];
    await listed(place, { warn: (message) => void warnings.push(message) });
    expect(warnings).toEqual(['Looker shows only the conversations of the user whose key it is']);
  });

  it('leaves none out when those before are deleted meanwhile, and gives none twice when others come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ at: fc.nat(400), comes: fc.boolean(), count: fc.integer({ min: 1, max: 150 }) }),
          {
            maxLength: 6,
          },
        ),
        async (events) => {
          const list = Array.from({ length: 350 }, (_each, index) => `old-${index}`);
          const stay = new Set(list);
          const place = await lookerAt(async (asked) => pageOf(list, asked));
          const given: string[] = [];
          const query = { sort: 'created', order: 'desc', warn: () => undefined } as const;
          for await (const { summary } of place.provider.list?.(query) ?? []) {
            given.push(summary.id);
            for (const { comes, count } of events.filter(({ at }) => at === given.length)) {
              if (comes)
                list.unshift(
                  ...Array.from(
                    { length: count },
                    (_each, index) => `new-${given.length}-${count}-${index}-${list.length}`,
                  ),
                );
              else for (const id of list.splice(0, count)) stay.delete(id);
            }
          }
          expect(new Set(given).size).toBe(given.length);
          expect(given.filter((id) => stay.has(id))).toEqual([...stay]);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('ends, and says so, at a server that gives the same page for ever', async () => {
    const page = Array.from({ length: 100 }, (_each, index) => ({ id: String(index) }));
    const place = await lookerAt(async (asked) => loggedIn(lineOf(asked)) ?? json(page));
    const warnings: string[] = [];
    expect(await listed(place, { warn: (message) => void warnings.push(message) })).toHaveLength(100);
    expect(warnings).toContain(
      'Looker gave the same conversations again and again; there may be more than these',
    );
  });

  it('counts messages where they come unasked for', async () => {
    const place = await lookerAt(
      async (asked) => loggedIn(lineOf(asked)) ?? json([{ id: 7, messages: [said('Hi')], mood: 'fine' }]),
    );
    const [row] = await listed(place);
    expect(row?.summary).toMatchObject({ id: '7', title: null, messages: 1, created_at: null });
  });

  it.each([{}, null, 'text', [1], [null]])('is not possible with the answer %j', async (body) => {
    const place = await lookerAt(async (asked) => loggedIn(lineOf(asked)) ?? json(body));
    await expect(listed(place)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is not possible at a Looker of before conversations, which says so', async () => {
    const place = await lookerAt(
      async (asked) => loggedIn(lineOf(asked)) ?? json({ message: 'Not found' }, 404),
    );
    await expect(listed(place)).rejects.toMatchObject({
      code: 'unsupported',
      details: { status: 404, hint: expect.stringContaining('release 26.4') },
    });
  });

  it('goes on after trouble that passes', async () => {
    const place = await servedLooker({
      faults: [
        'status=429,retry-after-ms=1,path=/api/4.0/conversations/search,nth=1',
        'status=503,retry-after-ms=1,path=/api/4.0/conversations/search,nth=2',
        'body=truncated,path=/api/4.0/conversations/search,nth=3',
      ],
    });
    const ids = await keepMany(place, 10);
    expect((await listed(place)).map(({ summary }) => summary.id)).toEqual(ids);
  });
});

describe('what a search of Looker is asked to look for', () => {
  it.each([
    [['agent', 'id'], ['agent-1'], { agent_id: 'agent-1' }],
    [['agent', 'id'], ['123', 123], { agent_id: '123' }],
    [['title'], ['Sales Q3'], { name: 'Sales Q3' }],
    [['id'], ['a', 'b'], { id: 'a,b' }],
    [['title'], ['a', 'b'], {}],
    [['title'], ['100%'], {}],
    [['title'], ['a_b'], {}],
    [['title'], ['a\\b'], {}],
    [['title'], ['-a'], {}],
    [['title'], ['a, b'], {}],
    [['title'], [' a'], {}],
    [['title'], [''], {}],
    [['title'], ['NULL'], {}],
    [['agent', 'id'], ['not null'], {}],
    [['agent', 'id'], ['null', null], {}],
    [['agent', 'id'], [7], {}],
    [['id'], ['a,b'], {}],
    [['agent', 'name'], ['Retail'], {}],
    [['metadata', 'topic'], ['demo'], {}],
  ])('for %j one of %j it is %j', async (path, values, expected) => {
    const place = await servedLooker();
    await listed(place, where(path, ...values));
    const {
      fields: _fields,
      sorts: _sorts,
      limit: _limit,
      offset: _offset,
      ...filters
    } = Object.fromEntries(searches(place)[0] ?? []);
    expect(filters).toEqual(expected);
  });

  it('finds what matches, whatever the filter is', async () => {
    const place = await servedLooker();
    await keepMany(place, 3);
    const found = async (query: ReturnType<typeof where>) =>
      (await listed(place, query)).map(({ summary }) => summary.id);
    expect(await found(where(['title'], 'Talk c001'))).toEqual(['c001']);
    expect(await found(where(['id'], 'c002', 'c000'))).toEqual(['c000', 'c002']);
    expect(await found(where(['agent', 'id'], 'agent-1'))).toEqual([]);
  });

  it.each([
    ['created', 'desc', { since: '2026-06-01T08:30:00Z' }, 31],
    ['updated', 'desc', { since: '2026-06-01T08:30:00Z' }, 31],
    ['created', 'asc', { until: '2026-06-01T08:30:00Z' }, 29],
    ['created', 'desc', { until: '2026-06-01T08:30:00Z' }, 60],
    ['title', 'asc', { since: '2026-06-01T08:30:00Z' }, 60],
  ] as const)('ends where %s:%s is past %j', async (sort, order, times, count) => {
    const place = await servedLooker();
    await keepMany(place, 60);
    const rows = await listed(place, { sort, order, wanted: { where: [], ...times } });
    expect(rows).toHaveLength(count);
  });

  it('does not end at a conversation without a time', async () => {
    const rows: JsonObject[] = [{ id: 'a' }, { id: 'b', created_at: '2026-06-01T09:00:00Z' }];
    const place = await lookerAt(async (asked) => loggedIn(lineOf(asked)) ?? json(rows));
    expect(await listed(place, { wanted: { where: [], since: '2026-06-01' } })).toHaveLength(2);
  });
});
