import { EventEmitter, once } from 'node:events';
import { request as ask } from 'node:http';
import { describe, expect, it } from 'vitest';
import { NOTE, type ServedNotes, serveNotes } from './faults-system.ts';

const LARGE = 'x'.repeat(3_000_000);

describe('over a socket, cut', () => {
  it.each(['GET', 'HEAD', 'POST', 'DELETE'])(
    'ends a %s without an answer, and the server goes on',
    async (method) => {
      const notes = await serveNotes(['cut,first=1']);
      expect(await notes.send(method, '/notes/1')).toEqual({ end: 'none' });
      expect(notes.handled()).toBe(0);
      expect(await notes.send(method, '/notes/1')).toMatchObject({ end: 'complete' });
      expect(notes.complaints()).toEqual([]);
    },
  );

  it('before: nothing is written, however much was sent', async () => {
    const notes = await serveNotes(['cut']);
    expect(await notes.send('POST', '/notes', LARGE)).toEqual({ end: 'none' });
    expect(notes.written).toEqual([]);
    expect(notes.complaints()).toEqual([]);
  });

  it.each(['one', LARGE])('after: the write took effect', async (body) => {
    const notes = await serveNotes(['cut,at=after']);
    expect(await notes.send('POST', '/notes', body)).toEqual({ end: 'none' });
    expect(notes.written).toEqual([body]);
    expect(notes.complaints()).toEqual([]);
  });

  it('comes after the delay', async () => {
    const waited: number[] = [];
    const notes = await serveNotes(['cut,delay=3s'], async (milliseconds) => void waited.push(milliseconds));
    expect(await notes.send('GET', '/notes/1')).toEqual({ end: 'none' });
    expect(waited).toEqual([3000]);
  });
});

describe('over a socket, body', () => {
  it('truncated is seen as an answer that broke off', async () => {
    const notes = await serveNotes(['body=truncated']);
    const seen = await notes.send('GET', '/notes/1');
    expect(seen).toMatchObject({
      end: 'aborted',
      status: 200,
      headers: { 'content-length': String(NOTE.length) },
      body: NOTE.slice(0, Math.floor(NOTE.length / 2)),
    });
    expect(notes.complaints()).toEqual([]);
  });

  it('truncated breaks off for fetch too', async () => {
    const notes = await serveNotes(['body=truncated']);
    const answer = await fetch(`http://127.0.0.1:${notes.port}/notes/1`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow('terminated');
  });

  it.each([
    ['text', 'text/html; charset=utf-8'],
    ['empty', 'application/json'],
  ])('%s is an answer that is complete', async (how, type) => {
    const notes = await serveNotes([`body=${how}`]);
    const seen = await notes.send('GET', '/notes/1');
    expect(seen).toMatchObject({ end: 'complete', status: 200, headers: { 'content-type': type } });
    expect(seen.body?.includes('<html>')).toBe(how === 'text');
  });
});

describe('over a socket, an error', () => {
  it('answers a large request that is not read', async () => {
    const notes = await serveNotes(['status=503,retry-after=1']);
    const seen = await notes.send('POST', '/notes', LARGE);
    expect(seen).toMatchObject({ end: 'complete', status: 503, headers: { 'retry-after': '1' } });
    expect(notes.written).toEqual([]);
  });
});

describe('over a socket, a delay', () => {
  it('ends when the client goes away, and the request never happened', async () => {
    const notes = await leaveDuring('delay=1000s,nth=1');
    expect(notes.written).toEqual([]);
    expect(notes.complaints()).toEqual([]);
  });

  it('after the write: the client goes away, and what was written stays', async () => {
    const notes = await leaveDuring('delay=1000s,at=after,nth=1');
    expect(notes.written).toEqual(['one']);
    expect(notes.complaints()).toEqual([]);
  });
});

/** Sends a request and leaves as soon as the server waits; resolves when the wait is over. */
async function leaveDuring(rule: string): Promise<ServedNotes> {
  const server = new EventEmitter();
  const entered = once(server, 'entered');
  const over = once(server, 'over');
  const notes = await serveNotes([rule], async (_milliseconds, signal) => {
    server.emit('entered');
    await once(signal, 'abort');
    server.emit('over');
  });
  const sent = ask({ port: notes.port, host: '127.0.0.1', method: 'POST', path: '/notes', agent: false });
  sent.on('error', () => undefined);
  sent.end('one');
  await entered;
  sent.destroy();
  await over;
  // An answer to another request shows that the server is done with the first.
  await notes.send('GET', '/notes/1');
  return notes;
}
