import { LookerNodeSDK } from '@looker/sdk-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { looker2610Server } from '../../src/systems/looker/server/index.ts';
import { listenTo, serveStore, TOKEN } from './desk.ts';

// The client reports on standard output what it thinks of the Node it runs on.
beforeEach(() => void vi.spyOn(console, 'debug').mockReturnValue());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** The vendor's own client, pointed at the server by nothing but the variables that the server names. */
async function clientOf(secret = TOKEN) {
  const served = await serveStore();
  const url = `${await listenTo(served)}${looker2610Server.path}`;
  const variables = { ...looker2610Server.environment(url), [looker2610Server.key]: secret };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  return { ...served, sdk: LookerNodeSDK.init40() };
}

const said = (text: string) => ({ type: 'user', message: { userMessage: { text } } });

describe('the official client', () => {
  it('logs in and out', async () => {
    const { sdk, errors } = await clientOf();
    expect(sdk.authSession.isAuthenticated()).toBe(false);
    await sdk.ok(sdk.search_conversations({}));
    expect(sdk.authSession.isAuthenticated()).toBe(true);
    expect(await sdk.authSession.logout()).toBe(true);
    expect(sdk.authSession.isAuthenticated()).toBe(false);
    expect(errors).toEqual([]);
  });

  it('is told that its secret is wrong', async () => {
    const { sdk } = await clientOf('another');
    await expect(sdk.ok(sdk.search_conversations({}))).rejects.toMatchObject({ message: 'Not found' });
  });

  it('creates, finds, gets, changes and deletes conversations', async () => {
    const { sdk, store, errors } = await clientOf();
    const created = await sdk.ok(sdk.create_conversation({ name: 'Sales: 50%', category: 'conversation' }));
    const other = await sdk.ok(sdk.create_conversation({ name: 'Other' }, 'id'));
    expect(created).toMatchObject({ name: 'Sales: 50%', deleted: false });
    expect(Object.keys(other)).toEqual(['id']);
    const id = created.id ?? '';
    expect((await store.read(id))?.record).toEqual(created);
    expect(await sdk.ok(sdk.get_conversation(id))).toEqual(created);
    const changed = await sdk.ok(sdk.update_conversation(id, { name: 'Sales' }, 'id,name'));
    expect(changed).toEqual({ id, name: 'Sales' });
    const found = await sdk.ok(
      sdk.search_conversations({
        name: 'sale%',
        deleted: false,
        limit: 5,
        offset: 0,
        sorts: 'created_at desc',
      }),
    );
    expect(found.map((each) => each.id)).toEqual([id]);
    const both = await sdk.ok(sdk.search_conversations({ id, name: 'other', filter_or: true }));
    expect(both).toHaveLength(2);
    expect(await sdk.ok(sdk.delete_conversation(`${id},${other.id}`))).toBe('');
    expect(await sdk.ok(sdk.search_conversations({}))).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('creates, lists, gets, changes and deletes messages', async () => {
    const { sdk, errors } = await clientOf();
    const { id = '' } = await sdk.ok(sdk.create_conversation({ name: 'A' }));
    const messages = [said('Sales by region?'), said('And by month?')];
    const created = await sdk.ok(sdk.create_conversation_message(id, { messages }));
    expect(created).toMatchObject([
      { ...messages[0], order: 1 },
      { ...messages[1], order: 2 },
    ]);
    expect(await sdk.ok(sdk.all_conversation_messages(id))).toEqual(created);
    const [first, second] = created.map((message) => message.id ?? '');
    expect(await sdk.ok(sdk.get_conversation_message(id, second ?? '', 'order'))).toEqual({ order: 2 });
    const change = { message: { userMessage: { text: 'And by day?' } } };
    const changed = await sdk.ok(sdk.update_conversation_message(id, second ?? '', change));
    expect(changed).toEqual({ ...created[1], ...change });
    expect(await sdk.ok(sdk.delete_conversation_message(id, first ?? ''))).toBe('');
    expect(await sdk.ok(sdk.all_conversation_messages(id))).toEqual([changed]);
    expect(errors).toEqual([]);
  });

  it('is told what is wrong with a body, and what is not there', async () => {
    const { sdk, errors } = await clientOf();
    await expect(sdk.ok(sdk.create_conversation({}))).rejects.toMatchObject({
      message: expect.stringContaining('Validation Failed'),
      errors: [{ field: 'name', code: 'missing_field' }],
    });
    await expect(sdk.ok(sdk.get_conversation('unknown'))).rejects.toMatchObject({ message: 'Not found' });
    expect(errors).toEqual([]);
  });
});
