import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { namesAndCounts, outcomesIn, type ServedWorld, servedWorld } from './places.ts';

const creation = 'method=POST,path=/api/4.0/conversations';
const lost = `cut,at=after,${creation},nth=1`;
const named = (name: string, ...texts: readonly string[]): string =>
  JSON.stringify({ name, messages: texts.map(said) });
const said = (text: string): JsonObject => ({ type: 'user', message: { userMessage: { text } } });
const words = ['create', 'r.ndjson', '-p', 'looker', '-j', '1', '-o', 'ndjson'] as const;

/** Runs it and gives back the statuses of the outcomes, beside the code. */
async function outcomesOf(world: ServedWorld, ...command: readonly string[]) {
  const before = world.stdout();
  const code = await world.run(...command);
  return { code, outcomes: outcomesIn(world.stdout(), before) };
}

describe('a write of which nobody heard', () => {
  it("is not taken for a stranger's of the same name, made a minute before it", async () => {
    const world = await servedWorld({ 'r.ndjson': named('One', 'a') }, [`cut,${creation},nth=1`]);
    const minuteAgo = new Date(Date.now() - 60_000).toISOString();
    await world.served.keep('looker@26.10', 'stranger', {
      id: 'stranger',
      name: 'One',
      created_at: minuteAgo,
      messages: [],
    });
    expect((await outcomesOf(world, ...words)).code).toBe(10);
    const { code, outcomes } = await outcomesOf(world, ...words);
    expect(code).toBe(0);
    expect(outcomes[0]?.id).not.toBe('stranger');
    expect(namesAndCounts(await world.kept())).toEqual(['One 0', 'One 1']);
  });

  it('is waited for, as a slow system may act on it late, and that is said once', async () => {
    const faults = [`cut,${creation},nth=1`, `cut,${creation},nth=2`];
    const world = await servedWorld({ 'r.ndjson': `${named('One')}\n${named('Two')}\n` }, faults);
    const first = await outcomesOf(world, ...words);
    expect(first.code).toBe(10);
    expect(first.outcomes[0]?.error?.hint).toBe('run the command again: it looks whether it was made');
    const started = world.context.now();
    expect(world.stderr()).not.toContain('waiting');
    expect((await outcomesOf(world, ...words)).code).toBe(0);
    expect(world.stderr().match(/"waiting"/g)).toHaveLength(1);
    expect(world.context.now() - started).toBeGreaterThan(9_000);
    expect(namesAndCounts(await world.kept())).toEqual(['One 0', 'Two 0']);
  });

  it('is told by its id where it is there without its messages, whatever the reason', async () => {
    const world = await servedWorld({ 'r.ndjson': named('One', 'a') }, [
      `status=409,${creation}/*/messages,first=1`,
    ]);
    const { code, outcomes } = await outcomesOf(world, ...words);
    expect(code).toBe(7);
    const [made] = await world.kept();
    expect(outcomes).toMatchObject([
      {
        id: made?.['id'],
        status: 'failed',
        error: { code: 'conflict', hint: expect.stringMatching(/^run the/) },
      },
    ]);
    expect((await outcomesOf(world, ...words)).code).toBe(0);
    expect(namesAndCounts(await world.kept())).toEqual(['One 1']);
  });

  it.each([
    ['looker', named('One', 'a', 'b'), `cut,${creation}/*/messages,nth=1`],
    [
      'openai',
      JSON.stringify({
        items: Array.from({ length: 25 }, (_, n) => ({ type: 'message', role: 'user', content: `n${n}` })),
      }),
      'cut,method=POST,path=/conversations/*/items,nth=1',
    ],
  ])('gets no more messages at %s where others are there than it was given', async (system, text, fault) => {
    const world = await servedWorld({ 'r.ndjson': text }, [fault]);
    const command = ['create', 'r.ndjson', '-p', system, '-o', 'ndjson'];
    const first = await outcomesOf(world, ...command);
    expect(first.outcomes).toMatchObject([{ id: expect.any(String), status: 'failed' }]);
    const id = first.outcomes[0]?.id ?? '';
    const key = system === 'looker' ? 'messages' : 'items';
    await world.served.store.update(id, (envelope) => {
      const list = envelope.record[key];
      const others = JSON.stringify(Array.isArray(list) && list.length > 0 ? list : [said('x')]);
      return {
        ...envelope,
        record: { ...envelope.record, [key]: JSON.parse(others.replace('"n0"', '"x"')) },
      };
    });
    const before = await world.kept();
    const again = await outcomesOf(world, ...command);
    expect(again.outcomes).toMatchObject([{ id, status: 'failed', error: { code: 'conflict' } }]);
    expect(await world.kept()).toEqual(before);
  });
});

const record = (title: string, ...texts: readonly string[]): string =>
  JSON.stringify({ convo: 1, id: 'a', title, messages: texts.map((text) => ({ role: 'user', text })) });

describe('a source that has changed since a write of which nobody heard', () => {
  it('leaves what was made as it was, and --update brings it up to date', async () => {
    const world = await servedWorld({ 'a.json': record('One', 'hello', 'there') }, [lost]);
    await world.run('create', 'a.json', '-q');
    const copy = ['copy', 'local', 'looker', '-o', 'ndjson'];
    expect((await outcomesOf(world, ...copy)).outcomes).toMatchObject([{ status: 'unknown', id: null }]);
    await world.run('update', 'a', '--title', 'Other', '-q');
    const foreseen = await outcomesOf(world, ...copy, '--dry-run');
    expect(foreseen.outcomes).toMatchObject([{ status: 'changed' }]);
    const found = await outcomesOf(world, ...copy);
    const [made] = await world.kept();
    expect(found.outcomes).toMatchObject([{ status: 'changed', id: made?.['id'] }]);
    expect(namesAndCounts(await world.kept())).toEqual(['One 0']);
    const updated = await outcomesOf(world, ...copy, '--update');
    expect(updated.outcomes).toMatchObject([{ status: 'updated', id: made?.['id'] }]);
    expect(namesAndCounts(await world.kept())).toEqual(['Other 2']);
    expect((await outcomesOf(world, ...copy)).outcomes).toMatchObject([{ status: 'skipped' }]);
  });

  it('is brought up to date at once with --update', async () => {
    const world = await servedWorld({ 'a.json': record('One', 'hello') }, [lost]);
    await world.run('create', 'a.json', '-q');
    await world.run('copy', 'local', 'looker');
    await world.run('update', 'a', '--title', 'Other', '-q');
    const { outcomes } = await outcomesOf(world, 'copy', 'local', 'looker', '--update', '-o', 'ndjson');
    expect(outcomes).toMatchObject([{ status: 'updated' }]);
    expect(namesAndCounts(await world.kept())).toEqual(['Other 1']);
  });
});
