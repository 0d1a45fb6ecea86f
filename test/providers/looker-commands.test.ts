import { expect, it } from 'vitest';
import { listenTo, type ServedStore, serveStore, TOKEN } from '../serve/desk.ts';
import { type FakeWorld, fakeContext } from '../support/world.ts';

async function looker(served?: ServedStore): Promise<FakeWorld> {
  const url = `${await listenTo(served ?? (await serveStore()))}/looker`;
  return fakeContext({
    environment: {
      CONVO_PROVIDER: 'looker',
      LOOKERSDK_BASE_URL: url,
      LOOKERSDK_CLIENT_ID: 'convo',
      LOOKERSDK_CLIENT_SECRET: TOKEN,
    },
  });
}

/** What a command line prints, which is to end well. */
async function printed(world: FakeWorld, ...words: readonly string[]): Promise<string> {
  const before = world.stdout().length;
  expect(await world.run(...words), world.stderr()).toBe(0);
  return world.stdout().slice(before);
}

it('goes through all that Looker can do from the command line', async () => {
  const world = await looker();
  const id = (await printed(world, 'create', '--title', 'Sales', '-m', 'Hello', '-q')).trim();
  await printed(world, 'append', id, '-m', 'assistant:Good day', '-q');
  await printed(world, 'update', id, '--title', 'Sales Q3', '--set', 'category=dashboard');
  await printed(world, 'update', id, '--unset', 'category');
  expect(JSON.parse(await printed(world, 'show', id))).toMatchObject({
    id,
    name: 'Sales Q3',
    category: null,
    messages: [
      { type: 'user', message: { userMessage: { text: 'Hello' } }, order: 1 },
      {
        type: 'system',
        message: { systemMessage: { text: { parts: ['Good day'], textType: 'FINAL_RESPONSE' } } },
      },
    ],
  });
  expect(JSON.parse(await printed(world, 'list', '--where', 'title=Sales Q3'))).toMatchObject([
    { id, title: 'Sales Q3' },
  ]);
  expect(world.stderr()).toContain('only the conversations of the user whose key it is');
  await printed(world, 'delete', id, '--yes');
  expect(await world.run('show', id)).toBe(4);
  expect(world.stdout() + world.stderr()).not.toContain(TOKEN);
});

it('plans a change by flags without reading what it changes', async () => {
  const world = await looker();
  const words = ['update', 'a', '--title', 'B', '--set', 'agent_id=null', '--unset', 'category', '--dry-run'];
  expect(JSON.parse(await printed(world, ...words))).toMatchObject([
    { method: 'PATCH', body: { name: 'B', agent_id: null, category: null } },
  ]);
  expect(JSON.parse(await printed(world, 'update', 'a', '--set', 'deleted=null', '--dry-run'))).toMatchObject(
    [{ method: 'PATCH', body: { deleted: false } }],
  );
});
