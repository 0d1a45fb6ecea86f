import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import type { Located } from '../../src/providers/provider.ts';
import { TOKEN } from '../serve/desk.ts';
import { fixture, record as kept } from '../serve/orq-desk.ts';
import { answering, lines, now, openOrq, record, request } from './orq-place.ts';

const ID = 'conv_01jj1hdhn79xas7a01wb3hysdb';

const edited = (change: (present: JsonObject) => JsonObject) => (current: Located) =>
  Promise.resolve(change(current.record));

describe('show', () => {
  it('gives the record whole, its messages and members that nobody documents too', async () => {
    const opened = await openOrq('4.2');
    await opened.served?.keep('orq', ID, { ...fixture('orq/wire-4.2'), tags: [null] });
    const located = await opened.provider.show?.(ID);
    expect(located).toMatchObject({ id: ID, format: 'orq', record: { tags: [null], _id: ID } });
    expect(located?.record['messages']).toEqual(fixture('orq/wire-4.2')['messages']);
    expect(opened.warnings).toEqual([]);
  });

  it('says once that 4.1 gives no messages', async () => {
    const opened = await openOrq('4.1');
    await opened.served?.keep('orq', ID, fixture('orq/wire-4.1'));
    expect((await opened.provider.show?.(ID))?.record['entityId']).toBe('agent_01');
    await opened.provider.show?.(ID);
    expect(opened.warnings).toEqual(['Orq.ai gives no messages, as is usual up to 4.1']);
  });

  it('asks for no id that would lead elsewhere', async () => {
    const opened = await openOrq('4.2');
    for (const id of ['', '.', '..', '\ud800']) {
      expect(await opened.provider.show?.(id)).toBeUndefined();
      expect(await opened.provider.remove?.(id, { dryRun: false })).toBe(false);
      const unchanged = edited((present) => present);
      await expect(opened.provider.update?.(id, unchanged, now)).rejects.toMatchObject({ code: 'not_found' });
      await expect(opened.provider.plan?.remove?.(id, { dryRun: true })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(opened.seen).toEqual([]);
  });

  it('does not take the page of a stranger for an answer', async () => {
    const opened = await answering([new Response('<h1>Not here</h1>', { status: 404 })]);
    await expect(opened.provider.show?.('conv_1')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('create', () => {
  it('sends a request as it is, and returns what is answered', async () => {
    const opened = await openOrq('4.2');
    const body = { displayName: 'Demo', projectId: 'prj_1', metadata: { entityId: null, model: 'a/b' } };
    const made = await opened.provider.create?.(request(body), now);
    expect(lines(opened)).toEqual([`POST /conversations ${JSON.stringify(body)}`]);
    expect(opened.seen[0]?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(made?.record).toMatchObject({ _id: made?.id, kind: 'conversation', displayName: 'Demo' });
  });

  it('makes a conversation of 4.1 of what names an entity and no project', async () => {
    const opened = await openOrq('4.1');
    const made = await opened.provider.create?.(request({ metadata: { entityId: 'agent_1' } }), now);
    expect(made?.record).toMatchObject({ entityId: 'agent_1', displayName: 'Untitled' });
  });

  it('sends a record as the request that makes it, and says what is not sent', async () => {
    const opened = await openOrq('4.2', { settings: { project: 'prj_9' } });
    await opened.provider.create?.(record(fixture('orq/wire-4.2')), now);
    expect(JSON.parse(opened.seen[0]?.body ?? '')).toEqual({
      displayName: 'Refund',
      projectId: 'prj_9',
      metadata: { generatingTitle: false, model: 'openai/gpt-4o' },
    });
    expect(opened.warnings).toContain('dropped /messages: Orq.ai writes messages only by running an agent');
  });

  it('fills in the project and the entity that are configured, and no others than are missing', async () => {
    const settings = { project: 'prj_9', entity: 'agent_9' };
    const { provider } = await openOrq('4.2', { settings });
    const bodyFor = async (value: JsonObject) => (await provider.plan?.create?.(request(value)))?.[0]?.body;
    expect(await bodyFor({})).toEqual({ projectId: 'prj_9', metadata: { entityId: 'agent_9' } });
    const own = { projectId: 'prj_1', metadata: { entityId: null } };
    expect(await bodyFor(own)).toEqual(own);
    const { provider: older } = await openOrq('4.1', { settings: { ...settings, generation: '4.1' } });
    expect((await older.plan?.create?.(request({})))?.[0]?.body).toEqual({
      metadata: { entityId: 'agent_9' },
    });
  });

  it.each([
    ['4.1', { projectId: 'prj_1' }, '/metadata/entityId', 'add --entity <id>'],
    ['4.2', { metadata: { entityId: 'agent_1' } }, '/projectId', 'add --project <id>'],
  ] as const)(
    'names what %s needs where that version is configured',
    async (generation, value, path, hint) => {
      const opened = await openOrq(generation, { settings: { generation } });
      await expect(opened.provider.create?.(request(value), now)).rejects.toMatchObject({
        code: 'invalid',
        details: { hint, issues: [{ path, message: 'is required' }] },
      });
      expect(opened.seen).toEqual([]);
    },
  );

  it('makes up no id where the answer has none', async () => {
    const answer = { kind: 'conversation', displayName: 'Demo', createdAt: 1, updatedAt: 1 };
    const opened = await answering([Response.json(answer, { status: 201 })]);
    await expect(opened.provider.create?.(request({ projectId: 'prj_1' }), now)).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
    expect(opened.seen).toHaveLength(1);
  });
});

describe('update', () => {
  it('sends what differs and nothing else, and returns the whole', async () => {
    const opened = await openOrq('4.2');
    await opened.served?.keep('orq', ID, fixture('orq/wire-4.2'));
    const edit = edited((present) => ({ ...present, displayName: 'Other' }));
    const after = await opened.provider.update?.(ID, edit, now);
    expect(lines(opened)).toEqual([
      `GET /conversations/${ID}`,
      `PATCH /conversations/${ID} {"displayName":"Other"}`,
    ]);
    expect(after?.record).toMatchObject({ displayName: 'Other', metadata: { model: 'openai/gpt-4o' } });
    expect(after?.record['messages']).toEqual(fixture('orq/wire-4.2')['messages']);
    expect((await opened.provider.show?.(ID))?.record).toEqual(after?.record);
  });

  it('sends nothing where nothing differs', async () => {
    const opened = await openOrq('4.2');
    await opened.served?.keep('orq', ID, fixture('orq/wire-4.2'));
    await opened.provider.update?.(
      ID,
      edited((present) => ({ ...present })),
      now,
    );
    expect(lines(opened)).toEqual([`GET /conversations/${ID}`]);
  });

  it('gives an entity to a conversation without metadata, and takes it away again', async () => {
    const opened = await openOrq('4.2');
    await opened.served?.keep('orq', 'conv_1', kept('conv_1', 1));
    const give = edited((present) => ({ ...present, metadata: { entityId: 'agent_1' } }));
    expect((await opened.provider.update?.('conv_1', give, now))?.record['metadata']).toEqual({
      entityId: 'agent_1',
    });
    const take = edited((present) => ({ ...present, metadata: {} }));
    const after = await opened.provider.update?.('conv_1', take, now);
    expect(opened.seen.at(-1)?.body).toBe('{"metadata":{"entityId":null}}');
    expect(after?.record['metadata']).not.toMatchObject({ entityId: 'agent_1' });
  });

  it('gives 4.1 the entity once, though it is there twice', async () => {
    const opened = await openOrq('4.1');
    await opened.served?.keep('orq', ID, fixture('orq/wire-4.1'));
    const move = edited((present) => ({ ...present, entityId: 'agent_2' }));
    expect((await opened.provider.update?.(ID, move, now))?.record['entityId']).toBe('agent_2');
    expect(opened.seen.at(-1)?.body).toBe('{"metadata":{"entityId":"agent_2"}}');
    const both = edited((present) => ({
      ...present,
      entityId: 'agent_3',
      metadata: { generatingTitle: true, entityId: 'agent_4' },
    }));
    await expect(opened.provider.update?.(ID, both, now)).rejects.toMatchObject({ code: 'invalid' });
  });

  it.each<[string, JsonObject, string]>([
    ['the creator', { createdById: 'user_9' }, 'unsupported'],
    ['the model', { metadata: { generatingTitle: false, entityId: null, model: 'a/b' } }, 'unsupported'],
    ['a name that is too long', { displayName: 'x'.repeat(101) }, 'invalid'],
    ['no name', { displayName: null }, 'unsupported'],
  ])('refuses %s before it is sent', async (_, change, code) => {
    const opened = await openOrq('4.2');
    await opened.served?.keep('orq', ID, fixture('orq/wire-4.2'));
    const edit = edited((present) => ({ ...present, ...change }));
    await expect(opened.provider.update?.(ID, edit, now)).rejects.toMatchObject({ code });
    expect(lines(opened)).toEqual([`GET /conversations/${ID}`]);
  });

  it('is planned without the key, and without reading', async () => {
    const opened = await openOrq('4.2', { key: '' });
    const edit = edited((present) => ({ ...present, displayName: 'Other' }));
    const [planned] = (await opened.provider.plan?.update?.('conv_1/ä', edit)) ?? [];
    expect(planned).toMatchObject({
      method: 'PATCH',
      url: expect.stringMatching(/\/orq\/v2\/conversations\/conv_1%2F%C3%A4$/),
      headers: { 'content-type': 'application/json', authorization: 'Bearer …' },
      body: { displayName: 'Other' },
    });
    expect(opened.seen).toEqual([]);
  });
});

describe('an error', () => {
  it.each<[string, JsonObject, string]>([
    ['{message}', { message: 'It went wrong.' }, 'It went wrong'],
    ['{error: {code, message}}', { error: { code: 'x', message: 'It went wrong' } }, 'It went wrong'],
    ['{code, message}', { code: 'x', message: 'It went wrong' }, 'It went wrong'],
    ['{error}', { error: 'It went wrong' }, 'It went wrong'],
    [
      '{id, code, error, source}',
      { id: '1', code: 400, error: 'It went wrong', source: 'system' },
      'It went wrong',
    ],
    ['{error: {code}}', { error: { code: 'quota_exceeded' } }, 'quota_exceeded'],
    ['nothing known', { detail: [] }, 'it answered with status 400'],
  ])('as %s is one sentence', async (_, body, sentence) => {
    const opened = await answering([Response.json(body, { status: 400 })]);
    await expect(opened.provider.show?.('conv_1')).rejects.toMatchObject({
      message: `Orq.ai: ${sentence}`,
      details: { status: 400 },
    });
  });

  it('never has the key in it', async () => {
    const body = { error: { code: 'invalid_api_key', message: `the key ${TOKEN} is not known` } };
    const opened = await answering([Response.json(body, { status: 401 })]);
    await expect(opened.provider.show?.('conv_1')).rejects.toMatchObject({
      code: 'not_authenticated',
      message: 'Orq.ai: the key … is not known',
    });
  });
});
