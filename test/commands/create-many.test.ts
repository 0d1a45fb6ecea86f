import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeContext } from '../support/world.ts';
import { namesAndCounts, outcomesIn, servedWorld } from './places.ts';

const request = (text: string, more: object = {}): string =>
  JSON.stringify({
    metadata: { topic: 'demo' },
    items: [{ type: 'message', role: 'user', content: text }],
    ...more,
  });
const named = (name: string, ...texts: readonly string[]): string =>
  JSON.stringify({
    name,
    messages: texts.map((text) => ({ type: 'user', message: { userMessage: { text } } })),
  });
const record = (id: string, topic: string): string =>
  JSON.stringify({ id, object: 'conversation', created_at: 1, metadata: { topic } });

const body = (displayName: string): string => JSON.stringify({ displayName, projectId: 'prj_1' });
/** A fault: the first such write takes effect, and its answer is lost. */
const lost = (path: string): string => `cut,at=after,method=POST,path=${path},nth=1`;

const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');

describe('create of many', () => {
  it('prints an outcome for each, with the place it comes from, and makes each once', async () => {
    const world = fakeContext({ files: { 'r.ndjson': lines(request('a'), request('b'), request('a')) } });
    expect(await world.run('create', 'r.ndjson', '-o', 'ndjson')).toBe(0);
    const first = outcomesIn(world.stdout());
    expect(new Set(first.map(({ line }) => line))).toEqual(new Set([1, 2, 3]));
    expect(first[0]).toEqual({
      file: 'r.ndjson',
      line: expect.any(Number),
      source: { provider: null, id: null },
      id: expect.stringMatching(/^conv_/),
      status: 'created',
      losses: [],
      error: null,
    });
    expect(new Set(first.map(({ id }) => id)).size).toBe(3);
    const before = world.stdout();
    expect(await world.run('create', 'r.ndjson', '-o', 'ndjson')).toBe(0);
    const second = outcomesIn(world.stdout(), before);
    expect(second.map(({ status }) => status)).toEqual(['skipped', 'skipped', 'skipped']);
    expect(new Set(second.map(({ id }) => id))).toEqual(new Set(first.map(({ id }) => id)));
    const third = world.stdout();
    await world.run('list', '-q');
    expect(world.stdout().slice(third.length).split('\n')).toHaveLength(4);
  });

  it('goes by what a record holds and not by the command line or the place in the file', async () => {
    const world = fakeContext({
      files: {
        'r.ndjson': lines(request('a'), request('b')),
        's.json': `[${request('c')}, ${request('b')}]`,
      },
    });
    await world.run('create', 'r.ndjson', '-o', 'ndjson');
    const before = world.stdout();
    expect(await world.run('create', 's.json', '-j', '1', '--title', 'T', '-o', 'ndjson')).toBe(0);
    expect(outcomesIn(world.stdout(), before).map(({ status }) => status)).toEqual(['created', 'skipped']);
  });

  it('is what an array is, and any input with -o ndjson, and nothing else', async () => {
    const world = fakeContext({ files: { 'one.json': request('a'), 'array.json': `[${request('b')}]` } });
    await world.run('create', 'one.json', '-o', 'json');
    expect(JSON.parse(world.stdout())).toMatchObject({ object: 'conversation' });
    const one = world.stdout();
    await world.run('create', 'array.json', '-o', 'json');
    expect(JSON.parse(world.stdout().slice(one.length))).toMatchObject([{ status: 'created', line: 1 }]);
    const array = world.stdout();
    await world.run('create', 'one.json', '-o', 'ndjson');
    expect(outcomesIn(world.stdout(), array)).toMatchObject([{ status: 'created', file: 'one.json' }]);
    const line = world.stdout();
    await world.run('create', 'array.json');
    expect(outcomesIn(world.stdout(), line)).toMatchObject([{ status: 'skipped', file: 'array.json' }]);
  });

  it('lays flags over each, and prints ids alone with -q', async () => {
    const world = fakeContext({ files: { 'r.ndjson': lines(request('a'), request('b')) } });
    expect(
      await world.run('create', 'r.ndjson', '--metadata', 'n=1', '--set', 'metadata.topic=other', '-q'),
    ).toBe(0);
    const ids = world.stdout().trim().split('\n');
    expect(ids).toHaveLength(2);
    await world.run('show', ids[0] ?? '', '--no-messages');
    expect(JSON.parse(world.stdout().split('\n').slice(2).join('\n'))).toMatchObject({
      metadata: { topic: 'other', n: '1' },
    });
  });

  it('makes the good ones among bad ones, names those by their line, and says how to go on', async () => {
    const files = {
      'r.ndjson': lines(request('a'), '{"metadata": 7}', request('b'), '{"metadata":', request('c')),
    };
    const world = fakeContext({ files });
    expect(await world.run('create', 'r.ndjson', '-o', 'table')).toBe(9);
    expect(world.stdout().match(/^created/gm)).toHaveLength(3);
    expect(world.stdout().match(/^failed {2}r\.ndjson:[24]$/gm)).toHaveLength(2);
    expect(world.stderr()).toContain('r.ndjson:2:14: this is no valid openai request');
    expect(world.stderr()).toMatch(/r\.ndjson:4:\d+: /);
    expect(world.stderr()).toContain('3 created, 2 failed');
    expect(world.stderr().trimEnd().split('\n').slice(-3)).toEqual([
      'convo: 2 of 5 conversations could not be created',
      'hint: what is done stays done when you go on with',
      'convo create r.ndjson -o table',
    ]);
  });

  it('ends with the code of the first where all failed, and stops at the first with --fail-fast', async () => {
    const bad = lines('{"metadata": 7}', '{"metadata": 8}', request('a'), request('b'));
    const world = fakeContext({ files: { 'all.ndjson': lines('{"metadata": 7}'), 'r.ndjson': bad } });
    expect(await world.run('create', 'all.ndjson')).toBe(3);
    expect(await world.run('create', 'r.ndjson', '--fail-fast', '-j', '1', '-o', 'ndjson')).toBe(3);
    expect(world.stdout()).not.toContain('created');
  });

  it('keeps records with their ids, knows them by those, and never takes one for another', async () => {
    const world = fakeContext({
      files: {
        'r.ndjson': lines(record('conv_1', 'a'), record('conv_2', 'b')),
        'changed.ndjson': lines(record('conv_1', 'z')),
        'twice.ndjson': lines(record('conv_3', 'a'), record('conv_3', 'b'), record('conv_3', 'a')),
      },
    });
    expect(await world.run('create', 'r.ndjson', '-q')).toBe(0);
    expect(world.stdout().split('\n').toSorted()).toEqual(['', 'conv_1', 'conv_2']);
    const before = world.stdout();
    expect(await world.run('create', 'changed.ndjson', '-o', 'ndjson')).toBe(0);
    expect(outcomesIn(world.stdout(), before)).toMatchObject([{ id: 'conv_1', status: 'changed' }]);
    const twice = world.stdout();
    expect(await world.run('create', 'twice.ndjson', '-o', 'ndjson', '-j', '1')).toBe(9);
    expect(outcomesIn(world.stdout(), twice)).toMatchObject([
      { id: 'conv_3', status: 'created' },
      { id: null, status: 'failed', error: { code: 'conflict' } },
      { id: 'conv_3', status: 'skipped' },
    ]);
  });

  it('leaves alone what is there already without it: skipped if it is the same, a conflict if not', async () => {
    const world = fakeContext({
      files: {
        'one.json': record('conv_1', 'a'),
        'same.ndjson': lines(record('conv_1', 'a')),
        'other.ndjson': lines(record('conv_1', 'b')),
      },
    });
    await world.run('create', 'one.json');
    expect(await world.run('create', 'other.ndjson')).toBe(7);
    const before = world.stdout();
    expect(await world.run('create', 'same.ndjson', '-o', 'ndjson')).toBe(0);
    expect(outcomesIn(world.stdout(), before)).toMatchObject([{ id: 'conv_1', status: 'skipped' }]);
  });

  it('--strict refuses what would lose something, and --report has every loss', async () => {
    const syllable = JSON.stringify({
      timestamp: '2026-06-01T09:00:00Z',
      conversation_id: '1',
      agent_name: 'A',
    });
    const { run, file, stderr, kept } = await servedWorld({ 's.ndjson': lines(syllable, request('a')) });
    expect(
      await run('create', 's.ndjson', '-p', 'openai', '--strict', '--report', 'lost.ndjson', '-o', 'ndjson'),
    ).toBe(9);
    expect(stderr()).toContain('"code":"lossy"');
    const reported = (file('lost.ndjson') ?? '')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(reported).toContainEqual(
      expect.objectContaining({ record: 0, path: '/agent_name', kind: 'dropped' }),
    );
    expect(await kept()).toHaveLength(1);
  });

  it('plans all calls, or shows all records, with --dry-run, and does nothing', async () => {
    const world = fakeContext({
      files: { 'r.ndjson': lines(request('a'), '{"metadata": 7}', request('b')) },
    });
    expect(await world.run('create', 'r.ndjson', '--dry-run', '-o', 'json')).toBe(9);
    expect(JSON.parse(world.stdout())).toHaveLength(2);
    const before = world.stdout();
    await world.run('create', 'r.ndjson', '--dry-run', '-p', 'openai', '-o', 'ndjson');
    const calls = world
      .stdout()
      .slice(before.length)
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(calls).toMatchObject([{ method: 'POST' }, { method: 'POST' }]);
    const planned = world.stdout();
    await world.run('list', '-q');
    expect(world.stdout()).toBe(planned);
  });

  it.each([
    [['create', '--title', 'x', '-j', '4'], '--jobs is for many conversations, and there is no input'],
    [['create', 'r.ndjson', '--rate', '0'], '--rate takes a number above 0, not "0"'],
    [['create', 'r.ndjson', '-j', 'x'], '--jobs takes a whole number from 1, not "x"'],
  ])('%j is wrong usage', async (words, message) => {
    const world = fakeContext({ files: { 'r.ndjson': lines(request('a')) } });
    expect(await world.run(...words)).toBe(2);
    expect(world.stderr()).toContain(message);
  });

  it('creates nothing of an empty input', async () => {
    const world = fakeContext({ files: { 'r.ndjson': '\n', 'array.json': '[]' } });
    expect(await world.run('create', 'r.ndjson')).toBe(0);
    expect(await world.run('create', 'array.json', '-o', 'json')).toBe(0);
    expect(world.stdout()).toBe('[]\n');
    expect(world.stderr().match(/the input is empty/g)).toHaveLength(2);
  });

  it('writes the journal where it is told to, and begins nothing where it cannot', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'convo-test-'));
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
    const journal = join(directory, 'mine.ndjson');
    const world = fakeContext({ files: { 'r.ndjson': lines(request('a')) } });
    expect(await world.run('create', 'r.ndjson', '--journal', journal, '-q')).toBe(0);
    expect(await world.run('create', 'r.ndjson', '--journal', journal, '-q')).toBe(0);
    expect(world.stdout().trim().split('\n')).toHaveLength(1);
    expect(readdirSync(directory)).toEqual(['mine.ndjson']);
    const before = world.stdout();
    expect(await world.run('create', 'r.ndjson', '--journal', '/dev/null/mine.ndjson')).toBe(2);
    expect(world.stdout()).toBe(before);
  });

  it('ends at once where the key is wrong', async () => {
    const { run, context, stderr, asked } = await servedWorld({
      'r.ndjson': lines(...Array.from({ length: 40 }, (_, n) => request(String(n)))),
    });
    Object.assign(context.environment, { OPENAI_API_KEY: 'another' });
    expect(await run('create', 'r.ndjson', '-p', 'openai', '-o', 'table')).toBe(5);
    expect(asked.length).toBeLessThan(9);
    expect(stderr().trimEnd().split('\n').at(-1)).toBe('convo create r.ndjson -p openai -o table');
  });
});

describe('a reply that was lost', () => {
  it('leaves OpenAI unknown: never guessed, exit 10, and made anew only with --again', async () => {
    const files = { 'r.ndjson': lines(request('a'), request('b')) };
    const world = await servedWorld(files, [lost('/conversations')]);
    const words = ['create', 'r.ndjson', '-p', 'openai', '-j', '1', '-o', 'ndjson'];
    expect(await world.run(...words)).toBe(10);
    const statuses = outcomesIn(world.stdout()).map(({ status }) => status);
    expect(statuses).toEqual(['unknown', 'created']);
    expect(JSON.parse(world.stderr().trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      error: { code: 'outcome_unknown', resume: 'convo create r.ndjson -p openai -j 1 -o ndjson' },
    });
    const before = world.stdout();
    expect(await world.run(...words)).toBe(10);
    const again = outcomesIn(world.stdout(), before);
    expect(again.map(({ status }) => status)).toEqual(['unknown', 'skipped']);
    expect(again[0]?.error?.hint).toContain('--again');
    expect(await world.kept()).toHaveLength(2);
    expect(await world.run(...words, '--again')).toBe(0);
    expect(await world.kept()).toHaveLength(3);
    expect(await world.run(...words)).toBe(0);
    expect(await world.kept()).toHaveLength(3);
  });

  it('is found again at Looker by what was sent, and its messages are added', async () => {
    const files = { 'r.ndjson': lines(named('One', 'a', 'b'), named('Two', 'c')) };
    const world = await servedWorld(files, [lost('/api/4.0/conversations')]);
    // One of the same name that was there before is another.
    await world.served.keep('looker@26.10', 'old', {
      id: 'old',
      name: 'One',
      created_at: '2020-01-01T00:00:00Z',
      messages: [],
    });
    const words = ['create', 'r.ndjson', '-p', 'looker', '-j', '1', '-o', 'ndjson'];
    expect(await world.run(...words)).toBe(10);
    expect(await world.run(...words)).toBe(0);
    const kept = (await world.kept()).filter(({ id }) => id !== 'old');
    expect(namesAndCounts(kept)).toEqual(['One 2', 'Two 1']);
    const asked = world.asked.length;
    expect(await world.run(...words)).toBe(0);
    expect(world.asked).toHaveLength(asked);
  });

  it('is found again at Looker where the messages were cut off, and none is added twice', async () => {
    const files = { 'r.ndjson': lines(named('One', 'a', 'b')) };
    const world = await servedWorld(files, [lost('/api/4.0/conversations/*/messages')]);
    expect(await world.run('create', 'r.ndjson', '-p', 'looker', '-o', 'ndjson')).toBe(10);
    expect(outcomesIn(world.stdout())).toMatchObject([
      {
        id: expect.any(String),
        status: 'failed',
        error: { hint: 'run the command again: it adds what is missing' },
      },
    ]);
    expect(await world.run('create', 'r.ndjson', '-p', 'looker', '-o', 'ndjson')).toBe(0);
    expect(await world.kept()).toMatchObject([{ name: 'One', messages: [{}, {}] }]);
  });

  it('is found again at Orq.ai by its name, and made anew where the write was lost before it took effect', async () => {
    const faults = [lost('/v2/conversations'), 'cut,method=POST,path=/v2/conversations,nth=2'];
    const world = await servedWorld({ 'r.ndjson': lines(body('One'), body('Two'), body('Three')) }, faults);
    const words = ['create', 'r.ndjson', '-p', 'tower', '-j', '1', '-o', 'ndjson'];
    expect(await world.run(...words)).toBe(10);
    expect(outcomesIn(world.stdout()).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'created']);
    expect(await world.run(...words)).toBe(0);
    expect(new Set((await world.kept()).map((each) => each['display_name'] ?? each['displayName']))).toEqual(
      new Set(['One', 'Two', 'Three']),
    );
    expect(await world.kept()).toHaveLength(3);
  });

  it('is told apart by nobody where several are alike', async () => {
    const faults = [lost('/api/4.0/conversations')];
    const world = await servedWorld({ 'r.ndjson': lines(named('One', 'a')) }, faults);
    expect(await world.run('create', 'r.ndjson', '-p', 'looker')).toBe(10);
    const [made] = await world.kept();
    await world.served.keep('looker@26.10', 'twin', { ...made, id: 'twin' });
    expect(await world.run('create', 'r.ndjson', '-p', 'looker', '-o', 'table')).toBe(10);
    expect(world.stderr()).toMatch(/it may be any of (?:twin, \w+|\w+, twin)/);
    expect(await world.kept()).toHaveLength(2);
  });

  it('of items behind the first twenty is made good at OpenAI', async () => {
    const items = Array.from({ length: 50 }, (_, n) => ({ type: 'message', role: 'user', content: `n${n}` }));
    const faults = ['cut,at=after,method=POST,path=/conversations/*/items,nth=1'];
    const world = await servedWorld({ 'r.ndjson': lines(JSON.stringify({ metadata: {}, items })) }, faults);
    expect(await world.run('create', 'r.ndjson', '-p', 'openai', '-o', 'ndjson')).toBe(10);
    expect(await world.run('create', 'r.ndjson', '-p', 'openai', '-o', 'ndjson')).toBe(0);
    const [made, ...others] = await world.kept();
    expect(others).toEqual([]);
    expect(JSON.stringify(made).match(/"n\d+"/g)).toEqual(
      items.map(({ content }) => JSON.stringify(content)),
    );
  });
});
