import { describe, expect, it } from 'vitest';
import { convert } from '../../../src/core/convert.ts';
import type { Kind } from '../../../src/core/format.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { noLedger } from '../../../src/core/ledger.ts';
import { lookerFormats } from '../../../src/systems/looker/format.ts';
import { orqFormat as orq } from '../../../src/systems/orq/format.ts';

const { 'looker@26.10': looker } = lookerFormats;

function fromLooker(messages: JsonObject[], kind: Kind) {
  const value = { name: 'Sales', messages };
  return convert({ format: looker, kind: 'record', value }, orq, kind);
}

const question = { id: 'a', order: 1, type: 'user', message: { userMessage: { text: 'How many?' } } };

describe('messages of Looker', () => {
  it('are one loss in a request, which has none', () => {
    const { losses } = fromLooker([question, { ...question, id: 'b', order: 2 }], 'request');
    expect(losses.map(({ path, kind }) => [path, kind])).toEqual([['/messages', 'dropped']]);
  });

  it('are left out and reported if they say nothing', () => {
    const { output, losses } = fromLooker([question, { type: 'user', order: 2, message: {} }], 'record');
    expect(output['messages']).toHaveLength(1);
    expect(losses).toContainEqual({
      path: '/messages/1',
      kind: 'dropped',
      reason: 'the message says nothing',
    });
  });
});

describe("a message of Orq.ai's own without parts", () => {
  it('comes back', () => {
    const native = { kind: 'conversation', messages: [{ role: 'user', parts: [] }] };
    expect(orq.write(orq.read(native, 'record', noLedger), 'record', noLedger)).toEqual(native);
  });
});
