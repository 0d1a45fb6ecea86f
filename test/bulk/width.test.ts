import { describe, expect, it } from 'vitest';
import { openWidth, type WidthOptions } from '../../src/bulk/width.ts';
import { tellingWidth } from '../../src/commands/bulk/destination.ts';

/** A hundred that want in; how many are inside is known after each that leaves. */
function crowd(options: WidthOptions) {
  const width = openWidth(options);
  let entered = 0;
  let left = 0;
  for (let asked = 0; asked < 100; asked += 1) void width.enter().then(() => (entered += 1));
  const inside = async (): Promise<number> => {
    await new Promise((resolve) => void setImmediate(resolve));
    return entered - left;
  };
  const sizes = async (leaving: number): Promise<number[]> => {
    const all: number[] = [];
    for (; all.length < leaving; left += 1) {
      width.leave();
      all.push((await inside()) - 1);
    }
    return all;
  };
  return { narrow: width.narrow, inside, sizes };
}

describe('how many are at work at once', () => {
  it('is what was said, however much a system complains', async () => {
    const { narrow, inside, sizes } = crowd({ first: 3 });
    expect(await inside()).toBe(3);
    narrow();
    expect(await sizes(6)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it('is one more after so many went well, and never more than the most', async () => {
    const { inside, sizes } = crowd({ first: 2, most: 4 });
    expect(await inside()).toBe(2);
    expect(await sizes(10)).toEqual([2, 3, 3, 3, 4, 4, 4, 4, 4, 4]);
  });

  it('is half of it when it was too much, once for all that had been begun, and slowly more again', async () => {
    const { narrow, sizes } = crowd({ first: 8, most: 9 });
    for (let refused = 0; refused < 8; refused += 1) narrow();
    expect(await sizes(8)).toEqual([7, 6, 5, 4, 4, 4, 4, 4]);
    expect(await sizes(4)).toEqual([4, 4, 4, 5]);
    narrow();
    expect(await sizes(5)).toEqual([4, 3, 2, 2, 2]);
    for (let refused = 0; refused < 20; refused += 1) narrow();
    expect(await sizes(3)).toEqual([1, 1, 2]);
  });

  it('is narrowed by a system that says it was too much, and by nothing else it says', () => {
    let narrowed = 0;
    const width = { ...openWidth({ first: 4 }), narrow: () => void (narrowed += 1) };
    const told: unknown[] = [];
    const telling = tellingWidth(
      { warn: () => undefined, lost: () => undefined, onExchange: ({ status }) => told.push(status) },
      width,
    );
    for (const status of [200, 429, 503]) {
      telling.onExchange?.({ method: 'POST', url: 'http://127.0.0.1/', milliseconds: 1, status });
    }
    expect({ narrowed, told }).toEqual({ narrowed: 1, told: [200, 429, 503] });
  });
});
