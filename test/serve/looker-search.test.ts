import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { parseFields, select } from '../../src/systems/looker/server/fields.ts';
import { matchesPattern } from '../../src/systems/looker/server/pattern.ts';
import { lookerDesk, textAt, textsOf } from './looker-desk.ts';

const records: readonly JsonObject[] = [
  {
    id: 'a',
    name: 'Sales Q1',
    agent_id: 'one',
    category: 'dashboard',
    user_id: 9,
    created_at: '2026-01-01T00:00:00Z',
  },
  {
    id: 'b',
    name: 'sales q2',
    agent_id: null,
    category: 'conversation',
    user_id: 10,
    created_at: '2026-01-03T00:00:00+00:00',
  },
  { id: 'c', name: '100% sure', agent_id: 'two', created_at: '2026-01-02T23:30:00.5-01:00', deleted: false },
  { id: 'd', name: 'Sales gone', deleted: true, created_at: '2026-01-04T00:00:00Z' },
  { id: 'e', created_at: 'some day', agent_id: 'one' },
];

async function stockedDesk() {
  const desk = await lookerDesk();
  for (const record of records) await desk.keep('looker@26.10', textAt(record, 'id'), record);
  const found = async (query: Record<string, string> = {}) => {
    const { status, body } = await desk.ask(`/conversations/search?${new URLSearchParams(query).toString()}`);
    return status === 200 ? textsOf(body, 'id').join('') : status;
  };
  return { ...desk, found };
}

describe('a search', () => {
  it.each<[string, Record<string, string>, string]>([
    ['finds all that is not deleted, newest first', {}, 'cbae'],
    [
      'takes empty parameters for absent ones',
      { id: '', name: '', deleted: '', limit: '', sorts: '' },
      'cbae',
    ],
    ['finds names in any case', { name: 'SALES q1' }, 'a'],
    ['finds no part of a name', { name: 'sales' }, ''],
    ['finds names by wildcards', { name: 'sales%' }, 'ba'],
    ['finds names by wildcards anywhere', { name: '%s%' }, 'cba'],
    ['finds names by wildcards for one character', { name: 'Sales Q_' }, 'ba'],
    ['takes everything else in a name as it is', { name: 'sales.*' }, ''],
    ['finds ids of a list', { id: 'a, c,a,unknown,d' }, 'ca'],
    ['finds those with an agent', { agent_id: 'one' }, 'ae'],
    ['finds those without an agent', { agent_id: 'null' }, 'b'],
    ['finds those with any agent', { agent_id: 'not null' }, 'cae'],
    ['finds categories of a list', { category: 'dashboard,CONVERSATION' }, 'ba'],
    ['finds the deleted ones', { deleted: 'true' }, 'd'],
    ['finds those that are not deleted', { deleted: 'false' }, 'cbae'],
    ['needs all criteria', { name: 'sales%', agent_id: 'not null' }, 'a'],
    ['needs all criteria, the ids among them', { id: 'a,b', agent_id: 'null' }, 'b'],
    ['needs any criterion if told so', { filter_or: 'true', name: 'sales%', agent_id: 'not null' }, 'cbae'],
    ['needs any criterion, the ids among them', { filter_or: 'true', id: 'c', agent_id: 'null' }, 'cb'],
    ['needs any criterion, being deleted among them', { filter_or: 'true', id: 'c', deleted: 'true' }, 'dc'],
    ['finds all by no criterion at all', { filter_or: 'true' }, 'cbae'],
    ['is sorted by name', { sorts: 'name' }, 'cabe'],
    ['is sorted by name, backwards', { sorts: 'name desc' }, 'bace'],
    ['is sorted by time', { sorts: 'created_at ASC' }, 'abce'],
    ['is sorted by id', { sorts: 'id desc' }, 'ecba'],
    ['is sorted by user', { sorts: 'user_id' }, 'bace'],
    ['is sorted by several fields', { sorts: 'agent_id, created_at desc' }, 'aecb'],
    [
      'is sorted with the deleted ones, what lacks the field last',
      { sorts: 'category', filter_or: 'true', deleted: 'true', id: 'a,b' },
      'bad',
    ],
    ['gives a page', { limit: '2', offset: '1' }, 'ba'],
    ['gives a page of what is found', { limit: '1', offset: '1', name: 'sales%' }, 'a'],
    ['gives a page of what is sorted', { limit: '2', sorts: 'agent_id,id', offset: '1' }, 'ec'],
    ['gives nothing behind the end', { offset: '9' }, ''],
    ['gives nothing if that is the limit', { limit: '0' }, ''],
  ])('%s', async (_, query, ids) => {
    const { found } = await stockedDesk();
    expect(await found(query)).toBe(ids);
  });

  it.each<Record<string, string>>([
    { limit: '-1' },
    { offset: '-1' },
    { limit: '1.5' },
    { offset: 'x' },
    { limit: '1e3' },
    { deleted: 'yes' },
    { filter_or: '1' },
    { sorts: 'deleted' },
    { sorts: 'name,,id' },
    { sorts: 'name down' },
    { sorts: 'name desc id' },
    { sorts: '__proto__' },
    { fields: 'id,' },
  ])('is refused for %j', async (query) => {
    const { found } = await stockedDesk();
    expect(await found(query)).toBe(400);
  });

  it('gives the fields that were asked for', async () => {
    const { ask } = await stockedDesk();
    expect((await ask('/conversations/search?fields=id,user_id&limit=3')).body).toEqual([
      { id: 'c' },
      { id: 'b', user_id: '10' },
      { id: 'a', user_id: '9' },
    ]);
  });

  it('finds what was just created, changed and deleted', async () => {
    const { found, create, ask } = await stockedDesk();
    const id = await create({ name: 'New' });
    expect(await found({ limit: '1' })).toBe(id);
    await ask(`/conversations/${id}`, { method: 'PATCH', body: { name: 'Newer', deleted: true } });
    expect(await found({ name: 'newer' })).toBe('');
    expect(await found({ name: 'newer', deleted: 'true' })).toBe(id);
    await ask(`/conversations?id=${id}`, { method: 'DELETE' });
    expect(await found({ name: 'newer', deleted: 'true' })).toBe('');
  });
});

describe('a pattern', () => {
  it('matches as the regular expression that says the same', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'B', '_', '%', '.', '😀'), maxLength: 8 });
    fc.assert(
      fc.property(words, words, (text, pattern) => {
        const same = new RegExp(
          `^${pattern.replaceAll('.', '[.]').replaceAll('%', '.*').replaceAll('_', '.')}$`,
          'isu',
        );
        expect(matchesPattern(text, pattern)).toBe(same.test(text));
      }),
    );
  });

  it('with many wildcards takes no time to fail', () => {
    expect(matchesPattern('a'.repeat(2000), `${'%a'.repeat(200)}%b`)).toBe(false);
  });
});

describe('fields', () => {
  it('that name every member of a value select all of it', () => {
    const key = fc.stringMatching(/^[a-z_]{1,9}$/);
    const value = fc.dictionary(
      key,
      fc.oneof(fc.integer(), fc.dictionary(key, fc.integer(), { minKeys: 1 })),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(value, (object) => {
        const names = Object.entries(object).map(([name, inner]) =>
          typeof inner === 'number' ? name : `${name}(${Object.keys(inner).join(',')})`,
        );
        expect(select(object, parseFields(names.join(',')) ?? new Map())).toEqual(object);
      }),
    );
  });

  it('never fail to be read or refused', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', ',', '(', ')', ' ', '__proto__'),
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, (fields) => {
        const selection = parseFields(fields);
        if (selection) expect(select({ c: 1 }, selection)).toEqual({});
      }),
    );
  });

  it('may be as deep as an address is long', () => {
    const depth = 50_000;
    const selection = parseFields(`${'a('.repeat(depth)}b${')'.repeat(depth)}`);
    expect(selection && select({ a: { a: 1 } }, selection)).toEqual({ a: { a: 1 } });
  });
});
