import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { TOKEN } from '../serve/desk.ts';
import { fixture } from '../serve/syllable-desk.ts';
import { answering, openSyllable, page, targets } from './syllable-place.ts';

const sessionsOf = (record: JsonObject | undefined): JsonObject[] => {
  const sessions = record?.['sessions'];
  return Array.isArray(sessions) ? sessions.filter(isObject) : [];
};

describe('show', () => {
  it('puts a conversation together from the list, its sessions and their transcripts', async () => {
    const opened = await openSyllable();
    await opened.served?.keep('syllable', '1042', fixture('syllable/sessions'));
    const located = await opened.provider.show?.('1042');
    const { sessions: _sessions, ...own } = fixture('syllable/sessions');
    expect(located).toMatchObject({ id: '1042', format: 'syllable' });
    expect(located?.record).toMatchObject({ ...own, timestamp: '2024-06-19T00:00:00Z' });
    const sessions = sessionsOf(located?.record);
    expect(sessions.map(({ session_id: id }) => id)).toEqual(['824', '825']);
    expect(sessions[0]).toMatchObject({
      user_terminated: true,
      transcript: { session_id: '824', transcription: [{ source: 'agent' }, { source: 'user' }] },
    });
    expect(opened.warnings).toEqual([]);
    expect(targets(opened)).toEqual([
      '/sessions/?page=0&limit=100&order_by=timestamp&order_by_direction=asc&search_fields=conversation_id&search_fields=is_test&search_field_values=1042&search_field_values=true',
      '/conversations/?page=0&limit=100&order_by=timestamp&order_by_direction=asc&start_datetime=2024-06-18T23:55:00Z&end_datetime=2024-06-19T00:05:00Z',
      '/sessions/transcript/824',
      '/sessions/transcript/825',
    ]);
    expect(opened.seen.map(({ headers }) => headers.get('syllable-api-key'))).toEqual(
      opened.seen.map(() => TOKEN),
    );
  });

  it('looks for the conversation a day around where it is not beside its first session', async () => {
    const opened = await openSyllable();
    const sessions = [{ session_id: '1', timestamp: '2024-06-19T20:00:00Z', is_test: true }];
    const record = { timestamp: '2024-06-19T08:00:00Z', conversation_id: '7', llm_seed: null, sessions };
    await opened.served?.keep('syllable', '7', record);
    expect((await opened.provider.show?.('7'))?.record).toMatchObject({
      timestamp: '2024-06-19T08:00:00Z',
      llm_seed: null,
      sessions: [{ is_test: true, transcript: { transcription: [] } }],
    });
    expect(targets(opened).filter((target) => target.startsWith('/conversations'))).toHaveLength(2);
  });

  it('has what the first session says of a conversation that no list shows, and says so', async () => {
    const session = {
      timestamp: '2024-06-19T08:00:00',
      session_id: 824,
      conversation_id: 7,
      agent_id: 12,
      agent_name: null,
      prompt_version: '2024-01-01',
      is_test: true,
    };
    const transcript = { session_id: '824', transcription: [], actions: [] };
    const opened = await answering(({ pathname }) => {
      if (pathname.endsWith('/conversations/')) return page([]);
      return pathname.endsWith('/sessions/') ? page([session]) : Response.json(transcript);
    });
    expect((await opened.provider.show?.('7'))?.record).toEqual({
      timestamp: '2024-06-19T08:00:00',
      conversation_id: 7,
      agent_id: 12,
      agent_name: null,
      sessions: [{ ...session, transcript }],
    });
    expect(opened.warnings).toEqual([
      'Syllable does not list the conversation "7", as it does not those of test sessions; what is shown of it is from its first session',
    ]);
  });

  it('says that a conversation without sessions cannot be found', async () => {
    const opened = await openSyllable();
    const listedOnly = { timestamp: '2024-06-19T08:00:00Z', conversation_id: '7' };
    await opened.served?.keep('syllable', '7', listedOnly);
    expect(await opened.provider.show?.('7')).toBeUndefined();
    expect(opened.warnings).toEqual(['Syllable finds a conversation by its sessions, and has none of "7"']);
  });

  it('takes no session of another conversation, whose id is only alike', async () => {
    const other = { timestamp: '2024-06-19T08:00:00Z', session_id: '1', conversation_id: '71' };
    const opened = await answering(() => page([other]));
    expect(await opened.provider.show?.('7')).toBeUndefined();
  });

  it('asks nothing for an id that is none', async () => {
    const opened = await openSyllable();
    for (const id of ['', '.', '..', '\ud800']) expect(await opened.provider.show?.(id)).toBeUndefined();
    expect(opened.seen).toEqual([]);
  });
});

describe('transcripts', () => {
  const sessions = Array.from({ length: 12 }, (_, index) => ({
    timestamp: '2024-06-19T08:00:00Z',
    session_id: String(index),
    conversation_id: '7',
  }));
  const conversation = { timestamp: '2024-06-19T08:00:00Z', conversation_id: '7' };

  async function open(transcript: (id: string) => Response | Promise<Response>) {
    return answering(({ pathname }) => {
      if (pathname.endsWith('/conversations/')) return page([conversation]);
      if (pathname.endsWith('/sessions/')) return page(sessions);
      return transcript(pathname.split('/').at(-1) ?? '');
    });
  }

  it('are asked for four at once, and come in the order of their sessions', async () => {
    const gates: (() => void)[] = [];
    let most = 0;
    const opened = await open(async (id) => {
      await new Promise<void>((resolve) => {
        gates.push(resolve);
        most = Math.max(most, gates.length);
        // The last that came is answered first.
        if (gates.length === 4 || Number(id) >= 8) for (const go of gates.splice(0).toReversed()) go();
      });
      return Response.json({ session_id: id, transcription: [], actions: [] });
    });
    const shown = sessionsOf((await opened.provider.show?.('7'))?.record);
    expect(shown.map(({ transcript }) => transcript)).toEqual(
      sessions.map(({ session_id }) => ({ session_id, transcription: [], actions: [] })),
    );
    expect(most).toBe(4);
  });

  it('that are not there are absent, and counted', async () => {
    const opened = await open((id) =>
      Number(id) < 10
        ? Response.json({ session_id: id, transcription: [], actions: [] })
        : Response.json({ detail: `there is no session ${id}` }, { status: 404 }),
    );
    const shown = sessionsOf((await opened.provider.show?.('7'))?.record);
    expect(shown.slice(10)).toEqual(sessions.slice(10));
    expect(opened.warnings).toEqual([
      'Syllable has no transcript of 2 of the 12 sessions of this conversation',
    ]);
  });

  it('that cannot be had are an error, and no more of them are asked for', async () => {
    const opened = await open(() => Response.json({ detail: 'not for you' }, { status: 403 }));
    await expect(opened.provider.show?.('7')).rejects.toMatchObject({
      code: 'not_allowed',
      message: 'Syllable: not for you',
    });
    expect(targets(opened).length).toBeLessThanOrEqual(2 + 4);
  });
});

describe('an error', () => {
  it('is said in the words of its detail', async () => {
    const opened = await answering(() => Response.json({ detail: 'the key is not known.' }, { status: 401 }));
    await expect(opened.provider.show?.('7')).rejects.toMatchObject({
      code: 'not_authenticated',
      message: 'Syllable: the key is not known',
    });
  });

  it('with several problems is one sentence, and an issue for each', async () => {
    const detail = [
      { loc: ['query', 'search_fields', 0], msg: 'cannot be searched', type: 'value_error', ctx: {} },
      { loc: ['query', 'limit'], msg: 'must be a whole number', type: 'int_parsing' },
      'something else',
    ];
    const opened = await answering(() => Response.json({ detail }, { status: 422 }));
    await expect(opened.provider.show?.('7')).rejects.toMatchObject({
      code: 'invalid',
      message: 'Syllable: search_fields.0: cannot be searched; limit: must be a whole number; something else',
      details: {
        status: 422,
        issues: [
          { path: '/query/search_fields/0', message: 'cannot be searched' },
          { path: '/query/limit', message: 'must be a whole number' },
          { path: '', message: 'something else' },
        ],
      },
    });
  });

  it.each([{ detail: [] }, { detail: null }, {}])('that says nothing (%j) has its status', async (body) => {
    const opened = await answering(() => Response.json(body, { status: 400 }));
    await expect(opened.provider.show?.('7')).rejects.toMatchObject({
      message: 'Syllable: it answered with status 400',
    });
  });
});
