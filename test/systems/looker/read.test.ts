import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../src/core/json.ts';
import { noLedger } from '../../../src/core/ledger.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';
import { looker264, looker2610 } from '../../../src/systems/looker/index.ts';
import sales from '../../fixtures/looker/sales.json' with { type: 'json' };
import validationError from '../../fixtures/looker/validation-error.json' with { type: 'json' };

const looker = lookerFormats['looker@26.10'];

describe('reading Looker', () => {
  it('takes the conversation and its agent into the model', () => {
    const { messages: _, extensions: __, ...model } = looker.read(sales, 'record', noLedger);
    expect(model).toEqual({
      convo: 1,
      id: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      title: 'Sales Q3',
      created_at: '2026-06-01T09:15:02.000+00:00',
      updated_at: '2026-06-01T09:16:40.000+00:00',
      created_by: '12',
      agent: { id: '00112233445566778899aabbccddeeff', name: 'Retail', instructions: 'Use gross margin.' },
    });
  });

  it('keeps what the model cannot say under its own names', () => {
    const { extensions } = looker.read(sales, 'record', noLedger);
    const own = extensions?.['looker'];
    expect(own).toMatchObject({ category: 'conversation', deleted: false, studio_conversation_id: null });
    expect(own).toMatchObject({ conversation_agent: { context: { show_analytical_details: true } } });
    expect(own).not.toHaveProperty('conversation_agent.name');
    expect(own).not.toHaveProperty('$written');
  });

  it('reads one message to one message', () => {
    const { messages } = looker.read(sales, 'record', noLedger);
    expect(messages?.map(({ id, role, created_at }) => [id, role, created_at])).toEqual([
      ['101', 'user', '2026-06-01T09:15:10Z'],
      ['102', 'assistant', '2026-06-01T09:15:12Z'],
      ['103', 'assistant', undefined],
      ['104', 'assistant', undefined],
      ['105', 'assistant', undefined],
      ['106', 'assistant', '2026-06-01T09:15:20Z'],
    ]);
    expect(messages?.[1]).toEqual({
      id: '102',
      role: 'assistant',
      created_at: '2026-06-01T09:15:12Z',
      text: 'Reading the explore\nI will group by region.',
      parts: [
        { type: 'text', text: 'Reading the explore', channel: 'thought' },
        { type: 'text', text: 'I will group by region.', channel: 'thought' },
      ],
      extensions: { looker: { order: 2, message: { messageId: 'm1', systemMessage: { groupId: 0 } } } },
    });
    expect(messages?.[4]?.parts).toEqual([
      { type: 'other', format: 'looker', kind: 'chart', value: { result: { vegaConfig: { mark: 'bar' } } } },
    ]);
  });

  it('sorts messages by their order, and leaves those without one where they are', () => {
    const messages = [{ id: 'c', order: 3 }, { id: 'x' }, { id: 'b', order: 2 }, { id: 'a', order: 1 }];
    const model = looker.read({ id: '1', messages }, 'record', noLedger);
    expect(model.messages?.map(({ id }) => id)).toEqual(['a', 'x', 'b', 'c']);
  });

  it.each<[string, JsonObject, JsonValue, JsonObject[]]>([
    ['a bare text', { type: 'user', message: { text: 'Hello' } }, 'user', [{ type: 'text', text: 'Hello' }]],
    ['a bare user message', { message: { userMessage: 'Hi' } }, 'user', [{ type: 'text', text: 'Hi' }]],
    [
      'a bare error',
      { type: 'system', message: { error: { code: 7, message: 'no' } } },
      'assistant',
      [{ type: 'error', text: 'no', code: 7 }],
    ],
    [
      'an error',
      { type: 'system', message: { systemMessage: { error: { text: 'no' } } } },
      'assistant',
      [{ type: 'error', text: 'no' }],
    ],
    [
      'snake_case keys',
      { message: { system_message: { text: { parts: ['x'], text_type: 'PROGRESS' } } } },
      'assistant',
      [{ type: 'text', text: 'x', channel: 'progress' }],
    ],
    [
      'a chat message without the wrap',
      { systemMessage: { text: { parts: ['x'] } } },
      'assistant',
      [{ type: 'text', text: 'x' }],
    ],
    [
      'text of another type',
      { message: { systemMessage: { text: { parts: ['x'], textType: 'FOLLOWUP_QUESTIONS' } } } },
      'assistant',
      [{ type: 'text', text: 'x', extensions: { looker: { textType: 'FOLLOWUP_QUESTIONS' } } }],
    ],
    [
      'a kind it has not met',
      { type: 'system', message: { systemMessage: { keyDriverAnalysis: { a: 1 } } } },
      'assistant',
      [{ type: 'other', format: 'looker', kind: 'keyDriverAnalysis', value: { a: 1 } }],
    ],
    ['no message', { type: 'system', message: null }, 'assistant', []],
    ['a type of its own', { type: 'moderator', message: {} }, 'moderator', []],
  ])('reads %s', (_, message, role, parts) => {
    const read = looker.read({ id: '1', messages: [message] }, 'record', noLedger).messages?.[0];
    expect(read?.role).toBe(role);
    expect(read?.parts).toEqual(parts);
  });

  it('keeps the data of an answer once', () => {
    const rows = JSON.stringify(looker.read(sales, 'record', noLedger)).match(/"orders.total":10.5/g);
    expect(rows).toHaveLength(1);
  });
});

describe('the schemas', () => {
  it('take the sample, in both versions', () => {
    for (const format of Object.values(lookerFormats))
      expect(format.record().safeParse(sales).success).toBe(true);
  });

  it('take what live answers may have: ids as numbers, nothing at all', () => {
    for (const native of [
      {},
      { id: 5, messages: null, conversation_agent: null },
      { messages: [{ message: null }] },
    ]) {
      expect(looker.record().safeParse(native).success).toBe(true);
    }
  });

  it('take null only where it is documented', () => {
    for (const native of [
      { name: null },
      { messages: [{ id: null }] },
      { conversation_agent: { id: null } },
    ]) {
      expect(looker.record().safeParse(native).success).toBe(false);
    }
    const agent = { category: null, context: null, golden_queries: [{ query_id: null }] };
    expect(looker.record().safeParse({ category: null, conversation_agent: agent }).success).toBe(true);
  });

  it('refuse a known member of a wrong type', () => {
    expect(looker.record().safeParse({ deleted: 'no' }).success).toBe(false);
    expect(looker.record().safeParse({ messages: [{ order: 'first' }] }).success).toBe(false);
  });

  it('need a name in a request, and both members of its messages', () => {
    const request = looker.request?.();
    expect(request?.safeParse({}).error?.issues.map(({ path }) => path)).toEqual([['name']]);
    expect(
      request?.safeParse({ name: 'x', messages: [{}] }).error?.issues.map(({ path }) => path.at(-1)),
    ).toEqual(['type', 'message']);
  });

  it('take the errors that Looker answers with', () => {
    expect(Object.keys(looker.errors ?? {})).toEqual(['400', '404', '409', '422', '429']);
    expect(looker.errors?.['422']?.().safeParse(validationError).success).toBe(true);
    expect(looker.errors?.['404']?.().safeParse({ message: 'Not found' }).success).toBe(false);
  });
});

describe('recognising Looker', () => {
  it.each<[boolean, JsonObject]>([
    [true, { name: 'x' }],
    [true, { id: '1' }],
    [true, { id: '1', messages: [], created_at: 'x' }],
    [true, sales],
    [false, { id: '1', object: 'conversation' }],
    [false, { id: '1', display_name: 'x', kind: 'conversation' }],
    [false, {}],
    [false, { convo: 1, id: '1' }],
  ])('says %s of %j', (expected, document) => {
    expect(looker2610.marks(document)).toBe(expected);
    expect(looker264.marks(document)).toBe(false);
  });

  it('tells a record by its id', () => {
    expect(looker2610.isRecord({ id: '1', name: 'x' })).toBe(true);
    expect(looker2610.isRecord({ name: 'x' })).toBe(false);
  });

  it('loads each version behind its door', async () => {
    expect((await looker2610.load()).name).toBe('looker@26.10');
    expect((await looker264.load()).name).toBe('looker@26.4');
  });
});
