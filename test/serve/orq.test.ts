import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/core/schema/problems.ts';
import { orqFormat } from '../../src/systems/orq/format.ts';
import { fixture, idOf, ids, openDesk, record } from './orq-desk.ts';
import { conversation42, list42, messageError, retrieved42 } from './orq-shapes.ts';

describe("Orq.ai's conversations since 4.2", () => {
  it('are created as ordinary conversations of the store', async () => {
    const { call, store, errors } = await openDesk();
    const answer = await call('POST', '', fixture('orq/request'));
    const made = conversation42.parse(answer.body);
    expect(answer.status).toBe(201);
    expect(made).toMatchObject({
      displayName: 'Refund',
      metadata: { entityId: 'agent_01', model: 'openai/gpt-4o', generatingTitle: true },
    });
    expect(idOf(made)).toMatch(/^conv_[0-9a-hjkmnp-tv-z]{26}$/);
    const kept = await store.read(idOf(made));
    expect(kept).toMatchObject({
      format: 'orq',
      record: { id: idOf(made), entity_id: 'agent_01', project_id: 'prj_1' },
    });
    expect(problemsOf(orqFormat.record(), kept?.record ?? null)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('are called Untitled, stand alone and keep nothing that the API does not know', async () => {
    const { call, store, errors } = await openDesk();
    const body = {
      projectId: 'prj_1',
      id: 'mine',
      kind: 'else',
      metadata: { entityId: null, colour: 'red' },
    };
    const made = conversation42.parse((await call('POST', '', body)).body);
    expect(made).toMatchObject({ displayName: 'Untitled', metadata: { entityId: null } });
    expect(idOf(made)).not.toBe('mine');
    const kept = await store.read(idOf(made));
    expect(kept?.record['metadata']).toEqual({ entity_id: null });
    expect(problemsOf(orqFormat.record(), kept?.record ?? null)).toEqual([]);
    expect(errors).toEqual([]);
  });

  it.each([
    ['without a project', { displayName: 'Refund' }],
    ['with a project that is no text', { projectId: 1 }],
    ['with a name of 101 characters', { projectId: 'prj_1', displayName: 'x'.repeat(101) }],
    ['with no name at all', { projectId: 'prj_1', displayName: null }],
    ['with an entity that is a number', { projectId: 'prj_1', metadata: { entityId: 7 } }],
    ['with metadata that is a list', { projectId: 'prj_1', metadata: [] }],
    ['from a list', []],
    ['from null', null],
    ['from malformed JSON', '{"projectId": '],
    ['from a number that cannot be kept', '{"projectId": "prj_1", "metadata": {"x": 12345678901234567890}}'],
    ['from nothing', undefined],
  ])('cannot be created %s', async (_case, body) => {
    const { call, errors } = await openDesk();
    const answer = await call('POST', '', body);
    expect(answer.status).toBe(400);
    messageError.parse(answer.body);
    expect(list42.parse((await call('GET', '/')).body).data).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('take a name of a hundred characters that are more code units', async () => {
    const { call, errors } = await openDesk();
    const displayName = '🙂'.repeat(100);
    const answer = await call('POST', '', { projectId: 'prj_1', displayName });
    expect(conversation42.parse(answer.body).displayName).toBe(displayName);
    expect(errors).toEqual([]);
  });

  it('are retrieved with their messages, whatever spelling they are kept in', async () => {
    const { call, keep, errors } = await openDesk();
    const wire = fixture('orq/wire-4.2');
    await keep('orq', 'conv_01jj1hdhn79xas7a01wb3hysdb', wire);
    const answer = await call('GET', '/conv_01jj1hdhn79xas7a01wb3hysdb');
    expect(answer.status).toBe(200);
    retrieved42.parse(answer.body);
    expect(answer.body).toEqual(wire);
    await keep('orq', 'conv_documented', { ...fixture('orq/documented'), id: 'conv_documented' });
    const other = await call('GET', '/conv_documented');
    retrieved42.parse(other.body);
    expect(other.body).toEqual({
      _id: 'conv_documented',
      kind: 'conversation',
      displayName: 'Refund',
      createdAt: 1766000000000,
      updatedAt: 1766000001500.5,
      createdById: 'user_1',
      updatedById: 'user_2',
      metadata: { generatingTitle: false, entityId: 'agent_01' },
      messages: [],
    });
    expect(errors).toEqual([]);
  });

  it('give what messages lack the same way each time', async () => {
    const { call, keep, errors } = await openDesk();
    const messages = [
      { role: 'user', parts: [{ kind: 'text', text: 'Hello' }] },
      { id: 7, role: 'assistant', created_at: 1766000000500, parts: [] },
      {
        role: 'assistant',
        parts: [{ kind: 'file', file: { bytes: 'AAAA', mime_type: 'image/png' } }],
      },
    ];
    await keep('orq', 'conv_1', record('conv_1', 1766000000000, { created_by_id: 'user_1', messages }));
    const answer = await call('GET', '/conv_1');
    const shown = retrieved42.parse(answer.body);
    expect(shown.messages.map(({ _id, ...others }) => others)).toEqual([
      {
        conversationId: 'conv_1',
        createdAt: 1766000000000,
        createdById: 'user_1',
        role: 'user',
        parts: [{ kind: 'text', text: 'Hello' }],
      },
      {
        conversationId: 'conv_1',
        createdAt: 1766000000500,
        createdById: 'system',
        role: 'assistant',
        parts: [],
      },
      {
        conversationId: 'conv_1',
        createdAt: 1766000000500,
        createdById: 'system',
        role: 'assistant',
        parts: [{ kind: 'file', file: { bytes: 'AAAA', mimeType: 'image/png' } }],
      },
    ]);
    const [first, second, third] = ids(shown.messages);
    expect(first).toMatch(/^msg_01[0-9a-hjkmnp-tv-z]{24}$/);
    expect(second).toBe('7');
    expect(third).not.toBe(first);
    expect((await call('GET', '/conv_1')).body).toEqual(answer.body);
    expect(errors).toEqual([]);
  });

  it('are deleted with nothing to say, and once', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('orq', 'conv_1', record('conv_1', 1));
    const answer = await call('DELETE', '/conv_1');
    expect(answer).toMatchObject({ status: 204, body: undefined });
    expect(await store.read('conv_1')).toBeUndefined();
    const again = await call('DELETE', '/conv_1');
    expect(again.status).toBe(404);
    messageError.parse(again.body);
    expect(errors).toEqual([]);
  });

  it.each([
    ['GET', '/conv_none', undefined],
    ['PATCH', '/conv_none', { displayName: 'x' }],
    ['DELETE', '/conv_none', undefined],
    ['POST', '/conv_none/generate-name', { context: 'x' }],
    ['GET', '/..%2F..%2Fetc', undefined],
    ['GET', '/%00', undefined],
    ['GET', '/%E0%A4%A', undefined],
    ['GET', '/__proto__', undefined],
    ['GET', `/${'x'.repeat(3000)}`, undefined],
  ])('that do not exist are 404: %s %s', async (method, path, body) => {
    const { call, errors } = await openDesk();
    const answer = await call(method, path, body);
    expect(answer.status).toBe(404);
    messageError.parse(answer.body);
    expect(errors).toEqual([]);
  });
});
