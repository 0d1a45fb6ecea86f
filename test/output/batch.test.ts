import { describe, expect, it } from 'vitest';
import { openBatch } from '../../src/output/batch.ts';

function recorder() {
  const written: string[] = [];
  const sink = { write: async (text: string) => void written.push(text) };
  return { written, sink };
}

describe('a batch', () => {
  it('passes on what was gathered when it is told to, and nothing twice', async () => {
    const { written, sink } = recorder();
    const batch = openBatch(sink);
    await batch.write('a\n');
    await batch.write('b\n');
    expect(written).toEqual([]);
    await batch.flush();
    await batch.flush();
    expect(written).toEqual(['a\nb\n']);
  });

  it('passes on a full load by itself, in order', async () => {
    const { written, sink } = recorder();
    const batch = openBatch(sink);
    for (let count = 0; count < 200; count += 1) await batch.write(`${String(count).padStart(1023, '0')}\n`);
    expect(written.length).toBeGreaterThan(1);
    await batch.flush();
    const lines = written.join('').trimEnd().split('\n').map(Number);
    expect(lines).toEqual(Array.from({ length: 200 }, (_, count) => count));
  });

  it('fails with the sink', async () => {
    const batch = openBatch({ write: () => Promise.reject(new Error('full')) });
    await batch.write('a');
    await expect(batch.flush()).rejects.toThrow('full');
  });
});
