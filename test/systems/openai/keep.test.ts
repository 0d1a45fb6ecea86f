import { describe, expect, it } from 'vitest';
import type { World } from '../../../src/core/format.ts';
import { openaiFormat } from '../../../src/systems/openai/format.ts';

function fakeWorld(): World {
  let count = 0;
  return { now: () => 1741900000999, ulid: () => `u${(count += 1)}`, hex: () => 'h' };
}

const { create, append, update } = openaiFormat.keeping;

describe('keeping', () => {
  it('makes of a request the record that OpenAI would', () => {
    const record = create?.(
      {
        metadata: null,
        items: [
          { role: 'user', content: 'Hello!' },
          { type: 'message', id: 'msg_own', role: 'assistant', content: 'Hi!' },
          { type: 'function_call', call_id: 'c', name: 'look', arguments: '{}' },
          { type: 'shell_call_output', call_id: 'c', output: [] },
          { type: 'item_reference', id: 'msg_9' },
          { type: 'telepathy', thought: 1 },
        ],
      },
      fakeWorld(),
    );
    expect(record).toEqual({
      id: 'conv_u1',
      object: 'conversation',
      created_at: 1741900000,
      metadata: {},
      items: [
        {
          type: 'message',
          id: 'msg_u2',
          status: 'completed',
          role: 'user',
          content: [{ type: 'input_text', text: 'Hello!' }],
        },
        {
          type: 'message',
          id: 'msg_own',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Hi!', annotations: [], logprobs: [] }],
        },
        {
          type: 'function_call',
          id: 'fc_u4',
          status: 'completed',
          call_id: 'c',
          name: 'look',
          arguments: '{}',
        },
        {
          type: 'shell_call_output',
          id: 'sho_u5',
          status: 'completed',
          call_id: 'c',
          output: [],
          max_output_length: null,
        },
        { type: 'item_reference', id: 'msg_9' },
        { type: 'telepathy', thought: 1 },
      ],
    });
    expect(openaiFormat.record().safeParse(record).success).toBe(true);
  });

  it('appends items in their stored form', () => {
    const record = {
      id: 'conv_1',
      object: 'conversation',
      created_at: 1,
      metadata: {},
      items: [{ type: 'x', a: 1 }],
    };
    expect(
      append?.(record, [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }], fakeWorld()),
    ).toEqual({
      ...record,
      items: [
        { type: 'x', a: 1 },
        {
          type: 'message',
          id: 'msg_u1',
          status: 'completed',
          role: 'user',
          content: [{ type: 'input_image', file_id: 'f', detail: 'auto' }],
        },
      ],
    });
  });

  it('changes the metadata and nothing else', () => {
    expect(update?.changeable({})).toEqual(['/metadata']);
  });
});
