import { describe, expect, it } from 'vitest';
import { type FakeWorld, fakeContext } from '../support/world.ts';

const documents = [
  {
    convo: 1,
    id: 'conv_a',
    title: 'Apples',
    created_at: '2026-05-01T00:00:00Z',
    updated_at: '2026-06-01T09:00:00Z',
    metadata: { topic: 'fruit', n: 1 },
  },
  {
    convo: 1,
    id: 'conv_b',
    title: 'Boats',
    created_at: '2026-05-20T00:00:00Z',
    messages: [{ role: 'user', text: 'A red KAYAK' }],
  },
  { convo: 1, id: 'conv_c', title: null, created_at: '2026-05-31T23:59:59.5Z', metadata: { topic: 'fruit' } },
  { convo: 1, id: 'conv_d', title: 'Dated never' },
];

async function storeOf(): Promise<FakeWorld> {
  const files = Object.fromEntries(
    documents.map((document) => [`${document.id}.json`, JSON.stringify(document)]),
  );
  const world = fakeContext({ files });
  for (const name of Object.keys(files)) expect(await world.run('create', name, '-q')).toBe(0);
  return world;
}

/** The ids that a list prints. */
async function ids(...words: readonly string[]): Promise<string> {
  const world = await storeOf();
  const before = world.stdout().length;
  expect(await world.run('list', '-q', ...words)).toBe(0);
  return world.stdout().slice(before).trim().replaceAll('conv_', '').replaceAll('\n', ' ');
}

describe('list', () => {
  it.each([
    ['newest first, the undated last', [], 'c b a d'],
    ['oldest first', ['--sort', 'created:asc'], 'a b c d'],
    ['by title', ['--sort', 'title:asc'], 'a b d c'],
    ['by the last change', ['--sort', 'updated'], 'a b c d'],
    ['at most so many', ['--limit', '2'], 'c b'],
    ['by metadata', ['--where', 'metadata.topic=fruit'], 'c a'],
    ['by several conditions', ['--where', 'metadata.topic=fruit', '--where', 'metadata.n=1'], 'a'],
    ['by what was said, in any case', ['--search', 'kayak'], 'b'],
    ['by title, in any case', ['--search', 'aPPle'], 'a'],
    ['by metadata too', ['--search', 'fruit'], 'c a'],
    ['nothing that is not there', ['--search', 'zebra'], ''],
    ['since a time, inclusive', ['--since', '2026-05-20T00:00:00Z'], 'c b'],
    ['until a time, exclusive', ['--until', '2026-05-20T00:00:00Z'], 'a'],
    ['since an age', ['--since', '2d'], 'c'],
    ['by the time of change when sorted so', ['--sort', 'updated', '--since', '1h'], 'a'],
    ['with limits counted after filters', ['--where', 'metadata.topic=fruit', '--limit', '1'], 'c'],
  ])('shows %s', async (_what, words, expected) => expect(await ids(...words)).toBe(expected));

  it('says that rows are left out', async () => {
    const world = await storeOf();
    await world.run('list', '--limit', '2', '-o', 'json');
    expect(world.stderr()).toContain('{"warning":{"message":"there are more than the 2 shown');
    await world.run('list', '--limit', '4', '-o', 'json');
    expect(world.stderr().split('\n')).toHaveLength(2);
  });

  it('is an empty array, lines or header for no rows', async () => {
    for (const [format, expected] of [
      ['json', '[]\n'],
      ['ndjson', ''],
      ['table', ''],
    ] as const) {
      const world = fakeContext();
      expect(await world.run('list', '-o', format)).toBe(0);
      expect(world.stdout()).toBe(expected);
    }
  });

  it('has the same columns in every output', async () => {
    const world = await storeOf();
    const before = world.stdout().length;
    await world.run('list', '--limit', '1', '-o', 'ndjson');
    expect(JSON.parse(world.stdout().slice(before))).toEqual({
      id: 'conv_c',
      title: null,
      provider: 'local',
      format: 'convo',
      agent: null,
      model: null,
      messages: null,
      created_at: '2026-05-31T23:59:59.5Z',
      updated_at: null,
      metadata: { topic: 'fruit' },
    });
  });

  it('prints csv with chosen fields', async () => {
    const world = await storeOf();
    const before = world.stdout().length;
    await world.run('list', '-o', 'csv', '--fields', 'id,title', '--limit', '2');
    expect(world.stdout().slice(before)).toBe('id,title\nconv_c,\nconv_b,Boats\n');
  });

  it('prints whole records with their messages', async () => {
    const world = await storeOf();
    const before = world.stdout().length;
    await world.run('list', '--as', 'native', '--search', 'kayak');
    expect(JSON.parse(world.stdout().slice(before))).toEqual([documents[1]]);
  });

  it.each([
    [['--sort', 'craeted'], 'did you mean created?'],
    [['--sort', 'created:up'], 'choose asc, desc'],
    [['--fields', 'id,titel'], 'did you mean title?'],
    [['--since', 'yesterday'], 'write it as'],
    [['--limit', '0'], 'a whole number from 1'],
    [['--where', 'metadata'], '--where takes <path>=<value>'],
    [['--limit', '1', '--all'], "'--all'"],
    [['--as', 'native', '-o', 'csv'], 'whole records'],
  ])('refuses %j', async (words, message) => {
    const world = fakeContext();
    expect(await world.run('list', ...words)).toBe(2);
    expect(world.stderr()).toContain(message);
  });
});
