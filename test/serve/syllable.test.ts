import { describe, expect, it } from 'vitest';
import { type Desk, fixture, openDesk, record } from './syllable-desk.ts';
import { conversations, validationError } from './syllable-shapes.ts';

describe("The list of Syllable's conversations", () => {
  it('is empty in an empty store', async () => {
    const { call, errors } = await openDesk();
    const answer = await call('/conversations/');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ items: [], page: 0, page_size: 25, total_pages: 0, total_count: 0 });
    expect(errors).toEqual([]);
  });

  it('has a conversation as it was listed, whatever is known of its sessions', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('syllable', '1042', fixture('syllable/listed'));
    expect(conversations.parse((await call('/conversations/')).body).items).toEqual([
      fixture('syllable/listed'),
    ]);
    await keep('syllable', '1043', { ...fixture('syllable/sessions'), conversation_id: '1043' });
    const { items } = conversations.parse((await call('/conversations/?order_by=agent_name')).body);
    expect(items[1]).toEqual({
      timestamp: '2024-06-19T00:00:00Z',
      conversation_id: '1043',
      agent_id: '7',
      is_legacy: false,
    });
    expect(errors).toEqual([]);
  });

  it('completes times and ids that are no text, and keeps what nobody documents', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('syllable', '1042', { ...fixture('syllable/awkward'), agent_id: 7, prompt_id: 12 });
    const { body } = await call('/conversations/');
    expect(conversations.parse(body).items[0]).toMatchObject({
      timestamp: '2024-06-19T00:00:00Z',
      conversation_id: '1042',
      agent_id: '7',
      prompt_id: '12',
      llm_seed: null,
      $written: 'kept',
    });
    expect(JSON.stringify(body)).toContain('"__proto__":{"kept":true}');
    expect(errors).toEqual([]);
  });

  it('comes in pages from 0, newest first', async () => {
    const desk = await openDesk();
    await keepThree(desk);
    expect(await idsOf(desk, 'limit=2')).toEqual(['3', '2']);
    expect(await idsOf(desk, 'limit=2&page=1')).toEqual(['1']);
    expect(await idsOf(desk, 'limit=2&page=2')).toEqual([]);
    expect(await idsOf(desk, 'limit=0')).toEqual([]);
    const { body } = await desk.call('/conversations/?limit=2&page=1');
    expect(body).toMatchObject({ page: 1, page_size: 2, total_pages: 2, total_count: 3 });
    expect(desk.errors).toEqual([]);
  });

  it('is searched by several fields at once, each with the value at its place', async () => {
    const desk = await openDesk();
    await keepThree(desk);
    expect(await idsOf(desk, search('agent_name', 'Front desk'))).toEqual(['2', '1']);
    expect(await idsOf(desk, search('agent_name', 'Front'))).toEqual([]);
    expect(await idsOf(desk, `${search('agent_name', 'Front desk')}&${search('llm_model', 'b')}`)).toEqual([
      '2',
    ]);
    expect(await idsOf(desk, search('is_legacy', 'true'))).toEqual(['3']);
    expect(await idsOf(desk, search('timestamp', '2024-06-02T02:00:00+02:00'))).toEqual(['2']);
    expect(await idsOf(desk, search('agent_id', '__proto__'))).toEqual([]);
    expect(desk.errors).toEqual([]);
  });

  it('is ordered by any property, what lacks it last', async () => {
    const desk = await openDesk();
    await keepThree(desk);
    expect(await idsOf(desk, 'order_by=timestamp')).toEqual(['1', '2', '3']);
    expect(await idsOf(desk, 'order_by=timestamp&order_by_direction=desc')).toEqual(['3', '2', '1']);
    expect(await idsOf(desk, 'order_by_direction=asc')).toEqual(['1', '2', '3']);
    expect(await idsOf(desk, 'order_by=llm_model&order_by_direction=asc')).toEqual(['1', '2', '3']);
    expect(await idsOf(desk, 'order_by=llm_model&order_by_direction=desc')).toEqual(['2', '1', '3']);
    expect(await idsOf(desk, 'order_by=agent_name&order_by_direction=desc')).toEqual(['1', '2', '3']);
    expect(desk.errors).toEqual([]);
  });

  it('is cut to a span of time, and to some fields', async () => {
    const desk = await openDesk();
    await keepThree(desk);
    expect(await idsOf(desk, 'start_datetime=2024-06-02T00:00:00Z')).toEqual(['3', '2']);
    expect(await idsOf(desk, 'end_datetime=2024-06-02')).toEqual(['1']);
    expect(await idsOf(desk, 'start_datetime=2024-06-02T02:00:00%2B02:00&end_datetime=2024-06-03')).toEqual([
      '2',
    ]);
    const { body } = await desk.call('/conversations/?fields=llm_model&fields=agent_id&limit=1&page=1');
    expect(conversations.parse(body).items).toEqual([
      { timestamp: '2024-06-02T00:00:00Z', conversation_id: '2', llm_model: 'b', agent_id: null },
    ]);
    expect(desk.errors).toEqual([]);
  });

  it.each([
    ['page=-1', ['query', 'page'], 'greater_than_equal'],
    ['page=one', ['query', 'page'], 'int_parsing'],
    ['page=', ['query', 'page'], 'int_parsing'],
    ['limit=1.5', ['query', 'limit'], 'int_parsing'],
    ['limit=-5', ['query', 'limit'], 'greater_than_equal'],
    ['order_by=conversation_id', ['query', 'order_by'], 'enum'],
    ['order_by_direction=up', ['query', 'order_by_direction'], 'enum'],
    ['fields=timestamp&fields=title', ['query', 'fields', 1], 'enum'],
    [search('conversation_id', '1'), ['query', 'search_fields', 0], 'enum'],
    [search('__proto__', '1'), ['query', 'search_fields', 0], 'enum'],
    ['search_fields=agent_id', ['query', 'search_field_values'], 'value_error'],
    ['search_field_values=1', ['query', 'search_field_values'], 'value_error'],
    ['start_datetime=soon', ['query', 'start_datetime'], 'datetime_parsing'],
    ['end_datetime=2024-13-01', ['query', 'end_datetime'], 'datetime_parsing'],
    ['end_datetime=2024-01-01T00:00:00+02:00', ['query', 'end_datetime'], 'datetime_parsing'],
  ])('refuses %s', async (query, loc, type) => {
    const { call, errors } = await openDesk();
    const answer = await call(`/conversations/?${query}`);
    expect(answer.status).toBe(422);
    const { detail } = validationError.parse(answer.body);
    expect(detail).toMatchObject([{ loc, type }]);
    expect(errors).toEqual([]);
  });

  it('names every wrong parameter, and passes over unknown ones', async () => {
    const { call, errors } = await openDesk();
    const answer = await call('/conversations/?page=x&limit=y&order_by=z&colour=red&__proto__=1');
    expect(validationError.parse(answer.body).detail.length).toBe(3);
    expect((await call('/conversations/?colour=red&__proto__=1&page=9&page=0')).body).toMatchObject({
      page: 0,
    });
    expect(errors).toEqual([]);
  });
});

function search(field: string, value: string): string {
  return `search_fields=${field}&search_field_values=${encodeURIComponent(value)}`;
}

async function idsOf({ call }: Desk, query: string): Promise<string[]> {
  const answer = await call(`/conversations/?${query}`);
  return conversations.parse(answer.body).items.map(({ conversation_id: id }) => id);
}

async function keepThree({ keep }: Desk): Promise<void> {
  const agent = { agent_name: 'Front desk' };
  await keep(
    'syllable',
    '1',
    record('1', '2024-06-01T00:00:00Z', { ...agent, llm_model: 'a', is_legacy: false }),
  );
  await keep(
    'syllable',
    '2',
    record('2', '2024-06-02', { ...agent, llm_model: 'b', agent_id: null, is_legacy: null }),
  );
  await keep(
    'syllable',
    '3',
    record('3', '2024-06-03T00:00:00', { agent_name: null, llm_model: null, is_legacy: true }),
  );
}
