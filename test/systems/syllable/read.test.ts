import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { createLedger, noLedger } from '../../../src/core/ledger.ts';
import { readSyllable } from '../../../src/systems/syllable/read.ts';

function load(name: string): JsonObject {
  return JSON.parse(readFileSync(new URL(`../../fixtures/syllable/${name}`, import.meta.url), 'utf8'));
}

const read = (native: JsonObject) => readSyllable(native, 'record', noLedger);
const withSessions = (...sessions: JsonObject[]): JsonObject => ({
  timestamp: '2024-06-19T00:00:00Z',
  conversation_id: '1',
  sessions,
});

describe('readSyllable', () => {
  it('reads what the list tells of a conversation', () => {
    expect(read(load('listed.json'))).toStrictEqual({
      convo: 1,
      id: '1042',
      created_at: '2024-06-19T00:00:00.123456Z',
      agent: { id: '7', name: 'Front desk', type: 'ca_v1' },
      prompt: { id: '12', name: 'Front desk prompt', version: '3' },
      model: { provider: 'openai', name: 'gpt-4.1', version: null, temperature: 0.2, seed: 123 },
      extensions: { syllable: { is_legacy: false } },
    });
  });

  it('merges what was said and done, by session and time', () => {
    const { messages } = read(load('sessions.json'));
    expect(
      messages?.map(({ role, created_at, session_id, text }) => [role, created_at, session_id, text]),
    ).toStrictEqual([
      ['user', '2024-06-19T00:00:05', '824', 'Tell me about Syllable.ai!'],
      ['assistant', '2024-06-19T00:00:07', '824', undefined],
      ['assistant', '2024-06-19T00:00:09', '824', 'Syllable builds voice agents.'],
      ['user', '2024-06-19T09:00:01', '825', 'Thanks.'],
    ]);
  });

  it('reads an action as a call and its result', () => {
    expect(read(load('sessions.json')).messages?.[1]).toStrictEqual({
      role: 'assistant',
      created_at: '2024-06-19T00:00:07',
      session_id: '824',
      parts: [
        {
          type: 'tool_call',
          name: 'general_information_web',
          arguments: '{"question": "Tell me about Syllable.ai!"}',
        },
        { type: 'tool_result', output: '{"answer": "Syllable is a platform"}', duration_ms: 512.5 },
      ],
      extensions: { syllable: { tool_error: null } },
    });
  });

  it('remembers the place of an entry only where time does not tell it', () => {
    const messages = read(load('sessions.json')).messages ?? [];
    expect(messages[0]?.extensions).toStrictEqual({ syllable: { lang: 'unset', $written: { index: 1 } } });
    expect(messages[3]?.extensions).toStrictEqual({ syllable: { lang: 'en-US' } });
  });

  it('keeps the sessions without the entries that became messages', () => {
    const { extensions } = read(load('sessions.json'));
    expect(extensions?.['syllable']).toMatchObject({
      sessions: [
        {
          session_id: '825',
          duration: 12.5,
          transcript: { session_id: '825', transcription: [], actions: [] },
        },
        { session_id: '824', user_terminated: true },
      ],
    });
  });

  it('reads a request without the name of a tool as something only Syllable knows', () => {
    const action = { timestamp: '2024-06-19T00:00:05Z', tool_name: null, tool_request: '{}' };
    expect(read(withSessions({ transcript: { actions: [action] } })).messages).toStrictEqual([
      {
        role: 'assistant',
        created_at: '2024-06-19T00:00:05Z',
        parts: [
          {
            type: 'other',
            format: 'syllable',
            kind: 'action',
            value: { tool_name: null, tool_request: '{}' },
          },
        ],
      },
    ]);
  });

  it('says what was said first when something was done at the same time', () => {
    const timestamp = '2024-06-19T00:00:05Z';
    const transcript = {
      actions: [{ timestamp, tool_name: 'look' }],
      transcription: [
        { timestamp, source: 'agent', text: 'first' },
        { source: 'agent', text: 'without a time' },
        { timestamp: '2024-06-19T02:00:05.1+02:00', source: 'agent', text: 'last' },
      ],
    };
    const messages = read(withSessions({ transcript })).messages ?? [];
    expect(messages.map(({ text }) => text)).toStrictEqual(['first', 'without a time', undefined, 'last']);
  });

  it('takes what means the same as absence for no loss, and everything else for one', () => {
    const native = load('sessions.json');
    const ledger = createLedger();
    readSyllable(native, 'record', ledger);
    const paths = ledger.losses(native, 'no home').map(({ path }) => path);
    expect(paths).toStrictEqual(['/timestamp', '/conversation_id', '/agent_id', '/sessions']);
  });
});
