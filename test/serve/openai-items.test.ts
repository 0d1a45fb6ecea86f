import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { problemsOf } from '../../src/core/schema/problems.ts';
import { openaiFormat } from '../../src/systems/openai/format.ts';
import {
  dataOf,
  errorOf,
  idOf,
  idsOf,
  messageOf,
  messages,
  objectOf,
  openDesk,
  textOf,
} from './openai-desk.ts';

const include = (...values: readonly string[]) => values.map((value) => `include[]=${value}`).join('&');

describe('items', () => {
  it('are created, listed, got and deleted', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create({ items: messages(1) })}`;
    const created = await call('POST', `${path}/items`, { items: messages(2, 1) });
    expect(dataOf(created).map(textOf)).toEqual(['m1', 'm2']);
    const [first, last] = idsOf(created);
    expect(created.body).toMatchObject({ object: 'list', first_id: first, last_id: last, has_more: false });
    expect((await call('GET', `${path}/items/${last}`)).body).toEqual(dataOf(created)[1]);
    const parent = await call('DELETE', `${path}/items/${first}`);
    expect(parent.body).toEqual((await call('GET', path)).body);
    expect(dataOf(await call('GET', `${path}/items`)).map(textOf)).toEqual(['m2', 'm0']);
    for (const method of ['GET', 'DELETE']) {
      const gone = await call(method, `${path}/items/${first}`);
      expect([gone.status, messageOf(gone)]).toEqual([404, `Item with id '${first}' not found.`]);
    }
    expect(errors).toEqual([]);
  });

  it('are stored in their order, valid', async () => {
    const { call, create, store } = await openDesk();
    const id = await create();
    await call('POST', `/conversations/${id}/items`, { items: messages(20) });
    await call('POST', `/conversations/${id}/items`, { items: messages(3, 20) });
    const record = (await store.read(id))?.record ?? {};
    expect(problemsOf(openaiFormat.record(), record, { strict: true })).toEqual([]);
    expect(
      dataOf({ status: 200, headers: new Headers(), body: { data: record['items'] ?? null } }).map(textOf),
    ).toEqual(messages(23).map(({ content }) => content));
  });

  it('come in pages, newest first unless asked otherwise', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create({ items: messages(20) })}/items`;
    await call('POST', path, { items: messages(5, 20) });
    const first = await call('GET', path);
    expect(dataOf(first).map(textOf)).toEqual(
      messages(20, 5)
        .map(({ content }) => content)
        .toReversed(),
    );
    expect(first.body).toMatchObject({ has_more: true, last_id: idsOf(first).at(-1) });
    const rest = await call('GET', `${path}?after=${idsOf(first).at(-1)}`);
    expect(dataOf(rest).map(textOf)).toEqual(['m4', 'm3', 'm2', 'm1', 'm0']);
    expect(rest.body).toMatchObject({ has_more: false });
    const oldest = await call('GET', `${path}?order=asc&limit=3`);
    expect(dataOf(oldest).map(textOf)).toEqual(['m0', 'm1', 'm2']);
    const next = await call('GET', `${path}?order=asc&limit=22&after=${idsOf(oldest).at(-1)}`);
    expect([dataOf(next).length, objectOf(next.body)['has_more']]).toEqual([22, false]);
    const end = await call('GET', `${path}?order=asc&after=${idsOf(next).at(-1)}`);
    expect(end.body).toEqual({ object: 'list', data: [], first_id: '', last_id: '', has_more: false });
    expect(errors).toEqual([]);
  });

  it('have ids that no other item of the conversation has', async () => {
    const { call, create, errors } = await openDesk();
    const own = { id: 'msg_own', type: 'message', role: 'user', content: 'a' };
    const path = `/conversations/${await create({ items: [own] })}/items`;
    const again = await call('POST', path, { items: [...messages(1), own] });
    expect(errorOf(again)).toEqual([400, null, 'items[1].id']);
    expect(idsOf(await call('GET', path))).toEqual(['msg_own']);
    expect(errorOf(await call('POST', '/conversations', { items: [own, own] }))).toEqual([
      400,
      null,
      'items[1].id',
    ]);
    expect(errors).toEqual([]);
  });

  it('of another conversation are linked by a reference', async () => {
    const { call, create, errors } = await openDesk();
    const from = `/conversations/${await create({ items: messages(2) })}/items`;
    const [newest] = dataOf(await call('GET', from));
    const reference = { type: 'item_reference', id: idOf(newest ?? {}) };
    const to = `/conversations/${await create({ items: [reference] })}/items`;
    expect(dataOf(await call('GET', to))).toEqual([newest]);
    expect(errorOf(await call('POST', to, { items: [reference] }))).toEqual([400, null, 'items[0].id']);
    const nowhere = await call('POST', to, { items: [{ id: 'msg_nowhere' }] });
    expect([errorOf(nowhere), messageOf(nowhere)]).toEqual([
      [400, null, 'items[0].id'],
      "Item with id 'msg_nowhere' not found.",
    ]);
    expect(errors).toEqual([]);
  });

  it('are all kept when they come at once', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create()}/items`;
    await Promise.all(messages(30).map((message) => call('POST', path, { items: [message] })));
    const listed = dataOf(await call('GET', `${path}?limit=100`));
    expect(new Set(listed.map(textOf)).size).toBe(30);
    expect(errors).toEqual([]);
  });
});

describe('what is given only when it is asked for', () => {
  const image = { type: 'input_image', image_url: 'https://example.com/a.png', detail: 'low' };
  const logprobs = [{ token: 'a', logprob: -1, bytes: [97], top_logprobs: [] }];
  const text = { type: 'output_text', text: 'a', annotations: [], logprobs };
  const screen = { type: 'computer_screenshot', image_url: 'https://example.com/b.png' };
  const search = { type: 'search', query: 'a', sources: [{ type: 'url', url: 'https://example.com' }] };

  it.each<readonly [string, JsonObject, readonly string[], unknown]>([
    [
      'file_search_call.results',
      { type: 'file_search_call', id: 'fs_1', status: 'completed', queries: [], results: [{ text: 'a' }] },
      ['results'],
      null,
    ],
    [
      'web_search_call.results',
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: search, results: [1] },
      ['results'],
      undefined,
    ],
    [
      'web_search_call.action.sources',
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: search },
      ['action', 'sources'],
      undefined,
    ],
    [
      'message.input_image.image_url',
      { type: 'message', role: 'user', content: [image] },
      ['content', '0', 'image_url'],
      null,
    ],
    [
      'computer_call_output.output.image_url',
      { type: 'computer_call_output', call_id: 'c', output: screen },
      ['output', 'image_url'],
      undefined,
    ],
    [
      'code_interpreter_call.outputs',
      {
        type: 'code_interpreter_call',
        id: 'ci_1',
        status: 'completed',
        container_id: 'c',
        code: null,
        outputs: [{ type: 'logs', logs: 'a' }],
      },
      ['outputs'],
      null,
    ],
    [
      'reasoning.encrypted_content',
      { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'a' },
      ['encrypted_content'],
      null,
    ],
    [
      'message.output_text.logprobs',
      { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content: [text] },
      ['content', '0', 'logprobs'],
      [],
    ],
  ])('is %s', async (name, item, steps, hidden) => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create()}/items`;
    const at = (value: unknown): unknown =>
      steps.reduce<unknown>((inner, step) => (inner === null ? null : Object(inner)[step]), value);
    const created = await call('POST', `${path}?include=${name}`, { items: [item] });
    expect(at(dataOf(created)[0])).toEqual(at(item));
    const [id] = idsOf(created);
    for (const query of [`?include=${name}`, `?${include(name)}`]) {
      expect(at(dataOf(await call('GET', path + query))[0])).toEqual(at(item));
      expect(at((await call('GET', `${path}/${id}${query}`)).body)).toEqual(at(item));
    }
    expect(at(dataOf(await call('GET', path))[0])).toEqual(hidden);
    expect(at((await call('GET', `${path}/${id}`)).body)).toEqual(hidden);
    expect(errors).toEqual([]);
  });

  it('is one of eight things', async () => {
    const { call, create } = await openDesk();
    const path = `/conversations/${await create({ items: messages(1) })}/items`;
    const wrong = await call('GET', `${path}?${include('reasoning.encrypted_content', 'toString')}`);
    expect(errorOf(wrong)).toEqual([400, 'invalid_value', 'include[1]']);
    expect(errorOf(await call('POST', `${path}?include=a`, { items: messages(1) }))).toEqual([
      400,
      'invalid_value',
      'include[0]',
    ]);
    expect(dataOf(await call('GET', path))).toHaveLength(1);
  });
});
