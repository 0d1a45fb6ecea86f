import { describe, expect, it } from 'vitest';
import { TOKEN } from './desk.ts';
import { CREDENTIALS, lookerDesk, textAt } from './looker-desk.ts';

const ERRORS = 'https://cloud.google.com/looker/docs/r/err/4.0';

describe('logging in', () => {
  it('gives an access token that both spellings of the header take', async () => {
    const { askBare, login } = await lookerDesk();
    const token = await login();
    for (const authorization of [`token ${token}`, `Bearer ${token}`]) {
      const { status } = await askBare('/conversations/search', { headers: { authorization } });
      expect(status).toBe(200);
    }
  });

  it('takes credentials from the query too', async () => {
    const { askBare } = await lookerDesk();
    const { status, body } = await askBare(`/login?${CREDENTIALS}`, { method: 'POST' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, refresh_token: null });
  });

  it('answers wrong and missing credentials with 404', async () => {
    const { askBare } = await lookerDesk();
    for (const credentials of ['', 'client_id=convo&client_secret=x', `client_id=x&client_secret=${TOKEN}`]) {
      const { status, body } = await askBare('/login', { method: 'POST', body: credentials });
      expect(status).toBe(404);
      expect(body).toEqual({ message: 'Not found', documentation_url: `${ERRORS}/404/post/login` });
    }
  });

  it.each([
    {},
    { authorization: 'token x' },
    { authorization: `Bearer ${TOKEN}` },
    { authorization: 'Basic eDp5' },
  ])('is needed for everything else: %j', async (headers: Record<string, string>) => {
    const { askBare } = await lookerDesk();
    const { status, body } = await askBare('/conversations/search', { headers });
    expect(status).toBe(401);
    expect(textAt(body, 'message')).toBe('Requires authentication.');
  });

  it('lasts an hour', async () => {
    const { ask, pass } = await lookerDesk();
    pass(3_590_000);
    expect((await ask('/conversations/search')).status).toBe(200);
    pass(10_000);
    expect((await ask('/conversations/search')).status).toBe(401);
  });

  it('ends with logging out', async () => {
    const { ask } = await lookerDesk();
    expect((await ask('/logout', { method: 'DELETE' })).status).toBe(204);
    expect((await ask('/logout', { method: 'DELETE' })).status).toBe(401);
  });

  it('at one version is none at the other', async () => {
    const { askBare, login } = await lookerDesk();
    const headers = { authorization: `token ${await login('looker-26.4')}` };
    expect((await askBare('/conversations/search', { headers })).status).toBe(401);
    expect((await askBare('/conversations/search', { headers }, 'looker-26.4')).status).toBe(200);
  });
});
