import { describe, expect, it } from 'vitest';
import { type Pause, pauseFor } from '../../src/serve/faults/pause.ts';
import { NOTE, notesWith } from './faults-system.ts';

const POST = { method: 'POST', body: 'one' };

describe('a request that no rule takes', () => {
  it('is answered as ever', async () => {
    const { app } = notesWith(['status=500,method=DELETE']);
    const answer = await app.request('/notes/1');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(NOTE);
  });
});

describe('status', () => {
  it("answers in the system's words, before the request is handled", async () => {
    const { app, written, handled } = notesWith(['status=429,retry-after=2,retry-after-ms=50']);
    const answer = await app.request('/notes', POST);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(answer.headers.get('retry-after-ms')).toBe('50');
    expect(await answer.json()).toEqual({ problem: 'this request was chosen to fail', status: 429 });
    expect(written).toEqual([]);
    expect(handled()).toBe(0);
  });

  it('after: the write took effect, and nothing is left of its answer', async () => {
    const { app, written } = notesWith(['status=500,at=after']);
    const answer = await app.request('/notes', POST);
    expect(answer.status).toBe(500);
    expect(answer.headers.get('x-note')).toBeNull();
    expect(written).toEqual(['one']);
  });

  it('goes before the key', async () => {
    const { app } = notesWith(['status=503,first=1']);
    const statuses = [await app.request('/notes/secret'), await app.request('/notes/secret')];
    expect(statuses.map(({ status }) => status)).toEqual([503, 401]);
  });

  it('matches the path below that of the system, its root included', async () => {
    const { app } = notesWith(['status=503,path=/a/*', 'status=504,path=/']);
    const statusOf = async (path: string) => (await app.request(path)).status;
    expect(await statusOf('/notes/a/1?b=c')).toBe(503);
    expect(await statusOf('/other/a/1')).toBe(503);
    expect(await statusOf('/notes/b')).toBe(200);
    expect(await statusOf('/notes')).toBe(504);
  });

  it('counts over all systems', async () => {
    const { app } = notesWith(['status=503,nth=2']);
    const statuses = [await app.request('/notes/1'), await app.request('/other/1')];
    expect(statuses.map(({ status }) => status)).toEqual([200, 503]);
  });
});

describe('lock', () => {
  it('is what the system says of a locked conversation, for writes alone', async () => {
    const { app, written } = notesWith(['lock']);
    const answer = await app.request('/notes', POST);
    expect(answer.status).toBe(409);
    expect(answer.headers.get('x-lock')).toBe('held');
    expect(await answer.json()).toEqual({ problem: 'locked' });
    expect((await app.request('/notes/1')).status).toBe(200);
    expect(written).toEqual([]);
  });
});

describe('redirect', () => {
  it('leads to the same path and query at another origin', async () => {
    const { app, written } = notesWith(['redirect=http://127.0.0.1:9,at=after']);
    const answer = await app.request('/notes/a%20b?limit=2&after=x', POST);
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toBe('http://127.0.0.1:9/notes/a%20b?limit=2&after=x');
    expect(written).toEqual(['one']);
  });
});

describe('body', () => {
  it('truncated: half the bytes, and the length of all of them', async () => {
    const { app, written } = notesWith(['body=truncated']);
    const answer = await app.request('/notes/1');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(NOTE.length));
    expect(await answer.text()).toBe(NOTE.slice(0, Math.floor(NOTE.length / 2)));
    await app.request('/notes', POST);
    expect(written).toEqual(['one']);
  });

  it('truncated: an answer without a body stays as it is', async () => {
    const { app } = notesWith(['body=truncated']);
    const answer = await app.request('/notes/1', { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe('');
  });

  it('text: a page of HTML with the status of the answer', async () => {
    const { app } = notesWith(['body=text']);
    const answer = await app.request('/notes', POST);
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('x-note')).toBeNull();
    expect(await answer.text()).toContain('<html>');
    expect((await app.request('/notes/1', { method: 'DELETE' })).status).toBe(200);
  });

  it('empty: nothing but status and headers', async () => {
    const { app } = notesWith(['body=empty']);
    const answer = await app.request('/notes/1');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(await answer.text()).toBe('');
  });
});

describe('delay', () => {
  it.each([
    ['delay=2s', 201, [[2000, 0]]],
    ['delay=2s,at=after', 201, [[2000, 1]]],
    ['delay=200ms,status=500', 500, [[200, 0]]],
    ['delay=200ms,status=500,at=after', 500, [[200, 1]]],
    ['delay=1ms,body=empty', 201, [[1, 0]]],
    ['delay=1ms,lock', 409, [[1, 0]]],
  ])('%s gives %i in its time', async (rule, status, expected) => {
    const note = noting();
    const { app, handled } = notesWith([rule], note.pause);
    note.handled = handled;
    expect((await app.request('/notes', POST)).status).toBe(status);
    expect(note.seen).toEqual(expected);
  });

  it('takes real time if nobody says otherwise', async () => {
    const { app, written } = notesWith(['delay=5ms']);
    const start = performance.now();
    expect((await app.request('/notes', POST)).status).toBe(201);
    expect(performance.now() - start).toBeGreaterThan(4);
    expect(written).toEqual(['one']);
  });

  it('is over at once when the client goes away, or has gone', async () => {
    const client = new AbortController();
    const pause = pauseFor(3_600_000, client.signal);
    client.abort();
    await pause;
    await pauseFor(3_600_000, client.signal);
  });
});

describe('cut', () => {
  it.each(['cut', 'cut,at=after'])(
    '%s says clearly that there is nothing to cut without a connection',
    async (rule) => {
      const { app, handled } = notesWith([rule]);
      const errors: Error[] = [];
      app.onError((error, c) => {
        errors.push(error);
        return c.text('', 500);
      });
      expect((await app.request('/notes', POST)).status).toBe(500);
      expect(errors.map(({ message }) => message)).toEqual([
        'there is no connection to cut: the request did not come through a server',
      ]);
      expect(handled()).toBe(0);
    },
  );
});

interface Noting {
  readonly pause: Pause;
  /** For each pause its milliseconds, and how many requests had been handled when it began. */
  readonly seen: unknown[];
  handled: () => number;
}

/** A pause that is over at once, and notes that it was. */
function noting(): Noting {
  const note: Noting = {
    seen: [],
    handled: () => 0,
    pause: async (milliseconds) => void note.seen.push([milliseconds, note.handled()]),
  };
  return note;
}
