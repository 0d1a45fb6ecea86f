import { describe, expect, it } from 'vitest';
import { syllableApi } from '../../src/systems/syllable/server/api.ts';
import { serveStore, TOKEN } from './desk.ts';
import { fixture, openDesk } from './syllable-desk.ts';
import { conversations, sessions, textError, transcript } from './syllable-shapes.ts';

describe('The edges of the API of Syllable', () => {
  it.each([
    {},
    { 'syllable-api-key': '' },
    { 'syllable-api-key': 'wrong' },
    { authorization: `Bearer ${TOKEN}` },
  ])('want the key in its header: %j', async (headers) => {
    const { ask, errors } = await serveStore();
    for (const path of [
      '/conversations/',
      '/conversations/?page=x',
      '/sessions/',
      '/sessions/1',
      '/elsewhere',
    ]) {
      const answer = await ask(`/syllable/api/v1${path}`, { headers });
      expect(answer.status).toBe(401);
      textError.parse(answer.body);
    }
    expect(errors).toEqual([]);
  });

  it.each([
    ['/conversations', '/conversations/'],
    ['/conversations?limit=2&search_fields=a%20b', '/conversations/?limit=2&search_fields=a%20b'],
    ['/sessions', '/sessions/'],
    ['/sessions/824/', '/sessions/824'],
    ['/sessions/transcript/824/', '/sessions/transcript/824'],
  ])('lead from %s to %s', async (from, to) => {
    const { call, errors } = await openDesk();
    const answer = await call(from);
    expect([answer.status, answer.body]).toEqual([307, undefined]);
    expect(answer.headers.get('location')).toBe(`http://localhost/syllable/api/v1${to}`);
    expect(errors).toEqual([]);
  });

  it.each([
    ['POST', '/conversations/', 405, 'Method Not Allowed'],
    ['DELETE', '/sessions/824', 405, 'Method Not Allowed'],
    ['PATCH', '/sessions/transcript/824', 405, 'Method Not Allowed'],
    ['GET', '/conversations/1042', 404, 'Not Found'],
    ['DELETE', '/conversations/1042', 404, 'Not Found'],
    ['GET', '/conversations/1042/', 404, 'Not Found'],
    ['GET', '/sessions/full-summary/824', 404, 'Not Found'],
    ['GET', '/elsewhere', 404, 'Not Found'],
  ])('say what there is not: %s %s', async (method, path, status, detail) => {
    const { call, errors } = await openDesk();
    const answer = await call(path, method);
    expect([answer.status, answer.body]).toEqual([status, { detail }]);
    if (status === 405) expect(answer.headers.get('allow')).toBe('GET');
    expect(errors).toEqual([]);
  });

  it('have a body for each error that is nobody’s in particular', () => {
    for (const status of [400, 404, 405, 413, 429, 500, 503]) {
      textError.parse(syllableApi.errorBody(status, 'so'));
    }
    textError.parse(syllableApi.locked().body);
  });
});

describe("Other systems' conversations through Syllable's API", () => {
  it.each([
    ['openai', 'conv_123', 'openai/conversation', 2],
    ['looker@26.10', '0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'looker/sales', 2],
    ['orq', 'conv_01jj1hdhn79xas7a01wb3hysdb', 'orq/wire-4.2', 2],
  ])('are listed, and what was said is in a session: %s', async (format, id, path, said) => {
    const { call, keep, errors } = await openDesk();
    await keep(format, id, fixture(path));
    const { items } = conversations.parse((await call('/conversations/')).body);
    expect(items.map((each) => each.conversation_id)).toEqual([id]);
    const query = `search_fields=conversation_id&search_field_values=${id}`;
    const found = sessions.parse((await call(`/sessions/?${query}`)).body);
    expect(found.items.length).toBe(1);
    const [session] = found.items;
    expect(session?.conversation_id).toBe(id);
    expect(session?.session_id).toMatch(/^\d{16}$/);
    expect((await call(`/sessions/${session?.session_id ?? ''}`)).body).toEqual(session);
    const shown = await call(`/sessions/transcript/${session?.session_id ?? ''}`);
    expect(transcript.parse(shown.body).transcription.length).toBe(said);
    expect((await call(`/sessions/?${query}`)).body).toEqual(found);
    expect(errors).toEqual([]);
  });

  it('of our own format keep their sessions apart, each with a number for its id', async () => {
    const { call, keep, errors } = await openDesk();
    const time = '2026-06-01T09:15:02Z';
    const messages = [
      saidIn('a', 'one'),
      saidIn('b', 'two'),
      saidIn('12', 'three'),
      { role: 'assistant', text: 'four' },
    ];
    await keep('convo', 'c-1', { convo: 1, id: 'c-1', created_at: time, messages });
    const { items } = sessions.parse((await call('/sessions/?order_by=session_id')).body);
    expect(items.length).toBe(4);
    const texts = new Set<unknown>();
    for (const { session_id: id, timestamp } of items) {
      expect(timestamp).toBe(time);
      const shown = transcript.parse((await call(`/sessions/transcript/${id ?? ''}`)).body);
      for (const { text } of shown.transcription) texts.add(text);
    }
    expect(texts).toEqual(new Set(['one', 'two', 'three', 'four']));
    expect(items.map(({ session_id: id }) => id)).toContain('12');
    expect(errors).toEqual([]);
  });

  it('are not there where they do not say when they began', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('convo', 'c-1', { convo: 1, id: 'c-1', messages: [{ role: 'user', text: 'Hello' }] });
    expect(conversations.parse((await call('/conversations/')).body).items).toEqual([]);
    expect(sessions.parse((await call('/sessions/')).body).items).toEqual([]);
    expect(errors).toEqual([]);
  });
});

function saidIn(session: string, text: string) {
  return { role: 'user', session_id: session, text };
}
