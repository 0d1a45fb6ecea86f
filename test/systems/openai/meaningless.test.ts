import { describe, expect, it } from 'vitest';
import { isObject, type JsonObject } from '../../../src/core/json.ts';
import { createLedger, noLedger } from '../../../src/core/ledger.ts';
import { convoFormat } from '../../../src/formats/convo/format.ts';
import { openaiFormat } from '../../../src/systems/openai/format.ts';
import { syllableFormat } from '../../../src/systems/syllable/format.ts';
import awkward from '../../fixtures/syllable/awkward.json' with { type: 'json' };

function lossesOf(message: JsonObject): { readonly items: unknown; readonly losses: readonly string[] } {
  const ledger = createLedger();
  const said: JsonObject = { role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
  const document: JsonObject = { convo: 1, messages: [said, message] };
  ledger.carried(document, 'convo');
  const items = openaiFormat.write(convoFormat.read(document, 'record', ledger), 'record', ledger)['items'];
  return {
    items: Array.isArray(items) ? items.slice(1) : items,
    losses: ledger.losses(document, 'no home').map(({ path, kind }) => `${kind} ${path}`),
  };
}

describe('a message that means nothing to OpenAI', () => {
  it.each<JsonObject>([
    {
      role: 'assistant',
      parts: [
        { type: 'tool_call', name: 'look', arguments: '{}' },
        { type: 'tool_result', output: 'hill' },
      ],
    },
    { role: 'assistant', parts: [{ type: 'tool_call', name: 'look', arguments: '{}' }] },
    { role: 'tool', parts: [{ type: 'tool_result', output: 'hill' }] },
    { role: 'assistant', created_at: '2026-01-01T00:00:00Z', parts: [] },
  ])('is one loss: %j', (message) => {
    expect(lossesOf(message)).toEqual({ items: [], losses: ['dropped /messages/1'] });
  });

  it('is kept as far as it says something else', () => {
    const parts = [
      { type: 'text', text: 'Let me look.' },
      { type: 'tool_call', name: 'look', arguments: '{}' },
    ];
    const { items, losses } = lossesOf({ role: 'assistant', parts });
    expect(items).toMatchObject([{ type: 'message', content: [{ text: 'Let me look.' }] }]);
    expect(losses).toEqual(['dropped /messages/1/parts/1']);
  });

  it.each<JsonObject>([
    { type: 'function_call_output', output: 'hill' },
    { type: 'function_call_output', output: 'hill', call_id: null },
    { type: 'message', role: 'assistant', content: [] },
  ])('comes home if OpenAI had it: %j', (item) => {
    for (const kind of ['record', 'request'] as const) {
      const model = openaiFormat.read({ items: [item] }, kind, noLedger);
      const again: typeof model = JSON.parse(JSON.stringify(model));
      expect(openaiFormat.write(again, kind, noLedger)['items']).toEqual([item]);
    }
  });

  it('is no item: neither a call that Syllable gives no id, nor an entry without text', () => {
    const ledger = createLedger();
    const document: JsonObject = isObject(awkward) ? awkward : {};
    const { items } = openaiFormat.write(syllableFormat.read(document, 'record', ledger), 'record', ledger);
    expect(items).toMatchObject(
      ['earlier', 'own word', ''].map((text) => ({ type: 'message', content: [{ text }] })),
    );
    const losses = ledger.losses(document, 'no home').map(({ path }) => path);
    expect(losses).toContain('/sessions/1/transcript/transcription/0');
    expect(losses.filter((path) => path.includes('/actions/'))).toEqual([]);
  });
});
