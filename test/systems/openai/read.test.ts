import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../src/core/json.ts';
import { noLedger } from '../../../src/core/ledger.ts';
import { openaiFormat } from '../../../src/systems/openai/format.ts';
import { openai } from '../../../src/systems/openai/index.ts';

function fixture(name: string): JsonObject {
  const value: unknown = JSON.parse(
    readFileSync(new URL(`../../fixtures/openai/${name}`, import.meta.url), 'utf8'),
  );
  if (!isObject(value)) throw new Error(`${name} is no object`);
  return value;
}

describe('a record', () => {
  const native = fixture('conversation.json');
  const model = openaiFormat.read(native, 'record', noLedger);

  it('is valid, and comes home', () => {
    expect(openaiFormat.record().safeParse(native).success).toBe(true);
    expect(openaiFormat.write(model, 'record', noLedger)).toEqual(native);
  });

  it('has its title in the metadata', () => {
    expect(model).toMatchObject({
      id: 'conv_123',
      title: 'Weather at the lake',
      created_at: '2025-03-13T21:06:40Z',
      metadata: { topic: 'demo' },
    });
  });

  it('says of each item who speaks and what', () => {
    const messages = model.messages ?? [];
    expect(
      messages.map(({ id, role, parts }) => [id, role, ...(parts ?? []).map((part) => part['type'])]),
    ).toEqual([
      ['msg_abc', 'user', 'text'],
      ['rs_1', 'assistant', 'reasoning'],
      ['fc_1', 'assistant', 'tool_call'],
      ['fco_1', 'tool', 'tool_result'],
      ['ctc_1', 'assistant', 'tool_call'],
      ['mcp_1', 'assistant', 'tool_call', 'tool_result'],
      ['ws_1', 'assistant', 'other'],
      ['msg_def', 'assistant', 'text', 'refusal', 'other'],
      ['tp_1', undefined, 'other'],
    ]);
  });

  it('keeps in a text what the model cannot say', () => {
    expect(model.messages?.[7]?.parts?.[0]).toMatchObject({
      type: 'text',
      text: 'It is cold.',
      channel: 'final',
      extensions: { openai: { annotations: [{ type: 'url_citation' }] } },
    });
    expect(model.messages?.[0]?.parts).toEqual([{ type: 'text', text: 'Hello!' }]);
  });

  it('lets a changed model have its way', () => {
    const [first, ...others] = model.messages ?? [];
    const messages = [
      { ...first, id: 'msg_new', role: 'assistant', parts: [{ type: 'text' as const, text: 'Hi!' }] },
      ...others,
    ];
    const written = openaiFormat.write({ ...model, title: 'Cold', messages }, 'record', noLedger);
    expect(written['metadata']).toEqual({ title: 'Cold', topic: 'demo' });
    expect(written['items']).toMatchObject([
      {
        id: 'msg_new',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'Hi!', annotations: [], logprobs: [] }],
      },
      ...others.map(({ id }) => ({ id })),
    ]);
  });
});

describe('a request', () => {
  const native = fixture('create-request.json');

  it('is a model without extensions but that it was one, and comes home', () => {
    const model = openaiFormat.read(native, 'request', noLedger);
    expect(model).toEqual({
      convo: 1,
      metadata: { topic: 'demo' },
      messages: [{ role: 'user', text: 'Hello!', parts: [{ type: 'text', text: 'Hello!' }] }],
      extensions: { openai: { $written: { kind: 'request' } } },
    });
    expect(openaiFormat.write(model, 'request', noLedger)).toEqual(native);
  });

  it.each([
    [
      'too many pairs',
      { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v'])) },
    ],
    ['a long key', { metadata: { ['k'.repeat(65)]: 'v' } }],
    ['a long value', { metadata: { k: 'v'.repeat(513) } }],
    ['a value that is no text', { metadata: { k: 1 } }],
    [
      'a long call id',
      { items: [{ type: 'function_call', call_id: 'c'.repeat(65), name: 'n', arguments: '' }] },
    ],
    ['an empty name', { items: [{ type: 'function_call', call_id: 'c', name: '', arguments: '' }] }],
    ['an item of no type', { items: [{ text: 'Hello!' }] }],
    ['content of a wrong type', { items: [{ role: 'user', content: 1 }] }],
  ])('is not valid with %s', (_, document) => {
    expect(openaiFormat.request?.().safeParse(document).success).toBe(false);
  });

  it('may have any number of items, of any type and role', () => {
    const items = [
      ...Array.from({ length: 30 }, () => ({ role: 'sage', content: 'Hm' })),
      { type: 'new', x: 1 },
      { id: 'msg_1' },
    ];
    expect(openaiFormat.request?.().safeParse({ items }).success).toBe(true);
  });
});

describe('the marks', () => {
  it('are the object, or that there is nothing but metadata and items', () => {
    expect(
      [fixture('created.json'), fixture('create-request.json'), { items: [] }].map(openai.marks),
    ).toEqual([true, true, true]);
    expect([{}, { metadata: {}, name: '' }, { object: 'list' }].map(openai.marks)).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('tell a record from a request', () => {
    expect([fixture('created.json'), fixture('create-request.json')].map(openai.isRecord)).toEqual([
      true,
      false,
    ]);
  });
});
