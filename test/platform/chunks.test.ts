import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { arriving } from '../../src/platform/chunks.ts';

describe('the chunks of a stream', () => {
  it('come as they are, with an empty one where the next makes wait', async () => {
    const stream = new PassThrough();
    const chunks = arriving(stream);
    stream.write('a');
    expect(text(await chunks.next())).toBe('a');
    expect(text(await chunks.next())).toBe('');
    stream.write('b');
    expect(text(await chunks.next())).toBe('b');
    stream.end('c');
    expect(text(await chunks.next())).toBe('c');
    expect(text(await chunks.next())).toBeUndefined();
  });

  it('are not waited for by who asks for no more', async () => {
    const stream = new PassThrough();
    for await (const chunk of arriving(stream)) if (chunk.length === 0) break;
    expect(stream.destroyed).toBe(true);
  });

  it('fail with the stream, be it while nobody asks', async () => {
    const stream = new PassThrough();
    const chunks = arriving(stream);
    expect(text(await chunks.next())).toBe('');
    stream.destroy(new Error('gone'));
    await expect(chunks.next()).rejects.toThrow('gone');
  });
});

function text({ value }: IteratorResult<Uint8Array, unknown>): string | undefined {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : undefined;
}
