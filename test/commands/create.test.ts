import { describe, expect, it } from 'vitest';
import { fakeContext } from '../support/world.ts';

/** The request of the vendor's own example: https://platform.openai.com/docs/api-reference/conversations/create */
const example = JSON.stringify({
  metadata: { topic: 'demo' },
  items: [{ type: 'message', role: 'user', content: 'Hello!' }],
});

async function created(...words: readonly string[]): Promise<unknown> {
  const world = fakeContext({ files: { 'example.json': example } });
  expect([await world.run('create', ...words, '-o', 'json'), world.stderr()]).toEqual([0, '']);
  return JSON.parse(world.stdout());
}

describe('create', () => {
  it('keeps a request as its system would, and prints it without its messages', async () => {
    expect(await created('example.json')).toEqual({
      id: expect.stringMatching(/^conv_[0-9a-z]{26}$/),
      object: 'conversation',
      created_at: 1780305302,
      metadata: { topic: 'demo' },
    });
  });

  it('prints the whole record with --dry-run, and keeps nothing', async () => {
    const world = fakeContext({ files: { 'example.json': example } });
    expect(await world.run('create', 'example.json', '--dry-run')).toBe(0);
    expect(JSON.parse(world.stdout()).items).toMatchObject([
      {
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_text', text: 'Hello!' }],
      },
    ]);
    expect(await world.run('list', '-q')).toBe(0);
    expect(world.stdout()).not.toContain('conv_\n');
    expect(world.stdout().trimEnd().endsWith('}')).toBe(true);
  });

  it('lays flags over the document, --set last', async () => {
    const flags = [
      '--title',
      'Demo',
      '--metadata',
      'n=1',
      '-m',
      'assistant: Hi',
      '--set',
      'metadata.topic=other',
    ];
    const record = await created('example.json', ...flags, '--dry-run');
    expect(record).toMatchObject({ metadata: { title: 'Demo', n: '1', topic: 'other' } });
    expect(record).toMatchObject({
      items: [{ role: 'user' }, { role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] }],
    });
  });

  it.each([
    ['openai', ['-m', 'user:system: x'], { items: [{ role: 'user', content: [{ text: 'system: x' }] }] }],
    ['openai', ['-m', 'narrator: x'], { items: [{ role: 'user', content: [{ text: 'narrator: x' }] }] }],
    ['convo', ['--agent', 'a'], { convo: 1, agent: { id: 'a' } }],
    ['looker', ['--title', 'T', '--agent', 'a'], { name: 'T', agent_id: 'a', deleted: false }],
    ['orq', ['--entity', 'e', '--title', 'T'], { entity_id: 'e', display_name: 'T', kind: 'conversation' }],
    ['orq', ['--project', 'p'], { project_id: 'p', display_name: 'Untitled' }],
  ])('makes one of flags alone in %s: %j', async (format, flags, expected) => {
    expect(await created('--format', format, ...flags, '--dry-run')).toMatchObject(expected);
  });

  it.each([
    [
      'orq',
      ['--entity', 'e', '-m', 'x'],
      '--message has no place in the requests of Orq.ai: Orq.ai writes messages only by running an agent',
    ],
    ['orq', ['--entity', 'e', '--metadata', 'a=b'], '--metadata has no place in the requests of Orq.ai'],
    ['openai', ['--agent', 'a'], '--agent has no place in the requests of OpenAI'],
    ['looker', ['--title', 'T', '-m', 'developer:x'], '--message has no place in the requests of Looker'],
    ['convo', ['--project', 'p'], '--project has no place in the requests of convo'],
  ])('refuses a flag that %s has no place for: %j', async (format, flags, message) => {
    const world = fakeContext();
    expect(await world.run('create', '--format', format, ...flags)).toBe(6);
    expect(world.stderr()).toContain(`convo: ${message}`);
    expect(world.stdout()).toBe('');
  });

  it('names all that is missing, and a flag for each', async () => {
    const world = fakeContext();
    expect(await world.run('create', '--format', 'looker', '--set', 'category=x')).toBe(3);
    expect(world.stderr()).toContain('Looker needs name, which nothing gives');
    expect(world.stderr()).toContain('hint: add --title <text>');
    expect(await world.run('create', '--format', 'orq', '--title', 'x')).toBe(3);
    expect(world.stderr()).toContain('hint: add --entity <id> or --project <id>');
  });

  it('says how to add a flag to a pipe', async () => {
    const world = fakeContext({ stdin: '{"displayName":"x"}' });
    expect(await world.run('create')).toBe(3);
    expect(world.stderr()).toContain(
      'hint: add --entity <id> or --project <id>: `… | convo create - --entity <id>`',
    );
  });

  it('asks on a terminal for what is missing, and for all when nothing is given', async () => {
    const missing = fakeContext({ isTTY: true, answers: ['Sales'] });
    expect(await missing.run('create', '--format', 'looker', '--agent', 'a', '-o', 'json')).toBe(0);
    expect(JSON.parse(missing.stdout())).toMatchObject({ name: 'Sales', agent_id: 'a' });
    const all = fakeContext({ isTTY: true, answers: ['Demo', 'Hello!'] });
    expect(await all.run('create', '--dry-run', '-o', 'json')).toBe(0);
    expect(JSON.parse(all.stdout())).toMatchObject({
      title: 'Demo',
      messages: [{ role: 'user', text: 'Hello!' }],
    });
  });

  it.each([{ CI: '1' }, { CI: 'true' }])('never asks with %j', async (environment) => {
    const world = fakeContext({ isTTY: true, environment, answers: [] });
    expect(await world.run('create')).toBe(2);
    expect(world.stderr()).toContain('there is nothing to create');
  });

  it('does nothing for empty input, and says so', async () => {
    const world = fakeContext({ stdin: ' \n' });
    expect([await world.run('create'), world.stdout()]).toEqual([0, '']);
    expect(world.stderr()).toContain('the input is empty');
  });

  it('keeps the id of a record once, and gives another with --new-id', async () => {
    const record = '{"convo":1,"id":"conv_mine","title":"T"}';
    const world = fakeContext({ files: { 'record.json': record } });
    expect(await world.run('create', 'record.json', '-q')).toBe(0);
    expect(world.stdout()).toBe('conv_mine\n');
    expect(await world.run('create', 'record.json')).toBe(7);
    expect(world.stderr()).toContain('conv_mine');
    expect(await world.run('create', 'record.json', '--new-id', '-q')).toBe(0);
    expect(world.stdout()).toMatch(/^conv_mine\nconv_[0-9a-z]{26}\n$/);
  });
});

it('warns of a member that nobody documents, as it may be a slip', async () => {
  const world = fakeContext();
  expect(await world.run('create', '--format', 'looker', '--set', 'naem=x', '--title', 'T', '-q')).toBe(0);
  expect(world.stderr()).toBe(
    'convo: warning: --set naem: Looker documents no such member; did you mean name?\n',
  );
});

it('refuses an empty id, and gives another only when asked', async () => {
  const world = fakeContext({ files: { 'record.json': '{"convo":1,"id":"","title":"T"}' } });
  expect(await world.run('create', 'record.json')).toBe(3);
  expect(world.stderr()).toContain('the id of this record is empty');
  expect(await world.run('create', 'record.json', '--new-id', '-q')).toBe(0);
  expect(world.stdout()).toMatch(/^conv_[0-9a-z]{26}\n$/);
});
