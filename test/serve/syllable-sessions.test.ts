import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type Desk, fixture, openDesk, record } from './syllable-desk.ts';
import { session, sessions, textError, transcript, validationError } from './syllable-shapes.ts';

describe("Syllable's sessions", () => {
  it('are found by their conversation, oldest first if asked', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('syllable', '1042', fixture('syllable/sessions'));
    await keep('syllable', '7', { ...record('7', '2024-01-01'), sessions: [{ session_id: '1' }] });
    const query =
      'search_fields=conversation_id&search_field_values=1042&order_by=timestamp&order_by_direction=asc';
    const answer = await call(`/sessions/?${query}`);
    const { items, total_count: count } = sessions.parse(answer.body);
    expect(items.map(({ session_id: id }) => id)).toEqual(['824', '825']);
    expect(count).toBe(2);
    expect(items[1]).toEqual({
      timestamp: '2024-06-19T09:00:00Z',
      session_id: '825',
      conversation_id: '1042',
      channel_manager_service: 'hedy',
      channel_manager_type: 'voice_twilio_v1',
      source: '+18042221111',
      duration: 12.5,
      is_test: false,
    });
    expect((await call('/sessions/825')).body).toEqual(items[1]);
    expect(errors).toEqual([]);
  });

  it('have a transcript with complete times', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('syllable', '1042', fixture('syllable/sessions'));
    const answer = await call('/sessions/transcript/824');
    expect(answer.status).toBe(200);
    const shown = transcript.parse(answer.body);
    expect(shown.session_id).toBe('824');
    expect(shown.transcription).toEqual([
      {
        timestamp: '2024-06-19T00:00:09Z',
        source: 'agent',
        text: 'Syllable builds voice agents.',
        lang: 'en-US',
      },
      {
        timestamp: '2024-06-19T00:00:05Z',
        source: 'user',
        text: 'Tell me about Syllable.ai!',
        lang: 'unset',
      },
    ]);
    expect(shown.actions).toMatchObject([{ tool_name: 'general_information_web', tool_error: null }]);
    expect(errors).toEqual([]);
  });

  it('that lack an id or a time, or share an id, get them the same way each time', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('syllable', '1042', fixture('syllable/awkward'));
    const list = () => call('/sessions/?search_fields=conversation_id&search_field_values=1042');
    const { items } = sessions.parse((await list()).body);
    expect(items.length).toBe(6);
    const ids = items.map(({ session_id: id }) => id ?? '');
    expect(new Set(ids).size).toBe(6);
    expect(ids).toContain('824');
    expect((await list()).body).toMatchObject({ items });
    for (const id of ids) {
      expect(session.parse((await call(`/sessions/${id}`)).body).session_id).toBe(id);
      expect(transcript.parse((await call(`/sessions/transcript/${id}`)).body).session_id).toBe(id);
    }
    expect(errors).toEqual([]);
  });

  it('that were tests are hidden until they are asked for, and are then beside the others', async () => {
    const desk = await openDesk();
    await keepKinds(desk);
    expect(await idsOf(desk, '')).toEqual(['2', '1']);
    expect(await idsOf(desk, 'search_fields=is_test&search_field_values=true')).toEqual(['3', '2', '1']);
    expect(await idsOf(desk, 'search_fields=is_test&search_field_values=false')).toEqual(['2', '1']);
    expect((await desk.call('/sessions/3')).body).toMatchObject({ session_id: '3', is_test: true });
    expect(desk.errors).toEqual([]);
  });

  it('are searched, ordered, cut and paged as conversations are', async () => {
    const desk = await openDesk();
    await keepKinds(desk);
    expect(await idsOf(desk, 'search_fields=source&search_field_values=%2B1')).toEqual(['1']);
    expect(await idsOf(desk, 'search_fields=duration&search_field_values=20.0')).toEqual(['2']);
    expect(await idsOf(desk, 'search_fields=session_id&search_field_values=2')).toEqual(['2']);
    expect(await idsOf(desk, 'search_fields=conversation_id&search_field_values=none')).toEqual([]);
    expect(await idsOf(desk, 'order_by=duration')).toEqual(['1', '2']);
    expect(await idsOf(desk, 'end_datetime=2024-06-02')).toEqual(['1']);
    expect(await idsOf(desk, 'limit=1&page=1')).toEqual(['1']);
    const { body } = await desk.call('/sessions/?fields=source&limit=1');
    expect(sessions.parse(body).items).toEqual([{ timestamp: '2024-06-02T00:00:00Z', source: '+2' }]);
    expect(desk.errors).toEqual([]);
  });

  it('cannot be searched by what Syllable refuses', async () => {
    const { call, errors } = await openDesk();
    for (const [query, loc] of [
      ['search_fields=is_outbound&search_field_values=true', ['query', 'search_fields', 0]],
      ['search_fields=llm_model&search_field_values=a', ['query', 'search_fields', 0]],
      ['order_by=is_test&page=x', ['query', 'page']],
    ] as const) {
      const answer = await call(`/sessions/?${query}`);
      expect(answer.status).toBe(422);
      expect(validationError.parse(answer.body).detail).toMatchObject([{ loc }]);
    }
    expect(errors).toEqual([]);
  });

  it.each([
    ['/sessions/CA0123456789', 400],
    ['/sessions/transcript/CA0123456789', 400],
    ['/sessions/-1', 400],
    ['/sessions/transcript', 400],
    ['/sessions/999', 404],
    ['/sessions/transcript/999', 404],
    [`/sessions/${'9'.repeat(400)}`, 404],
  ])('that are none: %s', async (path, status) => {
    const { call, errors } = await openDesk();
    const answer = await call(path);
    expect(answer.status).toBe(status);
    textError.parse(answer.body);
    expect(errors).toEqual([]);
  });

  it('are gone with their conversation', async () => {
    const { call, keep, store, errors } = await openDesk();
    await keep('syllable', '1042', fixture('syllable/sessions'));
    expect((await call('/sessions/824')).status).toBe(200);
    await store.remove('1042');
    expect((await call('/sessions/824')).status).toBe(404);
    await keep('syllable', '1043', { ...fixture('syllable/sessions'), conversation_id: '1043' });
    expect((await call('/sessions/824')).body).toMatchObject({ conversation_id: '1043' });
    expect(errors).toEqual([]);
  });
});

async function keepKinds({ keep }: Desk): Promise<void> {
  const kinds: JsonObject[] = [
    { timestamp: '2024-06-01T00:00:00Z', session_id: '1', source: '+1', duration: 10 },
    { timestamp: '2024-06-02T00:00:00Z', session_id: 2, source: '+2', duration: 20, is_test: false },
    { timestamp: '2024-06-03T00:00:00Z', session_id: '3', is_test: true },
  ];
  await keep('syllable', '1042', { ...record('1042', '2024-06-01'), sessions: kinds });
}

async function idsOf({ call }: Desk, query: string): Promise<string[]> {
  const answer = await call(`/sessions/?${query}`);
  return sessions.parse(answer.body).items.map(({ session_id: id }) => id ?? '');
}
