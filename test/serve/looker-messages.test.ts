import { describe, expect, it } from 'vitest';
import { isObject, type JsonValue } from '../../src/core/json.ts';
import { each, lookerDesk, problemsIn, textAt, textsOf } from './looker-desk.ts';

const text = (said: string) => ({ type: 'user', message: { userMessage: { text: said } } });
const POST = { method: 'POST' };

async function deskWithMessages() {
  const desk = await lookerDesk();
  const id = await desk.create({ name: 'A' });
  const path = `/conversations/${id}/messages`;
  const { body } = await desk.ask(path, { ...POST, body: { messages: [text('1'), text('2'), text('3')] } });
  return { ...desk, id, path, ids: textsOf(body, 'id'), created: body };
}

describe('messages', () => {
  it('are saved in order behind those that are there', async () => {
    const { ask, path, ids, created, id, store } = await deskWithMessages();
    const more = await ask(path, {
      ...POST,
      body: { messages: [{ ...text('4'), id: 'x', order: 9, own: 1 }] },
    });
    expect(more.status).toBe(200);
    expect(more.body).toEqual([{ ...text('4'), own: 1, order: 4, id: expect.not.stringContaining('x') }]);
    const all = await ask(path);
    expect(all.body).toEqual([...elements(created), ...elements(more.body)]);
    expect(each(all.body, 'order')).toEqual([1, 2, 3, 4]);
    expect(new Set(each(all.body, 'id')).size).toBe(4);
    expect((await store.read(id))?.record['messages']).toEqual(all.body);
    expect((await ask(`${path}/${ids[1]}`)).body).toEqual(elements(all.body)[1]);
  });

  it('may be none', async () => {
    const { ask, path, created } = await deskWithMessages();
    expect((await ask(path, { ...POST, body: { messages: [] } })).body).toEqual([]);
    expect((await ask(path)).body).toEqual(created);
  });

  it('need a type and a content each', async () => {
    const { ask, path, created } = await deskWithMessages();
    const messages = [text('ok'), {}, { type: 1, message: 'Hi' }, 'Hi'];
    const reply = await ask(path, { ...POST, body: { messages } });
    expect(reply.status).toBe(422);
    expect(problemsIn(reply.body)).toEqual([
      'messages[1].type: missing_field',
      'messages[1].message: missing_field',
      'messages[2].type: invalid',
      'messages[2].message: invalid',
      'messages[3]: invalid',
    ]);
    expect(problemsIn((await ask(path, { ...POST, body: {} })).body)).toEqual(['messages: missing_field']);
    expect(problemsIn((await ask(path, { ...POST, body: { messages: {} } })).body)).toEqual([
      'messages: invalid',
    ]);
    expect((await ask(path)).body).toEqual(created);
  });

  it('change in type and content', async () => {
    const { ask, path, ids } = await deskWithMessages();
    const asking = { method: 'PATCH', body: { message: { text: 'New' }, order: 7, id: 'x', own: 1 } };
    const { status, body } = await ask(`${path}/${ids[1]}`, asking);
    expect(status).toBe(200);
    expect(body).toEqual({ id: ids[1], order: 2, type: 'user', message: { text: 'New' }, own: 1 });
    expect((await ask(`${path}/${ids[1]}`)).body).toEqual(body);
    const wrong = await ask(`${path}/${ids[1]}`, { method: 'PATCH', body: { type: null, message: [] } });
    expect(problemsIn(wrong.body).toSorted()).toEqual(['message: invalid', 'type: invalid']);
    expect((await ask(`${path}/x`, { method: 'PATCH', body: {} })).status).toBe(404);
  });

  it('are deleted together or not at all', async () => {
    const { ask, path, ids, id } = await deskWithMessages();
    expect((await ask(`${path}?id=${ids[0]},x`, { method: 'DELETE' })).status).toBe(404);
    expect((await ask(path, { method: 'DELETE' })).status).toBe(400);
    expect(each((await ask(path)).body, 'id')).toEqual(ids);
    expect((await ask(`${path}?id=${ids[0]},${ids[1]}`, { method: 'DELETE' })).status).toBe(204);
    expect(each((await ask(path)).body, 'id')).toEqual([ids[2]]);
    const { body } = await ask(`/conversations/${id}`);
    expect(textAt(body, 'updated_at') > textAt(body, 'created_at')).toBe(true);
    expect((await ask(`${path}/${ids[0]}`)).status).toBe(404);
  });

  it('obey fields', async () => {
    const { ask, path, ids } = await deskWithMessages();
    expect((await ask(`${path}?fields=order,type`)).body).toEqual(
      [1, 2, 3].map((order) => ({ order, type: 'user' })),
    );
    expect((await ask(`${path}/${ids[0]}?fields=message(userMessage)`)).body).toEqual({
      message: { userMessage: { text: '1' } },
    });
    expect((await ask(`${path}?fields=(`)).status).toBe(400);
  });

  it('of a record without their ids get some that stay', async () => {
    const { ask, keep } = await lookerDesk();
    const messages = [text('a'), { ...text('b'), id: '1' }, text('c')];
    await keep('looker@26.10', 'bare', { id: 'bare', name: 'Bare', messages });
    const path = '/conversations/bare/messages';
    const { body } = await ask(path);
    expect(each(body, 'id')).toEqual(['01', '1', '3']);
    expect(each(body, 'order')).toEqual([1, 2, 3]);
    expect((await ask(`${path}/3`)).body).toEqual({ ...text('c'), id: '3', order: 3 });
    expect((await ask(`${path}?id=01`, { method: 'DELETE' })).status).toBe(204);
    expect(each((await ask(path)).body, 'id')).toEqual(['1', '3']);
    const more = await ask(path, { ...POST, body: { messages: [text('d')] } });
    expect(each(more.body, 'order')).toEqual([4]);
  });

  it('are none where the record has none, and where they are null', async () => {
    const { ask, keep } = await lookerDesk();
    await keep('looker@26.10', 'a', { id: 'a', name: 'A', messages: null });
    await keep('looker@26.10', 'b', { id: 'b', name: 'B' });
    for (const id of ['a', 'b']) {
      expect((await ask(`/conversations/${id}/messages`)).body).toEqual([]);
      const more = await ask(`/conversations/${id}/messages`, { ...POST, body: { messages: [text('1')] } });
      expect(each(more.body, 'order')).toEqual([1]);
    }
  });
});

function elements(body: JsonValue | undefined): JsonValue[] {
  return Array.isArray(body) ? body.filter((item) => isObject(item)) : [];
}
