import { describe, expect, it } from 'vitest';
import { TOKEN } from '../serve/desk.ts';
import {
  json,
  lineOf,
  loggedIn,
  lookerAt,
  options,
  requestOf,
  said,
  servedLooker,
  shown,
  stoppedClock,
} from './looker-seat.ts';

const HOUR = 3_600_000;

describe("Looker's login", () => {
  it('happens once, before the first request, as a form', async () => {
    const place = await servedLooker();
    const { id } = (await place.provider.create?.(requestOf({ name: 'Sales' }), options)) ?? {};
    await shown(place, id ?? '');
    expect(place.got.map(({ line }) => line)).toEqual([
      'POST /login',
      'POST /conversations',
      `GET /conversations/${id}`,
    ]);
    expect(place.got[0]).toMatchObject({
      type: 'application/x-www-form-urlencoded',
      body: `client_id=convo&client_secret=${TOKEN}`,
      authorization: null,
    });
    expect(place.got[1]?.authorization).toMatch(/^token [0-9a-f]{32}$/);
  });

  it('is shared by requests that are made at once', async () => {
    const place = await servedLooker();
    await Promise.all(['a', 'b', 'c', 'd'].map((id) => shown(place, id)));
    expect(place.got.filter(({ line }) => line === 'POST /login')).toHaveLength(1);
  });

  it('is repeated shortly before the token expires', async () => {
    const place = await servedLooker();
    await shown(place, 'a');
    place.pass(HOUR - 11_000);
    await shown(place, 'a');
    expect(place.got).toHaveLength(3);
    place.pass(1000);
    await shown(place, 'a');
    expect(place.got.map(({ line }) => line).slice(3)).toEqual(['POST /login', 'GET /conversations/a']);
  });

  it('is repeated once for a token that was refused, and the write that was refused then done once', async () => {
    const clock = stoppedClock();
    const place = await servedLooker({ clock, faults: ['status=401,path=/api/4.0/conversations,first=1'] });
    const located = await place.provider.create?.(
      requestOf({ name: 'Sales', messages: [said('Hi')] }),
      options,
    );
    expect(place.got.map(({ line }) => line)).toEqual([
      'POST /login',
      'POST /conversations',
      'POST /login',
      'POST /conversations',
      `POST /conversations/${located?.id}/messages`,
      `GET /conversations/${located?.id}`,
    ]);
    const tokens = place.got.map(({ authorization }) => authorization);
    expect(tokens[3]).not.toBe(tokens[1]);
    expect(tokens[3]).toBe(tokens[5]);
  });

  it('is repeated once for several requests that were refused together', async () => {
    let logins = 0;
    const place = await lookerAt(async (asked) => {
      if (lineOf(asked) === 'POST /login')
        return loggedIn('POST /login', `token-${(logins += 1)}`) ?? json({});
      if (asked.headers.get('authorization') === 'token token-1') return json({ message: 'expired' }, 401);
      return json({ id: 'a', messages: [] });
    });
    const found = await Promise.all(['a', 'b', 'c'].map((id) => shown(place, id)));
    expect(found.map((located) => located?.id)).toEqual(['a', 'a', 'a']);
    expect(logins).toBe(2);
  });

  it('is not repeated again for a new token that is refused too', async () => {
    const place = await servedLooker({ faults: ['status=401,path=/api/4.0/conversations/*'] });
    await expect(shown(place, 'a')).rejects.toMatchObject({
      code: 'not_authenticated',
      details: { status: 401 },
    });
    expect(place.got.map(({ line }) => line)).toEqual([
      'POST /login',
      'GET /conversations/a',
      'POST /login',
      'GET /conversations/a',
    ]);
  });

  it.each(['status=503,retry-after-ms=1', 'status=429,retry-after-ms=1', 'cut'])(
    'is tried again after %s, as it changes nothing',
    async (fault) => {
      const place = await servedLooker({ faults: [`${fault},path=/api/4.0/login,first=1`] });
      expect(await shown(place, 'a')).toBeUndefined();
      expect(place.lines()).toEqual(['GET /conversations/a']);
    },
  );

  it('that could not succeed for now is tried anew by the next request', async () => {
    const place = await servedLooker({ faults: ['status=503,retry-after-ms=1,path=/api/4.0/login,first=4'] });
    await expect(shown(place, 'a')).rejects.toMatchObject({ code: 'unavailable' });
    expect(await shown(place, 'a')).toBeUndefined();
  });

  it('with a wrong secret is a failure of authentication, of which nothing is tried again', async () => {
    const place = await servedLooker({ environment: { LOOKERSDK_CLIENT_SECRET: 'a-wrong-secret' } });
    const failures = await Promise.allSettled([shown(place, 'a'), shown(place, 'b')]);
    for (const failure of failures) {
      expect(failure).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'not_authenticated',
          message: 'Looker: the login failed: there is no such client id with this secret',
          details: { status: 404 },
        },
      });
    }
    expect(place.got.map(({ line }) => line)).toEqual(['POST /login']);
  });

  it('at an address without a Looker is one too, and says that it may be the address', async () => {
    const place = await lookerAt(async () => new Response('<h1>Not Found</h1>', { status: 404 }));
    await expect(shown(place, 'a')).rejects.toMatchObject({
      code: 'not_authenticated',
      details: { hint: expect.stringContaining('check the address') },
    });
  });

  it('without a client id names the variable, and sends nothing', async () => {
    const place = await servedLooker({ environment: { LOOKERSDK_CLIENT_ID: '' } });
    await expect(shown(place, 'a')).rejects.toMatchObject({
      code: 'not_authenticated',
      message: 'there is no client id for Looker',
      details: { hint: expect.stringContaining('LOOKERSDK_CLIENT_ID') },
    });
    expect(place.got).toEqual([]);
  });

  it('without a secret says so, and sends nothing', async () => {
    const place = await servedLooker({ environment: { LOOKERSDK_CLIENT_SECRET: '' } });
    await expect(shown(place, 'a')).rejects.toMatchObject({ code: 'not_authenticated' });
    expect(place.got).toEqual([]);
  });

  it.each([{}, { access_token: null }, { access_token: 'two words' }, { access_token: 'line\nbreak' }])(
    'that is answered with %j is no login',
    async (body) => {
      const place = await lookerAt(async () => json(body));
      await expect(shown(place, 'a')).rejects.toMatchObject({
        code: 'unavailable',
        message: 'Looker answered the login without a token',
      });
    },
  );

  it('may not say when the token expires, which is then used until it is refused', async () => {
    const place = await lookerAt(async (asked) =>
      lineOf(asked) === 'POST /login' ? json({ access_token: 'a-token' }) : json({ id: 'a', messages: [] }),
    );
    await shown(place, 'a');
    place.pass(1000 * HOUR);
    await shown(place, 'a');
    expect(place.got).toHaveLength(3);
  });

  it('is not needed for opening, nor for ids that no conversation has', async () => {
    const place = await servedLooker();
    for (const id of ['', '.', '..', 'search', ' a']) {
      expect(await shown(place, id)).toBeUndefined();
      expect(await place.provider.remove?.(id, options)).toBe(false);
    }
    expect(place.connections()).toBe(0);
  });
});

describe("Looker's secrets", () => {
  it('are in no address, and cut out of what the system says', async () => {
    const token = 'a-token-that-was-given';
    const place = await lookerAt(
      async (asked) =>
        loggedIn(lineOf(asked), token) ??
        json(
          {
            message: `token ${token} of ${TOKEN} is not liked`,
            errors: [{ field: 'name', message: `not ${token}` }],
          },
          422,
        ),
    );
    await expect(shown(place, 'a')).rejects.toMatchObject({
      message: 'Looker: token … of … is not liked',
      details: { issues: [{ path: '/name', message: 'not …' }] },
    });
    const told = JSON.stringify([place.exchanges, place.warnings]);
    expect(place.exchanges).toHaveLength(2);
    expect(told).not.toContain(token);
    expect(told).not.toContain(TOKEN);
  });

  it('are cut out of what the login itself is answered', async () => {
    const place = await lookerAt(async () => json({ message: `client_secret=${TOKEN} is expired` }, 403));
    await expect(shown(place, 'a')).rejects.toMatchObject({
      code: 'not_authenticated',
      message: 'Looker: client_secret=… is expired',
    });
  });
});
