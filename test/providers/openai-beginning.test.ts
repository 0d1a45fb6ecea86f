import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { isBeginning } from '../../src/systems/openai/client/beginning.ts';

const sent: JsonObject[] = [
  { type: 'message', role: 'user', content: 'Hello' },
  { type: 'message', role: 'assistant', content: 'Hi' },
  { type: 'function_call', call_id: 'c', name: 'look', arguments: '{"at":1}' },
  { type: 'function_call_output', call_id: 'c', output: 'done' },
];

/** The same as OpenAI gives them back. */
const stored: JsonObject[] = [
  { ...sent[0], id: 'msg_1', status: 'completed', content: [{ type: 'input_text', text: 'Hello' }] },
  {
    ...sent[1],
    id: 'msg_2',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Hi', annotations: [], logprobs: [] }],
  },
  { ...sent[2], id: 'fc_1', status: 'completed' },
  { ...sent[3], id: 'fco_1', status: 'completed' },
];

describe('stored items', () => {
  it('are the first of those that were sent, however many of them there are', () => {
    for (let count = 0; count <= stored.length; count += 1) {
      expect(isBeginning(stored.slice(0, count), sent)).toBe(true);
    }
  });

  it.each([
    ['another text', [{ ...stored[0], content: [{ type: 'input_text', text: 'Bye' }] }]],
    ['another role', [{ ...stored[0], role: 'developer' }]],
    ['another order', [stored[1] ?? {}, stored[0] ?? {}]],
    ['another call', [...stored.slice(0, 2), { ...stored[2], arguments: '{}' }]],
    ['one more', [...stored, stored[0] ?? {}]],
  ])('are others with %s', (_what, items) => {
    expect(isBeginning(items, sent)).toBe(false);
  });
});
