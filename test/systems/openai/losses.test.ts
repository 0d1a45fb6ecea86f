import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/core/conversation.ts';
import {
  equal,
  isObject,
  type JsonObject,
  type JsonValue,
  setMember,
  toPointer,
} from '../../../src/core/json.ts';
import { createLedger, type Loss, noLedger } from '../../../src/core/ledger.ts';
import { openaiFormat } from '../../../src/systems/openai/format.ts';
import { record } from '../../../src/systems/openai/schema.ts';
import { arbitraryDocument } from '../../support/arbitrary.ts';

function toRequest(native: JsonObject): { readonly written: JsonObject; readonly losses: readonly Loss[] } {
  const ledger = createLedger();
  const written = openaiFormat.write(openaiFormat.read(native, 'record', ledger), 'request', ledger);
  return { written, losses: ledger.losses(native, 'not carried') };
}

type Path = readonly (string | number)[];

function leavesOf(value: JsonValue, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => leavesOf(each, [...path, index]));
  if (!isObject(value)) return value === null ? [] : [path];
  return Object.keys(value).flatMap((key) => leavesOf(value[key] ?? null, [...path, key]));
}

function changed(value: JsonValue, [step, ...rest]: Path): JsonValue {
  if (step === undefined) {
    if (typeof value === 'string') return `${value}?`;
    return typeof value === 'number' ? (value === 7 ? 8 : 7) : !value;
  }
  if (Array.isArray(value)) return value.map((each, index) => (index === step ? changed(each, rest) : each));
  const copy: JsonObject = {};
  if (!isObject(value)) return value;
  for (const [key, each] of Object.entries(value))
    setMember(copy, key, key === step ? changed(each, rest) : each);
  return copy;
}

describe('a request made of a record', () => {
  it('says of every value truly whether it is carried', () => {
    fc.assert(
      fc.property(arbitraryDocument(record()), (native) => {
        const { written, losses } = toRequest(native);
        for (const path of leavesOf(native)) {
          const other = changed(native, path);
          if (!isObject(other) || !record().safeParse(other).success || path.at(-1) === 'type') continue;
          const pointer = toPointer(path);
          const loss = losses.find((each) => pointer === each.path || pointer.startsWith(`${each.path}/`));
          if (loss?.kind === 'narrowed') continue;
          const after = toRequest(other);
          // A value may be the very reason why its item has no home: another one then has.
          if (loss && !after.losses.some((each) => each.path === loss.path)) continue;
          const isSame = equal(after.written, written);
          if (isSame !== (loss !== undefined))
            throw new Error(`${pointer}: ${JSON.stringify(loss ?? 'no loss')}`);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('leaves out what OpenAI sets itself, and what it takes from nobody', () => {
    const { written, losses } = toRequest({
      id: 'conv_1',
      object: 'conversation',
      created_at: 1741900000,
      metadata: { title: 'A walk', topic: 'demo', count: 3 },
      items: [
        {
          type: 'message',
          id: 'msg_1',
          status: 'completed',
          role: 'user',
          content: [{ type: 'input_text', text: 'Hi' }],
        },
        {
          type: 'message',
          id: 'msg_2',
          status: 'completed',
          role: 'critic',
          content: [{ type: 'text', text: 'Hm' }],
        },
        {
          type: 'function_call',
          id: 'fc_1',
          status: 'completed',
          call_id: 'call_1',
          name: 'look',
          arguments: '{}',
        },
        {
          type: 'web_search_call',
          id: 'ws_1',
          status: 'completed',
          action: { type: 'search', query: 'walks' },
        },
      ],
    });
    expect(written).toEqual({
      metadata: { title: 'A walk', topic: 'demo' },
      items: [
        { type: 'message', role: 'user', content: 'Hi' },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{}' },
        {
          type: 'web_search_call',
          id: 'ws_1',
          status: 'completed',
          action: { type: 'search', query: 'walks' },
        },
      ],
    });
    expect(losses.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'assigned /id',
      'assigned /created_at',
      'dropped /metadata/count',
      'assigned /items/0/id',
      'assigned /items/0/status',
      'dropped /items/1',
      'assigned /items/2/id',
      'assigned /items/2/status',
    ]);
  });
});

describe('a conversation from elsewhere', () => {
  const conversation: Conversation = {
    convo: 1,
    title: 'A walk',
    metadata: { title: 'Another', topic: 'demo' },
    messages: [
      { role: 'user', created_at: '2026-01-01T00:00:00Z', parts: [{ type: 'text', text: 'Where to?' }] },
      {
        id: 'm2',
        role: 'assistant',
        parts: [
          { type: 'text', text: 'Let me look.', channel: 'commentary' },
          { type: 'tool_call', name: 'look', arguments: { far: true }, call_id: 'call_1' },
        ],
      },
      { role: 'tool', parts: [{ type: 'tool_result', output: ['hill', 'lake'], call_id: 'call_1' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'text', text: 'To the hill.' },
          { type: 'text', text: 'Or the lake.' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'tool_call', name: 'look', arguments: '{}' }] },
      { role: 'guide', parts: [{ type: 'text', text: 'Mind the step.' }] },
      { role: 'assistant', parts: [{ type: 'text', text: 'Hills are high.', channel: 'thought' }] },
    ],
  };

  it('is written in the stored form, without invented ids', () => {
    expect(openaiFormat.write(conversation, 'record', noLedger)).toEqual({
      object: 'conversation',
      metadata: { title: 'A walk', topic: 'demo' },
      items: [
        { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Where to?' }] },
        {
          type: 'message',
          id: 'm2',
          role: 'assistant',
          phase: 'commentary',
          content: [{ type: 'output_text', text: 'Let me look.', annotations: [], logprobs: [] }],
        },
        { type: 'function_call', call_id: 'call_1', name: 'look', arguments: '{"far":true}' },
        { type: 'function_call_output', call_id: 'call_1', output: '["hill","lake"]' },
        {
          type: 'message',
          role: 'assistant',
          content: [
            { type: 'output_text', text: 'To the hill.', annotations: [], logprobs: [] },
            { type: 'output_text', text: 'Or the lake.', annotations: [], logprobs: [] },
          ],
        },
      ],
    });
  });

  it('is asked for with the text of assistants as a string', () => {
    const written = openaiFormat.write(conversation, 'request', noLedger);
    expect(openaiFormat.request?.().safeParse(written).success).toBe(true);
    expect(written['items']).toMatchObject([
      { type: 'message', role: 'user', content: 'Where to?' },
      { type: 'message', role: 'assistant', phase: 'commentary', content: 'Let me look.' },
      { type: 'function_call' },
      { type: 'function_call_output' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text' }, { type: 'output_text' }] },
    ]);
  });

  it('keeps the limits of metadata in a request', () => {
    const ledger = createLedger();
    const metadata: JsonObject = { long: 'x'.repeat(513), ['k'.repeat(65)]: 'v', number: 1 };
    for (let index = 0; index < 16; index += 1) metadata[`key${index}`] = 'v';
    const document: JsonObject = { convo: 1, title: 't'.repeat(600), metadata };
    const model: Conversation = { convo: 1, title: 't'.repeat(600), metadata };
    ledger.mirrors(model, document);
    const written = openaiFormat.write(model, 'request', ledger);
    expect(openaiFormat.request?.().safeParse(written).success).toBe(true);
    expect(Object.keys(isObject(written['metadata']) ? written['metadata'] : {})).toHaveLength(16);
    expect(ledger.losses(document, 'no home').map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'dropped /convo',
      'narrowed /title',
      'dropped /metadata/long',
      `dropped /metadata/${'k'.repeat(65)}`,
      'dropped /metadata/number',
      'dropped /metadata/key15',
    ]);
  });
});
