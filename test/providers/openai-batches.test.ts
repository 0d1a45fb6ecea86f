import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { batchesOf } from '../../src/systems/openai/client/batches.ts';

describe('batches of items', () => {
  it('are as large as one call takes', () => {
    expect(sizes(repeated(45, message))).toEqual([20, 20, 5]);
    expect(sizes(repeated(40, message))).toEqual([20, 20]);
    expect(sizes([])).toEqual([]);
  });

  it('keep a call and its output together', () => {
    expect(sizes([...repeated(19, message), call('a'), output('a'), message])).toEqual([19, 3]);
    expect(sizes([...repeated(18, message), call('a'), call('b'), output('a'), output('b')])).toEqual([
      18, 4,
    ]);
  });

  it('keep reasoning and what follows it together', () => {
    expect(sizes([...repeated(19, message), reasoning, message])).toEqual([19, 2]);
    expect(sizes([...repeated(18, message), reasoning, call('a'), output('a')])).toEqual([18, 3]);
  });

  it('are torn where the items that belong together are too many, never behind reasoning', () => {
    const long = [call('a'), ...repeated(18, message), reasoning, message, output('a')];
    expect(sizes(long)).toEqual([19, 3]);
    expect(batchesOf(long.map(entry)).isTorn).toBe(true);
  });

  it('take an id that comes again for another call', () => {
    const turns = Array.from({ length: 30 }, () => [call('call_0'), output('call_0')]).flat();
    expect(sizes(turns)).toEqual([20, 20, 20]);
    expect(batchesOf(turns.map(entry)).isTorn).toBe(false);
  });

  it('say all items in their order, and tear nothing that fits', () => {
    const group = fc.nat({ max: 9 }).chain((pairs) =>
      fc.constantFrom<JsonObject[]>(
        [message],
        [reasoning, message],
        repeated(pairs, reasoning).concat(message),
        // Parallel calls are answered in another order than they are made.
        [
          ...Array.from({ length: pairs }, (_, index) => call(`c${index}`)),
          ...Array.from({ length: pairs }, (_, index) => output(`c${pairs - 1 - index}`)),
        ],
      ),
    );
    fc.assert(
      fc.property(fc.array(group, { maxLength: 30 }), (groups) => {
        const items = groups.flat();
        const { batches, isTorn } = batchesOf(items.map(entry));
        expect(batches.flat().map(({ item }) => item)).toEqual(items);
        expect(batches.every(({ length }) => length > 0 && length <= 20)).toBe(true);
        expect(isTorn).toBe(false);
      }),
    );
  });
});

const message: JsonObject = { type: 'message', role: 'user', content: 'Hi' };
const reasoning: JsonObject = { type: 'reasoning', id: 'rs_1', summary: [] };
const call = (id: string): JsonObject => ({
  type: 'function_call',
  call_id: id,
  name: 'look',
  arguments: '{}',
});
const output = (id: string): JsonObject => ({ type: 'function_call_output', call_id: id, output: 'x' });
const entry = (item: JsonObject) => ({ item });

function repeated(count: number, item: JsonObject): JsonObject[] {
  return Array.from({ length: count }, () => item);
}

function sizes(items: readonly JsonObject[]): number[] {
  return batchesOf(items.map(entry)).batches.map(({ length }) => length);
}
