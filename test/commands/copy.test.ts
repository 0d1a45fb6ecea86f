import { describe, expect, it } from 'vitest';
import { namesAndCounts, outcomesIn, type PrintedOutcome, type ServedWorld, servedWorld } from './places.ts';

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

/** A record in the local store's own format. */
const record = (id: string, title: string, created: string, ...texts: readonly string[]): string =>
  JSON.stringify({
    convo: 1,
    id,
    title,
    created_at: created,
    updated_at: created,
    metadata: { topic: id === 'a' ? 'demo' : 'other' },
    messages: texts.map((text) => ({ role: 'user', parts: [{ type: 'text', text }] })),
  });

const three = lines(
  record('a', 'One', '2026-01-01T00:00:00Z', 'hello'),
  record('b', 'Two', '2026-02-01T00:00:00Z', 'hello', 'there'),
  record('c', 'Three', '2026-03-01T00:00:00Z'),
);

/** Three conversations in the local store, and nothing at the systems. */
async function threeAtHome(faults: readonly string[] = []): Promise<ServedWorld> {
  const world = await servedWorld({ 'three.ndjson': three }, faults);
  expect(await world.run('create', 'three.ndjson', '-o', 'ndjson')).toBe(0);
  return world;
}

interface Ran {
  readonly code: number;
  readonly outcomes: readonly PrintedOutcome[];
  /** By the id of the source. */
  readonly statuses: Readonly<Record<string, string>>;
}

async function copied(world: ServedWorld, ...words: readonly string[]): Promise<Ran> {
  const before = world.stdout();
  const code = await world.run('copy', ...words, '-o', 'ndjson');
  const outcomes = outcomesIn(world.stdout(), before);
  const statuses = Object.fromEntries(outcomes.map(({ source, status }) => [source.id ?? '', status]));
  return { code, outcomes, statuses };
}

describe('copy', () => {
  it('copies each conversation once, and says what was lost of which', async () => {
    const world = await threeAtHome();
    const { code, outcomes } = await copied(world, 'local', 'looker');
    expect(code).toBe(0);
    expect(
      outcomes.map(({ source, status }) => `${source.provider} ${source.id} ${status}`).toSorted(),
    ).toEqual(['a', 'b', 'c'].map((id) => `local ${id} created`));
    expect(outcomes[0]).toMatchObject({ file: null, line: null, error: null });
    expect(outcomes[0]?.losses.map(({ path }) => path)).toContain('/metadata');
    const kept = await world.kept();
    expect(new Set(kept.map(({ name }) => name))).toEqual(new Set(['One', 'Two', 'Three']));
    expect(kept).toHaveLength(3);
    expect(new Set(kept.map(({ id }) => id))).toEqual(new Set(outcomes.map(({ id }) => id)));
    const again = await copied(world, 'local', 'looker');
    expect(again.statuses).toEqual({ a: 'skipped', b: 'skipped', c: 'skipped' });
    expect(await world.kept()).toEqual(kept);
  });

  it('comes home again as it was', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'openai');
    const back = await copied(world, 'openai', 'local');
    expect(Object.values(back.statuses)).toEqual(['created', 'created', 'created']);
    const before = world.stdout();
    await world.run('list', '-o', 'csv', '--fields', 'title,format,messages', '--sort', 'title');
    expect(world.stdout().slice(before.length)).toBe(
      'title,format,messages\nOne,convo,1\nOne,openai,1\nThree,convo,0\nThree,openai,0\nTwo,convo,2\nTwo,openai,2\n',
    );
  });

  it('takes what the filters leave, newest first', async () => {
    const world = await threeAtHome();
    expect((await copied(world, 'local', 'looker', '--where', 'metadata.topic=demo')).statuses).toEqual({
      a: 'created',
    });
    expect(
      (await copied(world, 'local', 'looker', '--since', '2026-02-01', '--until', '2026-03-01')).statuses,
    ).toEqual({
      b: 'created',
    });
    expect((await copied(world, 'local', 'looker', '--limit', '2')).statuses).toEqual({
      b: 'skipped',
      c: 'created',
    });
    expect((await copied(world, 'local', 'looker', '--search', 'nowhere')).outcomes).toEqual([]);
    expect(world.stderr()).toContain('no conversation matches');
  });

  it('leaves a copy alone whose source has changed, unless --update is given', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'looker');
    await world.run('append', 'a', '-m', 'more', '-q');
    await world.run('update', 'a', '--title', 'One again', '-q');
    expect((await copied(world, 'local', 'looker')).statuses).toEqual({
      a: 'changed',
      b: 'skipped',
      c: 'skipped',
    });
    const updated = await copied(world, 'local', 'looker', '--update');
    expect(updated.statuses).toEqual({ a: 'updated', b: 'skipped', c: 'skipped' });
    const kept = await world.kept();
    expect(kept).toHaveLength(3);
    const again = kept.find(({ name }) => name === 'One again');
    expect(JSON.stringify(again).match(/"text":"\w+"/g)).toEqual(['"text":"hello"', '"text":"more"']);
    expect((await copied(world, 'local', 'looker', '--update')).statuses).toEqual({
      a: 'skipped',
      b: 'skipped',
      c: 'skipped',
    });
  });

  it('brings a copy in a store of our own up to date as a whole', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'openai');
    await copied(world, 'openai', 'local');
    const { outcomes } = await copied(world, 'openai', 'local');
    const id = outcomes[0]?.source.id ?? '';
    await world.run('append', id, '-p', 'openai', '-m', 'later', '-q');
    expect((await copied(world, 'openai', 'local')).statuses[id]).toBe('changed');
    expect((await copied(world, 'openai', 'local', '--update')).statuses[id]).toBe('updated');
    const before = world.stdout();
    await world.run('show', id);
    const mine: unknown = JSON.parse(world.stdout().slice(before.length));
    const theirs = world.stdout();
    await world.run('show', id, '-p', 'openai');
    expect(mine).toEqual(JSON.parse(world.stdout().slice(theirs.length)));
  });

  it('does not rewrite messages that a system has', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'looker');
    await world.run('update', 'a', '--set', 'messages.0.parts.0.text=Goodbye', '-q');
    const { code, outcomes } = await copied(
      world,
      'local',
      'looker',
      '--update',
      '--where',
      'metadata.topic=demo',
    );
    expect(code).toBe(6);
    expect(outcomes[0]?.error?.message).toContain('messages that were copied have changed since');
  });

  it('asks a system for no more than its list, where that says what has changed', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'looker');
    const { statuses } = await copied(world, 'looker', 'tower', '--set', 'metadata.entityId=e');
    const asked = world.asked.length;
    // What is at Orq.ai now is of the same server, and Looker shows it too.
    const again = await copied(world, 'looker', 'tower', '--dry-run');
    for (const id of Object.keys(statuses)) {
      expect(again.statuses[id]).toBe('skipped');
      expect(world.asked.slice(asked).filter((each) => each.includes(id))).toEqual([]);
    }
  });

  it('shows with --dry-run what it would do, and does nothing', async () => {
    const world = await threeAtHome();
    await copied(world, 'local', 'looker', '--where', 'metadata.topic=demo');
    await world.run('append', 'a', '-m', 'more', '-q');
    const [asked, before] = [world.asked.length, world.stdout()];
    expect(await world.run('copy', 'local', 'looker', '--dry-run', '-o', 'table')).toBe(0);
    const table = world.stdout().slice(before.length).split('\n');
    expect(table[0]).toMatch(/^STATUS +CONVERSATION +TITLE +LOST$/);
    expect(
      table
        .slice(1, 4)
        .map((line) => line.split(/ {2,}/).slice(0, 3).join(' '))
        .toSorted(),
    ).toEqual(['changed a One', 'created b Two', 'created c Three']);
    expect(world.stderr()).toMatch(/lost 2 × \/metadata \(dropped\)/);
    expect((await copied(world, 'local', 'looker', '--dry-run', '--update')).statuses).toEqual({
      a: 'updated',
      b: 'created',
      c: 'created',
    });
    expect(world.asked).toHaveLength(asked);
    expect(await world.kept()).toHaveLength(1);
  });

  it('names what the destination needs, and copies the others', async () => {
    const world = await servedWorld({
      'r.ndjson': lines(record('a', 'One', '2026-01-01T00:00:00Z'), '{"convo":1,"id":"b"}'),
    });
    await world.run('create', 'r.ndjson', '-q');
    const { code, outcomes } = await copied(world, 'local', 'looker');
    expect(code).toBe(9);
    expect(outcomes.find(({ source }) => source.id === 'b')).toMatchObject({
      status: 'failed',
      error: {
        code: 'invalid',
        message: 'b: Looker needs name, which nothing gives',
        hint: 'add --set name=<value>',
      },
    });
    expect((await copied(world, 'local', 'looker', '--set', 'name=Nameless')).statuses).toEqual({
      a: 'skipped',
      b: 'created',
    });
  });

  it('makes each once though replies are lost, refused and put off', async () => {
    const world = await threeAtHome([
      'cut,at=after,method=POST,path=/api/4.0/conversations,nth=1',
      'status=500,method=POST,path=/api/4.0/conversations,nth=2',
      'status=429,retry-after-ms=1,method=POST,path=/api/4.0/conversations/*/messages,nth=1',
      'cut,at=after,method=POST,path=/api/4.0/conversations/*/messages,nth=2',
    ]);
    const codes: number[] = [];
    for (let run = 0; run < 5 && codes.at(-1) !== 0; run += 1) {
      codes.push((await copied(world, 'local', 'looker', '-j', '1')).code);
    }
    expect(codes.at(-1)).toBe(0);
    expect(codes.length).toBeGreaterThan(1);
    const kept = await world.kept();
    expect(namesAndCounts(kept)).toEqual(['One 1', 'Three 0', 'Two 2']);
  });

  it.each([
    [['local', 'local'], 2, 'local and local are the same place'],
    [['local', 'lokal'], 2, 'did you mean local?'],
    [['local', 'syllable'], 6, 'Syllable has no operation that creates a conversation'],
  ])('%j ends with %i', async (ends, code, message) => {
    const world = await servedWorld({});
    Object.assign(world.context.environment, { SYLLABLE_API_KEY: 'x' });
    expect(await world.run('copy', ...ends)).toBe(code);
    expect(world.stderr()).toContain(message);
  });
});
