import { describe, expect, it } from 'vitest';
import type { Conversation, Message } from '../../../src/core/conversation.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { createLedger, type Ledger, type Loss, noLedger } from '../../../src/core/ledger.ts';
import { readSyllable } from '../../../src/systems/syllable/read.ts';
import { record } from '../../../src/systems/syllable/schema.ts';
import { writeSyllable } from '../../../src/systems/syllable/write.ts';

/** Writes a document of the model's own format, in which everything stands where the model has it. */
function write(fields: Omit<Conversation, 'convo'>): { native: JsonObject; losses: Loss[] } {
  const conversation: Conversation & JsonObject = { convo: 1, ...fields };
  const ledger = createLedger();
  ledger.implied(conversation, 'convo');
  placeAll(conversation.messages, ledger);
  for (const message of conversation.messages ?? []) placeAll(message.parts, ledger);
  const native = writeSyllable(conversation, 'record', ledger);
  return { native, losses: ledger.losses(conversation, 'no home') };
}

function placeAll(list: unknown, ledger: Ledger): void {
  if (!Array.isArray(list)) return;
  for (const [index, value] of list.entries()) ledger.origin(value, '$self', list, index);
}

const short = (losses: readonly Loss[]): string[] => losses.map(({ path, kind }) => `${kind} ${path}`);
const said = (role: string, ...texts: string[]): Message => ({
  role,
  parts: texts.map((text) => ({ type: 'text', text })),
});
const call = (fields: JsonObject): JsonObject => ({ type: 'tool_call', name: 'look', ...fields });
const result = (fields: JsonObject): JsonObject => ({ type: 'tool_result', ...fields });

function transcriptOf(...messages: Message[]): { transcript: unknown; losses: string[] } {
  const { native, losses } = write({ messages });
  const sessions = native['sessions'];
  const [session] = Array.isArray(sessions) ? sessions : [];
  return { transcript: JSON.parse(JSON.stringify(session ?? null))?.transcript, losses: short(losses) };
}

describe('writeSyllable', () => {
  it('writes nothing that the model does not have', () => {
    expect(write({}).native).toStrictEqual({});
    expect(write({ messages: null }).native).toStrictEqual({ sessions: null });
    expect(write({ messages: [] }).native).toStrictEqual({ sessions: [] });
  });

  it('writes what the model says of agent, prompt and language model', () => {
    const { native, losses } = write({
      id: '1',
      title: 'Greeting',
      created_at: '2024-06-19T02:00:00+02:00',
      agent: { id: 'a', name: 'n', type: null, instructions: 'Be kind.' },
      model: { provider: 'p', name: 'm', version: 'v', temperature: 0.5, seed: 1.5 },
      prompt: { id: 'x', name: 'y', version: 'z' },
      metadata: { topic: 'demo' },
    });
    expect(native).toStrictEqual({
      conversation_id: '1',
      timestamp: '2024-06-19T02:00:00+02:00',
      agent_id: 'a',
      agent_name: 'n',
      agent_type: null,
      prompt_id: 'x',
      prompt_name: 'y',
      prompt_version: 'z',
      llm_provider: 'p',
      llm_model: 'm',
      llm_version: 'v',
      llm_temperature: 0.5,
    });
    expect(short(losses)).toStrictEqual([
      'dropped /title',
      'dropped /agent/instructions',
      'dropped /model/seed',
      'dropped /metadata',
    ]);
    expect(record().safeParse(native).success).toBe(true);
  });

  it('puts messages into sessions as these first appear', () => {
    const { native, losses } = write({
      messages: [
        { ...said('user', 'Hello'), session_id: 'b', created_at: '2024-06-19T00:00:00Z' },
        { role: 'assistant', text: 'Hi' },
        { ...said('assistant', 'Hello'), session_id: 'b' },
      ],
    });
    expect(native['sessions']).toStrictEqual([
      {
        session_id: 'b',
        transcript: {
          session_id: 'b',
          transcription: [
            { source: 'user', text: 'Hello', timestamp: '2024-06-19T00:00:00Z' },
            { source: 'agent', text: 'Hello' },
          ],
          actions: [],
        },
      },
      { transcript: { transcription: [{ source: 'agent', text: 'Hi' }], actions: [] } },
    ]);
    expect(losses).toStrictEqual([]);
  });

  it('joins several texts, and does not tell what they are for', () => {
    const message = said('assistant', 'One', 'Two');
    const channel: Message = {
      role: 'assistant',
      parts: [{ type: 'text', text: 'Three', channel: 'final' }],
    };
    expect(transcriptOf(message, channel)).toStrictEqual({
      transcript: {
        transcription: [
          { source: 'agent', text: 'One\nTwo' },
          { source: 'agent', text: 'Three' },
        ],
        actions: [],
      },
      losses: [
        'narrowed /messages/0/parts/0/text',
        'narrowed /messages/0/parts/1/text',
        'dropped /messages/1/parts/0/channel',
      ],
    });
  });

  it('makes a call and its result one action, in one message or two', () => {
    const expected = { tool_name: 'look', tool_request: '{"at":1}', tool_result: 'done', duration_ms: 3 };
    const request = { arguments: '{"at":1}', call_id: 'c' };
    const answer = { output: 'done', duration_ms: 3, call_id: 'c' };
    expect(transcriptOf({ role: 'assistant', parts: [call(request), result(answer)] })).toStrictEqual({
      transcript: { transcription: [], actions: [expected] },
      losses: ['narrowed /messages/0/parts/0/call_id', 'narrowed /messages/0/parts/1/call_id'],
    });
    expect(
      transcriptOf({ role: 'assistant', parts: [call(request)] }, { role: 'tool', parts: [result(answer)] }),
    ).toStrictEqual({
      transcript: { transcription: [], actions: [expected] },
      losses: ['narrowed /messages/0/parts/0/call_id', 'narrowed /messages/1/parts/0/call_id'],
    });
  });

  it('keeps a result apart that says more than the action of its call could', () => {
    const later = '2024-06-19T00:00:05Z';
    const { transcript, losses } = transcriptOf(
      { role: 'assistant', parts: [call({ call_id: 'c' })] },
      { role: 'tool', created_at: later, parts: [result({ call_id: 'c', output: 'done', name: 'look' })] },
    );
    expect(transcript).toStrictEqual({
      transcription: [],
      actions: [{ tool_name: 'look' }, { tool_name: 'look', tool_result: 'done', timestamp: later }],
    });
    expect(losses).toStrictEqual([
      'dropped /messages/0/parts/0/call_id',
      'dropped /messages/1/parts/0/call_id',
    ]);
  });

  it('writes JSON as text that holds it', () => {
    const { transcript, losses } = transcriptOf({
      role: 'assistant',
      parts: [call({ arguments: { at: [1] } }), result({ output: 1, error: '{}' })],
    });
    expect(transcript).toStrictEqual({
      transcription: [],
      actions: [{ tool_name: 'look', tool_request: '{"at":[1]}', tool_result: '1', tool_error: '{}' }],
    });
    expect(losses).toStrictEqual([
      'narrowed /messages/0/parts/0/arguments',
      'narrowed /messages/0/parts/1/output',
    ]);
  });

  it.each(['system', 'developer', 'tool', 'narrator'])('refuses what a %s says', (role) => {
    expect(transcriptOf(said(role, 'Be kind.'))).toStrictEqual({
      transcript: undefined,
      losses: ['dropped /messages'],
    });
  });

  it('refuses parts that a transcript cannot have, and messages of nothing else', () => {
    const image = { type: 'image', url: 'https://example.com/a.png' };
    const { transcript, losses } = transcriptOf(
      { role: 'user', parts: [{ type: 'text', text: 'See' }, image] },
      { role: 'user', parts: [image] },
      { role: 'user', parts: [call({})] },
    );
    expect(transcript).toStrictEqual({ transcription: [{ source: 'user', text: 'See' }], actions: [] });
    expect(losses).toStrictEqual([
      'dropped /messages/0/parts/1',
      'dropped /messages/1',
      'dropped /messages/2',
    ]);
  });

  it('says where no time tells the order of what was said and done', () => {
    const untimed = [
      said('user', 'Look'),
      { role: 'assistant', parts: [call({})] },
      said('assistant', 'Seen'),
    ];
    expect(transcriptOf(...untimed).losses).toStrictEqual(['narrowed /messages/1']);
    const timed = untimed.map((message, index) => ({
      ...message,
      created_at: `2024-06-19T00:00:0${index}Z`,
    }));
    expect(transcriptOf(...timed).losses).toStrictEqual([]);
  });
});

describe('a record that was edited on its way', () => {
  const native: JsonObject = {
    timestamp: '2024-06-19T00:00:00Z',
    conversation_id: 1042,
    sessions: [
      {
        session_id: 824,
        duration: 3,
        transcript: {
          transcription: [
            { timestamp: '2024-06-19T00:00:02Z', source: 'bot', text: 'second', lang: 'en-US' },
            { timestamp: '2024-06-19T00:00:01Z', source: 'user', text: 'first' },
          ],
          actions: null,
        },
      },
    ],
  };
  const edited = (edit: (messages: readonly Message[]) => readonly Message[]): JsonObject => {
    const model = readSyllable(native, 'record', noLedger);
    return writeSyllable({ ...model, messages: [...edit(model.messages ?? [])] }, 'record', noLedger);
  };

  it('says what the model says now, and remembers the rest', () => {
    const model = readSyllable(native, 'record', noLedger);
    expect(writeSyllable({ ...model, id: '7' }, 'record', noLedger)['conversation_id']).toBe('7');
    expect(edited((messages) => messages.map((message) => ({ ...message, role: 'user' })))).toMatchObject({
      sessions: [{ transcript: { transcription: [{ source: 'user', lang: 'en-US' }, { source: 'user' }] } }],
    });
  });

  it('takes new messages into the session they name', () => {
    expect(
      edited((messages) => [
        ...messages,
        { role: 'user', session_id: '824', text: 'third' },
        { role: 'user', session_id: '900', text: 'elsewhere' },
      ]),
    ).toMatchObject({
      sessions: [
        {
          session_id: 824,
          duration: 3,
          transcript: { transcription: [{}, {}, { text: 'third' }], actions: null },
        },
        { session_id: '900', transcript: { transcription: [{ text: 'elsewhere' }] } },
      ],
    });
  });

  it('gives up the order of the source for an order of the messages that it would not be read in', () => {
    const untimed = edited((messages) =>
      messages.map((message) => ({ ...message, created_at: '2024-06-19T00:00:09Z' })),
    );
    expect(untimed).toMatchObject({
      sessions: [{ transcript: { transcription: [{ text: 'first' }, { text: 'second' }] } }],
    });
  });
});

describe('what says nothing', () => {
  it.each<Message>([
    { role: 'user', parts: [] },
    { role: 'assistant', parts: [{ type: 'tool_result', call_id: '1' }] },
  ])('is no entry: %j', (message) => {
    expect(writeSyllable({ convo: 1, messages: [message] }, 'record', noLedger)['sessions']).toEqual([]);
  });
});
