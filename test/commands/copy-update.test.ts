import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { outcomesIn, type ServedWorld, servedWorld } from './places.ts';

const record = (id: string, more: JsonObject): string => JSON.stringify({ convo: 1, id, ...more });

async function home(...records: readonly string[]): Promise<ServedWorld> {
  const world = await servedWorld({ 'r.ndjson': records.join('\n') });
  expect(await world.run('create', 'r.ndjson', '-q')).toBe(0);
  return world;
}

async function copied(world: ServedWorld, ...words: readonly string[]) {
  const before = world.stdout();
  const code = await world.run('copy', ...words, '-o', 'ndjson');
  const outcomes = outcomesIn(world.stdout(), before);
  return { code, outcomes, ids: new Set(outcomes.map(({ source }) => source.id)) };
}

function idOf(kept: JsonObject | undefined): string {
  const id = kept?.['id'];
  if (typeof id !== 'string') throw new Error('nothing is kept');
  return id;
}

describe('copy --update', () => {
  it('takes out of the copy what its source has no more', async () => {
    const world = await home(record('a', { title: 'One', metadata: { topic: 'demo', other: 'x' } }));
    await copied(world, 'local', 'openai');
    await world.run('update', 'a', '--unset', 'metadata.other', '-q');
    expect((await copied(world, 'local', 'openai', '--update')).outcomes).toMatchObject([
      { status: 'updated' },
    ]);
    expect(await world.kept()).toMatchObject([{ metadata: { title: 'One', topic: 'demo' } }]);
    await world.run('update', 'a', '--unset', 'metadata', '--unset', 'title', '-q');
    expect((await copied(world, 'local', 'openai', '--update')).outcomes).toMatchObject([
      { status: 'updated' },
    ]);
    expect(JSON.stringify(await world.kept())).not.toContain('topic');
  });

  it('takes out a member of the system, and leaves what others set there', async () => {
    const looker = JSON.stringify({ id: 'l', name: 'One', category: 'mine', messages: [] });
    const world = await home(looker);
    await copied(world, 'local', 'looker');
    const [made] = await world.kept();
    expect(made).toMatchObject({ category: 'mine' });
    await world.run('update', idOf(made), '-p', 'looker', '--set', 'agent_id=theirs', '-q');
    await world.run('update', 'l', '--unset', 'category', '-q');
    expect((await copied(world, 'local', 'looker', '--update')).outcomes).toMatchObject([
      { status: 'updated' },
    ]);
    expect(await world.kept()).toMatchObject([{ name: 'One', category: null, agent_id: 'theirs' }]);
  });

  it('fails where the system cannot take it out', async () => {
    const orq = JSON.stringify({
      displayName: 'One',
      projectId: 'prj_1',
      metadata: { generatingTitle: true },
    });
    const world = await home(orq);
    await copied(world, 'local', 'tower');
    const before = world.stdout();
    await world.run('list', '-q');
    const id = world.stdout().slice(before.length).trim();
    await world.run('update', id, '--unset', 'metadata.generating_title', '-q');
    const { code, outcomes } = await copied(world, 'local', 'tower', '--update');
    expect(outcomes).toMatchObject([{ status: 'failed', error: { code: 'unsupported' } }]);
    expect(code).toBe(6);
  });

  it('adds nothing behind messages that are not those that were copied', async () => {
    const world = await home(record('a', { title: 'One', messages: [{ role: 'user', text: 'hello' }] }));
    await copied(world, 'local', 'looker');
    const [made] = await world.kept();
    await world.run('append', idOf(made), '-p', 'looker', '-m', 'theirs', '-q');
    await world.run('append', 'a', '-m', 'mine', '-q');
    const { code, outcomes } = await copied(world, 'local', 'looker', '--update');
    expect(code).toBe(7);
    expect(outcomes).toMatchObject([{ id: made?.['id'], status: 'failed', error: { code: 'conflict' } }]);
    expect(JSON.stringify(await world.kept())).not.toContain('mine');
  });

  it('foresees what cannot be done', async () => {
    const world = await home(record('a', { title: 'One', messages: [{ role: 'user', text: 'hello' }] }));
    await copied(world, 'local', 'looker');
    await world.run('update', 'a', '--set', 'messages.0.text=Goodbye', '--unset', 'messages.0.parts', '-q');
    const foreseen = await copied(world, 'local', 'looker', '--update', '--dry-run');
    const done = await copied(world, 'local', 'looker', '--update');
    expect(foreseen).toEqual(done);
    expect(done.outcomes).toMatchObject([{ status: 'failed', error: { code: 'unsupported' } }]);
  });
});

const timed = (created: string, updated?: string): JsonObject => ({
  title: 'T',
  created_at: `${created}T00:00:00Z`,
  ...(updated !== undefined && { updated_at: `${updated}T00:00:00Z` }),
});

describe('copy', () => {
  it('takes --since and --until for when a conversation was changed last', async () => {
    const world = await home(
      record('old', timed('2026-01-01', '2026-01-02')),
      record('changed', timed('2026-01-01', '2026-05-01')),
      record('made', timed('2026-05-01')),
      record('new', timed('2026-06-01', '2026-06-01')),
    );
    const spring = ['--since', '2026-04-01', '--until', '2026-06-01'];
    expect((await copied(world, 'local', 'looker', ...spring)).ids).toEqual(new Set(['changed', 'made']));
  });

  it('asks a system for those that changed last, and no others', async () => {
    const world = await servedWorld({});
    for (const [id, updated] of [
      ['a', '2020'],
      ['b', '2026'],
      ['c', '2026'],
    ] as const) {
      await world.served.keep('looker@26.10', id, {
        id,
        name: id,
        created_at: '2020-01-01T00:00:00Z',
        updated_at: `${updated}-01-01T00:00:00Z`,
        messages: [],
      });
    }
    expect((await copied(world, 'looker', 'local', '--since', '2025-01-01')).ids).toEqual(
      new Set(['b', 'c']),
    );
    expect(world.asked.filter((each) => each.includes('conversations/a'))).toEqual([]);
  });

  it('goes on where one cannot be looked at, and loads each once', async () => {
    const world = await servedWorld({}, ['status=400,method=GET,path=/api/4.0/conversations/b']);
    for (const id of ['a', 'b', 'c']) {
      await world.served.keep('looker@26.10', id, {
        id,
        name: `find ${id}`,
        created_at: '2026-01-01T00:00:00Z',
        messages: [],
      });
    }
    const { code, outcomes } = await copied(world, 'looker', 'local', '--search', 'find');
    expect(code).toBe(9);
    expect(Object.fromEntries(outcomes.map(({ source, status }) => [source.id, status]))).toEqual({
      a: 'created',
      b: 'failed',
      c: 'created',
    });
    for (const id of ['a', 'b', 'c']) {
      expect(world.asked.filter((each) => each.endsWith(`/conversations/${id}`))).toHaveLength(1);
    }
  });

  it.each([[[]], [['--dry-run']]])(
    'names the file of a store that is damaged, and copies the others: %j',
    async (more) => {
      const world = await home(record('a', { title: 'One' }), record('b', { title: 'Two' }));
      const [damaged = ''] = await filesOf(world);
      writeFileSync(damaged, '{"format":');
      const { code, outcomes } = await copied(world, 'local', 'looker', ...more);
      expect(code).toBe(9);
      expect(outcomes.find(({ status }) => status === 'failed')).toMatchObject({
        file: damaged,
        source: { provider: 'local', id: null },
        error: { code: 'invalid', message: expect.stringContaining(damaged) },
      });
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['created', 'failed']);
      expect(world.stderr()).not.toContain('was left out');
    },
  );

  it('warns where both ends have the same address under two names', async () => {
    const world = await servedWorld({});
    await world.run('config', 'set', 'providers.tower2.system', 'orq');
    for (const key of ['url', 'key', 'generation', 'project']) {
      const before = world.stdout();
      await world.run('config', 'get', `providers.tower.${key}`);
      await world.run('config', 'set', `providers.tower2.${key}`, world.stdout().slice(before.length).trim());
    }
    await copied(world, 'tower', 'tower2');
    expect(world.stderr()).toContain('tower and tower2 have the same address');
    await copied(world, 'tower', 'looker');
    expect(world.stderr().match(/have the same address/g)).toHaveLength(1);
  });
});

/** The files of the local store that hold a conversation. */
async function filesOf({ context }: ServedWorld): Promise<string[]> {
  return readdirSync(join(context.dataDirectory, 'conversations'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
