import { describe, expect, it } from 'vitest';
import { type FakeWorld, fakeContext } from '../support/world.ts';

const openai = {
  id: 'conv_1',
  object: 'conversation',
  created_at: 1741900000,
  metadata: { topic: 'demo', draft: 'yes' },
  items: [
    {
      type: 'message',
      id: 'msg_1',
      status: 'completed',
      role: 'user',
      content: [{ type: 'input_text', text: 'Hello!' }],
    },
  ],
};
const looker = {
  id: 'l1',
  name: 'Sales',
  user_id: '12',
  created_at: '2026-06-01T09:15:02.000+00:00',
  messages: [{ id: '1', order: 4, type: 'user', message: { userMessage: { text: 'Q' } } }],
};
const orq = {
  _id: 'conv_o',
  entityId: 'e',
  kind: 'conversation',
  displayName: 'D',
  createdAt: 1,
  updatedAt: 2,
};
const syllable = { timestamp: '2024-06-19T00:00:00', conversation_id: '824' };

async function storeOf(...records: readonly object[]): Promise<FakeWorld> {
  const files: Record<string, string> = {
    'more.json': '{"type":"message","role":"assistant","content":"Hi"}',
    'patch.json': '{"metadata":{"topic":"new"}}',
    'wrong.json': '{"type":"message","rle":"user","content":"x"}',
  };
  for (const [index, each] of records.entries()) files[`${index}.json`] = JSON.stringify(each);
  const world = fakeContext({ files });
  for (const index of records.keys())
    expect([await world.run('create', `${index}.json`, '-q'), world.stderr()]).toEqual([0, '']);
  return world;
}

async function record(world: FakeWorld, id: string): Promise<unknown> {
  const before = world.stdout().length;
  expect(await world.run('show', id, '-o', 'json')).toBe(0);
  return JSON.parse(world.stdout().slice(before));
}

describe('update', () => {
  it('merges flags and files over what is there, and clears and removes', async () => {
    const world = await storeOf(openai);
    expect(
      await world.run(
        'update',
        'conv_1',
        '--title',
        'Demo',
        '--metadata',
        'a=1',
        '--unset',
        'metadata.draft',
      ),
    ).toBe(0);
    expect(await world.run('update', 'conv_1', 'patch.json')).toBe(0);
    expect(await record(world, 'conv_1')).toEqual({
      ...openai,
      metadata: { title: 'Demo', topic: 'new', a: '1' },
    });
    expect(await world.run('update', 'conv_1', '--set', 'metadata.topic=null')).toBe(0);
    expect(await record(world, 'conv_1')).toMatchObject({ metadata: { title: 'Demo', a: '1' } });
  });

  it('sets the time of change where the system has one, in its own spelling', async () => {
    const world = await storeOf(orq, looker);
    expect(await world.run('update', 'conv_o', '--title', 'New')).toBe(0);
    expect(await record(world, 'conv_o')).toMatchObject({
      displayName: 'New',
      updatedAt: expect.any(Number),
      _id: 'conv_o',
    });
    expect(await record(world, 'conv_o')).not.toMatchObject({ updatedAt: 2 });
    expect(await world.run('update', 'l1', '--title', 'New')).toBe(0);
    expect(await record(world, 'l1')).toMatchObject({
      name: 'New',
      updated_at: expect.stringMatching(/^2026-06-01T/),
    });
  });

  it.each([
    ['conv_1', ['--set', 'created_at=5'], 'OpenAI cannot change /created_at'],
    ['conv_1', ['--agent', 'a'], '--agent has no place'],
    ['conv_o', ['--set', 'metadata.model=a/b'], 'Orq.ai cannot change /metadata'],
    ['l1', ['--set', 'user_id=7'], 'Looker cannot change /user_id'],
    ['824', ['--agent', 'a'], 'Syllable has no operation that'],
  ])('refuses what the system of %s cannot change: %j', async (id, flags, message) => {
    const world = await storeOf(openai, orq, looker, syllable);
    const before = await record(world, id);
    expect(await world.run('update', id, ...flags)).toBe(6);
    expect(world.stderr()).toContain(message);
    expect(await record(world, id)).toEqual(before);
  });

  it('holds a change to what a request may hold, and changes nothing with --dry-run', async () => {
    const world = await storeOf(openai);
    expect(await world.run('update', 'conv_1', '--title', 'x', '--dry-run')).toBe(0);
    expect(await record(world, 'conv_1')).toEqual(openai);
    expect(await world.run('update', 'nobody', '--title', 'x')).toBe(4);
  });
});

describe('append', () => {
  it('adds messages as the system would keep them', async () => {
    const world = await storeOf(openai, looker);
    expect(await world.run('append', 'conv_1', 'more.json', '-m', 'And?')).toBe(0);
    expect(await record(world, 'conv_1')).toMatchObject({
      items: [
        { id: 'msg_1' },
        { role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Hi' }] },
        { role: 'user', content: [{ text: 'And?' }] },
      ],
    });
    expect(await world.run('append', 'l1', '-m', 'assistant: A')).toBe(0);
    expect(await record(world, 'l1')).toMatchObject({
      messages: [
        { order: 4 },
        {
          order: 5,
          type: 'system',
          message: { systemMessage: { text: { parts: ['A'], textType: 'FINAL_RESPONSE' } } },
        },
      ],
    });
  });

  it('refuses a message that is none, and a system that takes none', async () => {
    const world = await storeOf(openai, orq);
    expect(await world.run('append', 'conv_1', 'patch.json')).toBe(0);
    expect(world.stderr()).toContain('nothing was added');
    expect(await world.run('append', 'conv_1', 'wrong.json')).toBe(3);
    expect(world.stderr()).toContain('/role: required');
    expect(await world.run('append', 'conv_o', '-m', 'x')).toBe(6);
    expect(world.stderr()).toContain('Orq.ai writes messages only by running an agent');
  });
});

describe('delete', () => {
  it('needs --yes where nobody can be asked', async () => {
    const world = await storeOf(openai);
    expect(await world.run('delete', 'conv_1')).toBe(2);
    expect(await record(world, 'conv_1')).toEqual(openai);
    expect(await world.run('delete', 'conv_1', '--yes')).toBe(0);
    expect(await world.run('show', 'conv_1')).toBe(4);
  });

  it('asks on a terminal, naming the place and how many', async () => {
    const world = fakeContext({ isTTY: true, answers: [false], files: { 'a.json': '{"convo":1,"id":"a"}' } });
    expect(await world.run('create', 'a.json', '-q')).toBe(0);
    expect(await world.run('delete', 'a', 'b')).toBe(130);
    expect(world.questions).toEqual(['Delete 2 conversations from the local store?']);
    expect(await world.run('show', 'a', '-o', 'json')).toBe(0);
  });

  it('deletes what is there, and names what is not', async () => {
    const world = await storeOf(openai, looker);
    const before = world.stdout().length;
    expect(await world.run('delete', 'conv_1', 'nobody', '--yes')).toBe(9);
    expect(JSON.parse(world.stdout().slice(before))).toEqual([{ id: 'conv_1', status: 'deleted' }]);
    expect(world.stderr()).toContain('"nobody"');
    expect(await world.run('delete', 'nobody', '--yes', '--ignore-missing')).toBe(0);
  });
});

describe('show', () => {
  it('prints one object for one id and an array for several, and names those that are not there', async () => {
    const world = await storeOf(openai, looker);
    const before = world.stdout().length;
    expect(await world.run('show', 'conv_1', 'nobody', 'l1')).toBe(9);
    expect(JSON.parse(world.stdout().slice(before))).toEqual([openai, looker]);
    expect(await world.run('show', 'nobody')).toBe(4);
    expect(await world.run('show', 'nobody', 'neither')).toBe(4);
  });

  it('leaves the messages out', async () => {
    const world = await storeOf(openai);
    const before = world.stdout().length;
    await world.run('show', 'conv_1', '--no-messages');
    const { items: _items, ...others } = openai;
    expect(JSON.parse(world.stdout().slice(before))).toEqual(others);
  });
});
