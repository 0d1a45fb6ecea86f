import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stringify } from '../../src/core/json/inexact.ts';
import { type JsonObject, member } from '../../src/core/json.ts';
import type { Edit } from '../../src/providers/provider.ts';
import {
  json,
  lineOf,
  loggedIn,
  lookerAt,
  options,
  recordOf,
  requestOf,
  type ServedLooker,
  said,
  servedLooker,
  withBody,
} from './looker-seat.ts';

const sales: JsonObject = JSON.parse(
  readFileSync(new URL('../fixtures/looker/sales.json', import.meta.url), 'utf8'),
);

const set =
  (members: JsonObject): Edit =>
  async (current) => ({ ...current.record, ...members });

const unset =
  (name: string): Edit =>
  async ({ record: { [name]: _gone, ...rest } }) =>
    rest;

async function created(place: ServedLooker, value: JsonObject = { name: 'Sales' }): Promise<string> {
  const located = await place.provider.create?.(requestOf(value), options);
  return located?.id ?? '';
}

describe('show of Looker', () => {
  it('gives the record as it came, with members that nobody knows', async () => {
    const place = await servedLooker();
    await place.keep('looker@26.10', 'a', { ...sales, id: 'a', mood: null });
    expect(await place.provider.show?.('a')).toMatchObject({
      id: 'a',
      format: 'looker@26.10',
      record: { ...sales, id: 'a', mood: null },
    });
    expect(place.lines()).toEqual(['GET /conversations/a']);
  });

  it.each([
    ['absent', ({ messages: _some, ...rest }: JsonObject): JsonObject => rest],
    ['null', (body: JsonObject): JsonObject => ({ ...body, messages: null })],
  ])('fetches messages that are %s', async (_state, change) => {
    const place = await servedLooker({
      change: async (answer, line) => (line === 'GET /conversations/a' ? withBody(answer, change) : answer),
    });
    await place.keep('looker@26.10', 'a', { ...sales, id: 'a' });
    expect((await place.provider.show?.('a'))?.record).toEqual({ ...sales, id: 'a' });
    expect(place.lines()).toEqual(['GET /conversations/a', 'GET /conversations/a/messages']);
  });

  it('knows none that was deleted between the two calls', async () => {
    const place = await lookerAt(async (asked) => {
      if (lineOf(asked).endsWith('/messages')) return json({ message: 'Not found' }, 404);
      return loggedIn(lineOf(asked)) ?? json({ id: 'a' });
    });
    expect(await place.provider.show?.('a')).toBeUndefined();
  });

  it('keeps the digits of numbers that no double holds', async () => {
    const text = '{"id":"a","user_id":12345678901234567890,"created_at":1.00000000000000000001}';
    const place = await lookerAt(async (asked) => {
      if (lineOf(asked).endsWith('/messages')) return json([]);
      return loggedIn(lineOf(asked)) ?? new Response(text);
    });
    const located = await place.provider.show?.('a');
    expect(stringify(located?.record ?? {})).toBe(`${text.slice(0, -1)},"messages":[]}`);
  });

  it('takes a 404 that is not of Looker for no answer', async () => {
    const place = await lookerAt(
      async (asked) => loggedIn(lineOf(asked)) ?? new Response('<h1>Not Found</h1>', { status: 404 }),
    );
    await expect(place.provider.show?.('a')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Looker: something that is not the system answered',
    });
  });

  it('takes any id for a single step of the path', async () => {
    const place = await servedLooker();
    expect(await place.provider.show?.('a/b?c#d')).toBeUndefined();
    expect(place.lines()).toEqual(['GET /conversations/a%2Fb%3Fc%23d']);
  });

  it('takes ids that are numbers for text', async () => {
    const place = await lookerAt(async (asked) => loggedIn(lineOf(asked)) ?? json({ id: 7, messages: [] }));
    expect(await place.provider.show?.('7')).toMatchObject({ id: '7', record: { id: 7 } });
  });
});

describe('create of Looker', () => {
  it('makes the conversation, then its messages, and gives what is there then', async () => {
    const place = await servedLooker();
    const value = { name: 'Sales', agent_id: 'agent-1', messages: [said('One'), said('Two')] };
    const located = await place.provider.create?.(requestOf(value), options);
    expect(place.lines()).toEqual([
      'POST /conversations',
      `POST /conversations/${located?.id}/messages`,
      `GET /conversations/${located?.id}`,
    ]);
    expect(JSON.parse(place.got[1]?.body ?? '')).toEqual({ name: 'Sales', agent_id: 'agent-1' });
    expect(JSON.parse(place.got[2]?.body ?? '')).toEqual({ messages: [said('One'), said('Two')] });
    expect(located?.record).toMatchObject({
      name: 'Sales',
      messages: [
        { ...said('One'), order: 1 },
        { ...said('Two'), order: 2 },
      ],
    });
    expect(place.warnings).toEqual([]);
  });

  it('is one call without messages', async () => {
    const place = await servedLooker();
    const located = await place.provider.create?.(requestOf({ name: 'Sales', messages: [] }), options);
    expect(place.lines()).toEqual(['POST /conversations']);
    expect(located?.record).toMatchObject({ name: 'Sales', messages: [] });
  });

  it('sends writable members alone, and says what it leaves out', async () => {
    const place = await servedLooker();
    const value = { ...sales, mood: 'fine' };
    await place.provider.create?.(requestOf(value), options);
    expect(Object.keys(JSON.parse(place.got[1]?.body ?? ''))).toEqual([
      'name',
      'category',
      'sources',
      'agent_id',
      'deleted',
    ]);
    expect(place.got[2]?.body).not.toContain('"order"');
    expect(place.warnings).toEqual([
      'not sent, as Looker takes no such members: /id, /user_id, /created_at, /updated_at, /missing_agent, ' +
        '/studio_conversation_id, /can, /conversation_agent, /mood, /messages/*/id, /messages/*/order',
    ]);
  });

  it.each(['26.4', '26.10'] as const)(
    'makes of a record of %s the request that it is, and says what is lost',
    async (version) => {
      const place = await servedLooker();
      const located = await place.provider.create?.(recordOf(sales, version), options);
      expect(located?.id).not.toBe(sales['id']);
      expect(located?.record).toMatchObject({ name: 'Sales Q3', agent_id: sales['agent_id'] });
      expect(place.warnings).toContain('assigned /id');
      expect(place.warnings.filter((line) => line.startsWith('dropped /conversation_agent'))).not.toEqual([]);
      expect(new Set(place.warnings).size).toBe(place.warnings.length);
    },
  );

  it('asks for a name before anything is sent', async () => {
    const place = await servedLooker();
    await expect(place.provider.create?.(recordOf({ id: 'a' }), options)).rejects.toMatchObject({
      code: 'invalid',
      details: { issues: [{ path: '/name' }], hint: 'give it a name with --title' },
    });
    expect(place.got).toEqual([]);
  });

  it('says in the words of the system what it does not take, field by field', async () => {
    const errors = [
      { field: 'name', code: 'missing_field', message: "'name' is required.", documentation_url: null },
      { field: 'sources[0].model', code: 'invalid', documentation_url: null },
      { documentation_url: null },
    ];
    const place = await lookerAt(
      async (asked) => loggedIn(lineOf(asked)) ?? json({ message: 'Validation Failed', errors }, 422),
    );
    await expect(place.provider.create?.(requestOf({ name: '' }), options)).rejects.toMatchObject({
      code: 'invalid',
      message: 'Looker: Validation Failed',
      details: {
        status: 422,
        issues: [
          { path: '/name', message: "'name' is required." },
          { path: '/sources/0/model', message: 'invalid' },
          { path: '', message: 'is wrong' },
        ],
      },
    });
  });

  it.each([
    [{ name: 'Sales' }, 'unsupported'],
    [{ name: 'Sales', agent_id: 'agent-1' }, 'not_found'],
  ])('of %j answered with 404 says since when there are conversations', async (value, code) => {
    const place = await lookerAt(
      async (asked) => loggedIn(lineOf(asked)) ?? json({ message: 'Not found' }, 404),
    );
    await expect(place.provider.create?.(requestOf(value), options)).rejects.toMatchObject({
      code,
      message: 'Looker: Not found',
      details: { hint: expect.stringContaining('release 26.4') },
    });
  });

  it.each([
    ['status=422', 'invalid'],
    ['status=500', 'outcome_unknown'],
    ['status=403', 'not_allowed'],
    ['status=429,retry-after=3600', 'outcome_unknown'],
    ['cut', 'outcome_unknown'],
    ['cut,at=after', 'outcome_unknown'],
    ['body=text', 'outcome_unknown'],
  ])(
    'whose messages meet %s names the conversation that is there, and is not repeated',
    async (fault, code) => {
      const place = await servedLooker({ faults: [`${fault},path=/api/4.0/conversations/*/messages`] });
      const failure = await place.provider
        .create?.(requestOf({ name: 'Sales', messages: [said('Hi')] }), options)
        .catch((error: unknown) => error);
      const id = place.lines()[1]?.split('/')[2] ?? '';
      expect(failure).toMatchObject({
        code,
        message: expect.stringMatching(
          /^the conversation was created, (?:perhaps )?without its messages: Looker/,
        ),
        details: { id, hint: expect.stringContaining(`convo append ${id} -p looker`) },
      });
      expect(place.lines()).toHaveLength(2);
    },
  );

  it('that is cut off is not repeated', async () => {
    const place = await servedLooker({ faults: ['cut,at=after,path=/api/4.0/conversations'] });
    await expect(place.provider.create?.(requestOf({ name: 'Sales' }), options)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
    expect(place.lines()).toEqual(['POST /conversations']);
  });

  it('that cannot be looked at afterwards gives what was answered to it', async () => {
    const place = await servedLooker({ faults: ['status=403,method=GET'] });
    const located = await place.provider.create?.(
      requestOf({ name: 'Sales', messages: [said('Hi')] }),
      options,
    );
    expect(located?.record).toMatchObject({ name: 'Sales', messages: [{ ...said('Hi'), order: 1 }] });
    expect(place.warnings).toHaveLength(1);
  });

  it('fetches the messages of an answer that has none of its own', async () => {
    const place = await servedLooker({
      change: async (answer, line) =>
        line === 'POST /conversations' ? withBody(answer, ({ messages: _none, ...rest }) => rest) : answer,
    });
    const located = await place.provider.create?.(requestOf({ name: 'Sales' }), options);
    expect(located?.record['messages']).toEqual([]);
  });

  it('of which the answer says no id may have happened', async () => {
    const place = await lookerAt(async (asked) => loggedIn(lineOf(asked)) ?? json({ name: 'Sales' }));
    await expect(place.provider.create?.(requestOf({ name: 'Sales' }), options)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
  });
});

describe('update of Looker', () => {
  it('sends what changed and only that', async () => {
    const place = await servedLooker();
    const id = await created(place, { name: 'Sales', category: 'dashboard', messages: [said('Hi')] });
    const located = await place.provider.update?.(id, set({ name: 'Sales, settled' }), options);
    expect(place.lines().slice(-2)).toEqual([`GET /conversations/${id}`, `PATCH /conversations/${id}`]);
    expect(JSON.parse(place.got.at(-1)?.body ?? '')).toEqual({ name: 'Sales, settled' });
    expect(located?.record).toMatchObject({
      name: 'Sales, settled',
      category: 'dashboard',
      messages: [{ ...said('Hi'), order: 1 }],
    });
  });

  it('sends nothing if nothing changed', async () => {
    const place = await servedLooker();
    const id = await created(place);
    await place.provider.update?.(id, set({ name: 'Sales' }), options);
    expect(place.lines().at(-1)).toBe(`GET /conversations/${id}`);
  });

  it.each([
    ['category', null],
    ['sources', []],
    ['agent_id', null],
    ['deleted', false],
  ])('takes out %s by setting it to %j', async (name, value) => {
    const place = await servedLooker();
    const [source] = [{ model: 'thelook', explore: 'orders' }];
    await place.keep('looker@26.10', 'a', {
      id: 'a',
      name: 'Sales',
      category: 'dashboard',
      sources: [source],
      agent_id: 'agent-1',
      deleted: true,
      messages: [],
    });
    const located = await place.provider.update?.('a', unset(name), options);
    expect(JSON.parse(place.got.at(-1)?.body ?? '')).toEqual({ [name]: value });
    expect(located && member(located.record, name)).toEqual(value);
  });

  it.each([
    [set({ id: 'b' }), 'unsupported', '/id'],
    [set({ messages: [] }), 'unsupported', '/messages'],
    [set({ mood: 'fine' }), 'unsupported', '/mood'],
    [unset('name'), 'unsupported', '/name'],
    [set({ name: 7 }), 'invalid', 'would not take'],
  ] as const)(
    'is refused before it is sent where Looker cannot or would not do it (%#)',
    async (edit, code, text) => {
      const place = await servedLooker();
      const id = await created(place, { name: 'Sales', messages: [said('Hi')] });
      const before = place.got.length;
      await expect(place.provider.update?.(id, edit, options)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(text),
      });
      expect(place.got.slice(before).map(({ line }) => line)).toEqual([`GET /conversations/${id}`]);
    },
  );

  it('of an id that is not there is not found', async () => {
    const place = await servedLooker();
    await expect(place.provider.update?.('a', set({ name: 'B' }), options)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('append of Looker', () => {
  it('saves the messages in one call, and gives the conversation with them', async () => {
    const place = await servedLooker();
    const id = await created(place, { name: 'Sales', messages: [said('One')] });
    const before = place.got.length;
    const located = await place.provider.append?.(id, async () => [said('Two'), said('Three')], options);
    expect(place.got.slice(before).map(({ line }) => line)).toEqual([
      `GET /conversations/${id}`,
      `POST /conversations/${id}/messages`,
      `GET /conversations/${id}`,
    ]);
    expect(located?.record['messages']).toMatchObject([
      { ...said('One'), order: 1 },
      { ...said('Two'), order: 2 },
      { ...said('Three'), order: 3 },
    ]);
  });

  it('sends nothing if there is nothing to add', async () => {
    const place = await servedLooker();
    const id = await created(place);
    await place.provider.append?.(id, async () => [], options);
    expect(place.lines().at(-1)).toBe(`GET /conversations/${id}`);
  });

  it('that cannot be looked at afterwards gives the messages there were with those that were saved', async () => {
    const place = await servedLooker({ faults: ['status=403,method=GET,nth=3'] });
    const id = await created(place, { name: 'Sales', messages: [said('One')] });
    const located = await place.provider.append?.(id, async () => [said('Two')], options);
    expect(located?.record['messages']).toMatchObject([
      { ...said('One'), order: 1 },
      { ...said('Two'), order: 2 },
    ]);
    expect(place.warnings).toHaveLength(1);
  });

  it('that is cut off is not repeated', async () => {
    const place = await servedLooker({ faults: ['cut,at=after,path=/api/4.0/conversations/*/messages'] });
    const id = await created(place);
    await expect(place.provider.append?.(id, async () => [said('Two')], options)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
    expect(
      place.lines().filter((line) => line.startsWith('POST') && line.endsWith('/messages')),
    ).toHaveLength(1);
  });
});

describe('delete of Looker', () => {
  it('names the id in the query, and says whether it was there', async () => {
    const place = await servedLooker();
    const id = await created(place);
    expect(await place.provider.remove?.(id, options)).toBe(true);
    expect(await place.provider.remove?.(id, options)).toBe(false);
    expect(place.lines().slice(-2)).toEqual([
      `DELETE /conversations?id=${id}`,
      `DELETE /conversations?id=${id}`,
    ]);
  });

  it('refuses an id with a comma, which would be several', async () => {
    const place = await servedLooker();
    await expect(place.provider.remove?.('a,b', options)).rejects.toMatchObject({
      code: 'unsupported',
      message: '"a,b" has a comma, which Looker takes for several ids',
    });
    await expect(place.provider.plan?.remove?.('a,b', options)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(place.got).toEqual([]);
  });
});

describe('a dry run of Looker', () => {
  const keyless = { environment: { LOOKERSDK_CLIENT_ID: '', LOOKERSDK_CLIENT_SECRET: '' } };
  const typed = { 'content-type': 'application/json', authorization: 'token …' };

  it('plans what create sends, call for call, and needs neither key nor connection', async () => {
    const value = { name: 'Sales', category: null, messages: [said('One')] };
    const planning = await servedLooker(keyless);
    const plan = (await planning.provider.plan?.create?.(requestOf(value))) ?? [];
    expect(plan).toEqual([
      {
        method: 'POST',
        url: `${planning.url}/api/4.0/conversations`,
        headers: typed,
        body: { name: 'Sales', category: null },
      },
      {
        method: 'POST',
        url: `${planning.url}/api/4.0/conversations/{id}/messages`,
        headers: typed,
        body: { messages: [said('One')] },
      },
    ]);
    expect(planning.connections()).toBe(0);
    const place = await servedLooker();
    const id = await created(place, value);
    const written = place.got.filter(({ line }) => line.startsWith('POST /conversations'));
    expect(written.map(({ line }) => line.replace(id, '{id}'))).toEqual(
      plan.map(({ method, url }) => `${method} ${url.replace(/^.*\/api\/4\.0/, '')}`),
    );
    expect(written.map(({ body }) => JSON.parse(body))).toEqual(plan.map(({ body }) => body));
  });

  it('plans a change without reading, members that are taken out too', async () => {
    const { provider, url, connections, warnings } = await servedLooker(keyless);
    const target = { method: 'PATCH', url: `${url}/api/4.0/conversations/a%20b`, headers: typed };
    expect(await provider.plan?.update?.('a b', set({ name: 'B', category: null }))).toEqual([
      { ...target, body: { name: 'B', category: null } },
    ]);
    expect(await provider.plan?.update?.('a b', unset('category'))).toEqual([
      { ...target, body: { category: null } },
    ]);
    expect(await provider.plan?.update?.('a b', set({}))).toEqual([]);
    await expect(provider.plan?.update?.('a b', set({ user_id: '7' }))).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(warnings).toEqual([]);
    await provider.plan?.update?.('a b', set({ sources: [] }));
    expect(warnings).toHaveLength(1);
    expect(connections()).toBe(0);
  });

  it('plans messages to add, and a deletion', async () => {
    const { provider, url, connections } = await servedLooker(keyless);
    expect(await provider.plan?.append?.('a', async () => [said('Hi')])).toEqual([
      {
        method: 'POST',
        url: `${url}/api/4.0/conversations/a/messages`,
        headers: typed,
        body: { messages: [said('Hi')] },
      },
    ]);
    expect(await provider.plan?.append?.('a', async () => [])).toEqual([]);
    expect(await provider.plan?.remove?.('a b', options)).toEqual([
      {
        method: 'DELETE',
        url: `${url}/api/4.0/conversations?id=a+b`,
        headers: { authorization: 'token …' },
      },
    ]);
    expect(connections()).toBe(0);
  });

  it('has no double slash where the address has no path', async () => {
    const { provider } = await servedLooker({ environment: { LOOKERSDK_BASE_URL: 'https://looker.test/' } });
    const [planned] = (await provider.plan?.remove?.('a', options)) ?? [];
    expect(planned?.url).toBe('https://looker.test/api/4.0/conversations?id=a');
  });
});

it('is asked below an address that has no path', async () => {
  const paths: string[] = [];
  const answering = await lookerAt(async (asked) => {
    paths.push(new URL(asked.url).pathname);
    return loggedIn(lineOf(asked)) ?? json({ id: 'a', messages: [] });
  });
  const { origin } = new URL(answering.url);
  const place = await servedLooker({ environment: { LOOKERSDK_BASE_URL: origin } });
  await place.provider.show?.('a');
  expect(paths).toEqual(['/api/4.0/login', '/api/4.0/conversations/a']);
});

it('takes documents of both versions, and of no other format', async () => {
  const { provider } = await servedLooker();
  const formats = ['openai', 'orq', 'looker@26.10', 'looker@26.4', 'syllable', 'convo'] as const;
  expect(formats.filter((format) => provider.takes(format))).toEqual(['looker@26.10', 'looker@26.4']);
});
