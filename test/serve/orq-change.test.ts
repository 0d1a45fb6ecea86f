import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/core/schema/problems.ts';
import type { Store } from '../../src/store/index.ts';
import { orqFormat } from '../../src/systems/orq/format.ts';
import { fixture, idOf, openDesk, record } from './orq-desk.ts';
import { conversation41, conversation42, messageError } from './orq-shapes.ts';

describe("Changing Orq.ai's conversations", () => {
  it.each(['documented', 'wire-4.1', 'wire-4.2'])(
    'keeps the spelling and everything else of a record: %s',
    async (name) => {
      const { call, keep, store, errors } = await openDesk();
      const before = fixture(`orq/${name}`);
      await keep('orq', 'conv_01jj1hdhn79xas7a01wb3hysdb', before);
      const answer = await call('PATCH', '/conv_01jj1hdhn79xas7a01wb3hysdb', {
        displayName: 'Return',
        metadata: { generatingTitle: true },
      });
      expect(answer.status).toBe(200);
      const shown = conversation42.parse(answer.body);
      expect(shown).toMatchObject({ displayName: 'Return', metadata: { generatingTitle: true } });
      expect(shown.updatedAt).toBeGreaterThan(1766000001500.5);
      const after = await validRecord(store, 'conv_01jj1hdhn79xas7a01wb3hysdb');
      expect(Object.keys(after).toSorted()).toEqual(Object.keys(before).toSorted());
      expect(after['messages']).toEqual(before['messages']);
      expect(errors).toEqual([]);
    },
  );

  it.each(['documented', 'wire-4.1', 'wire-4.2'])(
    'attaches to an entity and detaches again: %s',
    async (name) => {
      const { call, call41, keep, store, errors } = await openDesk();
      const path = '/conv_01jj1hdhn79xas7a01wb3hysdb';
      await keep('orq', path.slice(1), fixture(`orq/${name}`));
      const attached = await call('PATCH', path, { metadata: { entityId: 'agent_2' } });
      expect(conversation42.parse(attached.body).metadata?.entityId).toBe('agent_2');
      expect(conversation41.parse((await call41('GET', path)).body).entityId).toBe('agent_2');
      await validRecord(store, path.slice(1));
      const detached = await call('PATCH', path, { metadata: { entityId: null } });
      expect(conversation42.parse(detached.body).metadata?.entityId).toBe(null);
      await validRecord(store, path.slice(1));
      expect((await call41('GET', path)).status).toBe(404);
      const again = await call('PATCH', path, { metadata: { entityId: 'agent_3' } });
      expect(conversation42.parse(again.body).metadata?.entityId).toBe('agent_3');
      await validRecord(store, path.slice(1));
      expect(conversation41.parse((await call41('GET', path)).body).entityId).toBe('agent_3');
      expect(errors).toEqual([]);
    },
  );

  it('detaches a conversation that has a project in its own spelling', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1, { entity_id: 'agent_1' }));
    await call('PATCH', '/conv_1', { metadata: { entityId: null } });
    expect(await validRecord(store, 'conv_1')).toMatchObject({ id: 'conv_1', metadata: { entity_id: null } });
    expect(errors).toEqual([]);
  });

  it('changes nothing, times included, where the body changes nothing', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1));
    for (const body of [{}, { displayName: 'conv_1' }, { model: 'x/y', projectId: 'prj_2', metadata: {} }]) {
      const answer = await call('PATCH', '/conv_1', body);
      expect(conversation42.parse(answer.body).updatedAt).toBe(1);
    }
    expect((await store.read('conv_1'))?.record).toEqual(record('conv_1', 1));
    expect(errors).toEqual([]);
  });

  it.each([
    { displayName: 'x'.repeat(101) },
    { displayName: null },
    { metadata: { entityId: 1 } },
    { metadata: { generatingTitle: 'yes' } },
    { metadata: null },
    'no JSON',
    [],
    undefined,
  ])('refuses a body of the wrong form: %j', async (body) => {
    const { call, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1));
    const answer = await call('PATCH', '/conv_1', body);
    expect(answer.status).toBe(400);
    messageError.parse(answer.body);
    expect((await store.read('conv_1'))?.record).toEqual(record('conv_1', 1));
    expect(errors).toEqual([]);
  });
});

describe("Naming Orq.ai's conversations", () => {
  it.each([
    ['', 'How do I  return\n a lamp? ', 'How do I return a lamp?'],
    ['Untitled', 'word '.repeat(30), 'word '.repeat(20).trim()],
    ['', `${'x'.repeat(98)} yy zz`, 'x'.repeat(98)],
    ['', `${'x'.repeat(100)} yy`, 'x'.repeat(100)],
    ['', 'x'.repeat(120), 'x'.repeat(100)],
    ['', '🙂'.repeat(120), '🙂'.repeat(100)],
    ['Untitled', ' \n ', 'Untitled'],
  ])('makes a name of the first words: %j from %j', async (before, context, name) => {
    const { call, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1, { display_name: before }));
    const answer = await call('POST', '/conv_1/generate-name', { context });
    expect(answer.status).toBe(200);
    expect(conversation42.parse(answer.body)).toMatchObject({
      displayName: name,
      metadata: { generatingTitle: false },
    });
    expect(await validRecord(store, 'conv_1')).toMatchObject({ display_name: name });
    expect(errors).toEqual([]);
  });

  it('names one that was created without a name, and only once', async () => {
    const { call41, errors } = await openDesk();
    const body = { metadata: { entityId: 'agent_1', generatingTitle: true } };
    const made = conversation41.parse((await call41('POST', '', body)).body);
    const named = await call41('POST', `/${idOf(made)}/generate-name`, { context: 'A lamp' });
    expect(conversation41.parse(named.body)).toMatchObject({
      displayName: 'A lamp',
      metadata: { generatingTitle: false, entityId: 'agent_1' },
    });
    const again = await call41('POST', `/${idOf(made)}/generate-name`, { context: 'A chair' });
    expect(again.status).toBe(400);
    messageError.parse(again.body);
    expect((await call41('GET', `/${idOf(made)}`)).body).toEqual(named.body);
    expect(errors).toEqual([]);
  });

  it.each([{ context: '' }, { context: 1 }, {}, [], '{', undefined])('needs a context: %j', async (body) => {
    const { call, keep, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1, { display_name: '' }));
    const answer = await call('POST', '/conv_1/generate-name', body);
    expect(answer.status).toBe(400);
    messageError.parse(answer.body);
    expect(errors).toEqual([]);
  });
});

async function validRecord(store: Store, id: string) {
  const kept = (await store.read(id))?.record;
  expect(problemsOf(orqFormat.record(), kept ?? null, { warnings: false })).toEqual([]);
  return kept ?? {};
}
