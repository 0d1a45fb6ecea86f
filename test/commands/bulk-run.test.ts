import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeContext } from '../support/world.ts';
import { outcomesIn, servedWorld } from './places.ts';

const request = (text: string): string =>
  JSON.stringify({ items: [{ type: 'message', role: 'user', content: text }] });
const record = (id: string, topic: string): string =>
  JSON.stringify({ id, object: 'conversation', created_at: 1, metadata: { topic } });
const lines = (...texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
const named = (name: string): string => JSON.stringify({ name });

function freshFile(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'convo-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, name);
}

const syllable = (id: string): string =>
  JSON.stringify({ timestamp: '2026-06-01T09:00:00Z', conversation_id: id, agent_name: 'A' });

describe('a run of many', () => {
  it('takes no file for its journal that is none, and makes nothing then', async () => {
    const input = freshFile('r.ndjson');
    writeFileSync(input, lines(request('a'), request('b')));
    const world = fakeContext({ files: { [input]: readFileSync(input) } });
    expect(await world.run('create', input, '--journal', input)).toBe(2);
    expect(world.stderr()).toContain(`${input} cannot be the journal: it is no journal`);
    expect(readFileSync(input, 'utf8')).toBe(lines(request('a'), request('b')));
    await world.run('list', '-q');
    expect(world.stdout()).toBe('');
  });

  it('stops at a damaged line of its journal, with the way out', async () => {
    const journal = freshFile('j.ndjson');
    const world = fakeContext({ files: { 'r.ndjson': lines(request('a')) } });
    await world.run('create', 'r.ndjson', '--journal', journal, '-q');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}nonsense\n`);
    expect(await world.run('create', 'r.ndjson', '--journal', journal)).toBe(3);
    expect(world.stderr()).toContain(`${journal}:4: this is no line of a journal`);
    expect(world.stderr()).toContain('hint: mend that line or take it out');
  });

  it('adds to its report, and never empties it', async () => {
    const world = await servedWorld({ 's.ndjson': lines(syllable('1')), 'lost.ndjson': '{"mine":1}\n' });
    const command = ['create', 's.ndjson', '-p', 'openai', '--report', 'lost.ndjson', '-q'];
    expect(await world.run(...command)).toBe(0);
    const first = world.file('lost.ndjson') ?? '';
    expect(first).toMatch(/^\{"mine":1\}\n\{"record":0,/);
    expect(first).toContain('"path":"/agent_name"');
    await world.run(...command);
    expect(world.file('lost.ndjson')).toBe(first);
  });

  it('takes the first of two records with one id, in every run', async () => {
    const world = fakeContext({
      files: { 'r.ndjson': lines(record('conv_1', 'a'), record('conv_1', 'b'), record('conv_1', 'a')) },
    });
    for (const first of ['created', 'skipped']) {
      const before = world.stdout();
      expect(await world.run('create', 'r.ndjson', '-o', 'ndjson', '-j', '1')).toBe(9);
      expect(outcomesIn(world.stdout(), before)).toMatchObject([
        { status: first, id: 'conv_1' },
        { status: 'failed', id: null, line: 2, error: { code: 'conflict' } },
        { status: 'skipped', id: 'conv_1' },
      ]);
    }
  });

  it('tells of the conversation at which a key was refused, and ends', async () => {
    const world = await servedWorld({
      'r.ndjson': lines(...Array.from({ length: 9 }, (_, n) => request(`${n}`))),
    });
    Object.assign(world.context.environment, { OPENAI_API_KEY: 'another' });
    expect(await world.run('create', 'r.ndjson', '-p', 'openai', '-j', '1', '-o', 'ndjson')).toBe(5);
    expect(outcomesIn(world.stdout())).toMatchObject([
      { line: 1, id: null, status: 'failed', error: { code: 'not_authenticated' } },
    ]);
    expect(world.stderr()).toContain('r.ndjson:1: OpenAI: ');
  });

  it('ends where the login is forbidden, as where it is refused', async () => {
    const world = await servedWorld(
      { 'r.ndjson': lines(...Array.from({ length: 9 }, (_, n) => named(`${n}`))) },
      ['status=403,path=/api/4.0/login'],
    );
    expect(await world.run('create', 'r.ndjson', '-p', 'looker', '-j', '1', '-o', 'ndjson')).toBe(5);
    expect(outcomesIn(world.stdout())).toHaveLength(1);
  });

  it('ends where nobody answers any more, and says how to go on', async () => {
    const texts = Array.from({ length: 60 }, (_, n) => request(String(n)));
    const world = fakeContext({ files: { 'r.ndjson': lines(...texts) }, environment: { KEY: 'x' } });
    const settings = await world.context.settings();
    await settings.write({
      providers: { gone: { system: 'openai', url: 'http://127.0.0.1:9', key: 'env:KEY', retries: 0 } },
    });
    expect(await world.run('create', 'r.ndjson', '-p', 'gone', '-j', '1', '-o', 'table')).toBe(8);
    expect(world.stdout().match(/^failed/gm)).toHaveLength(20);
    expect(world.stderr()).toContain(
      '20 conversations in a row could not be created: OpenAI (gone) could not be',
    );
    expect(world.stderr().trimEnd().split('\n').at(-1)).toBe('convo create r.ndjson -p gone -j 1 -o table');
  });

  it('says with --fail-fast that others were not begun only where there are others', async () => {
    const world = fakeContext({
      files: {
        'last.ndjson': lines(request('a'), '{"metadata":7}'),
        'first.ndjson': lines('{"metadata":7}', request('b')),
      },
    });
    await world.run('create', 'last.ndjson', '--fail-fast', '-j', '1');
    expect(world.stderr()).not.toContain('not begun');
    await world.run('create', 'first.ndjson', '--fail-fast', '-j', '1');
    expect(world.stderr()).toContain('the others were not begun');
  });

  it.each([['-j', '4'], ['--rate', '2'], ['--fail-fast'], ['--journal', 'j'], ['--again']])(
    'is what %s is for, and a single object is none',
    async (...flag) => {
      const world = fakeContext({ files: { 'one.json': request('a') } });
      expect(await world.run('create', 'one.json', ...flag)).toBe(2);
      expect(world.stderr()).toContain('is for many conversations, and one.json has one');
      expect(await world.run('create', 'one.json', '-o', 'ndjson', '-j', '4')).toBe(0);
    },
  );

  it('leaves out of a dry run what was made before, and counts it', async () => {
    const world = fakeContext({
      files: {
        'r.ndjson': lines(request('a'), request('b')),
        'more.ndjson': lines(request('b'), request('c')),
      },
    });
    await world.run('create', 'r.ndjson', '-q');
    const before = world.stdout();
    expect(await world.run('create', 'more.ndjson', '--dry-run', '-o', 'ndjson')).toBe(0);
    const planned = world.stdout().slice(before.length);
    expect(planned.match(/"text":"\w"/g)).toEqual(['"text":"c"']);
    expect(JSON.parse(world.stderr().trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      left_out: { count: 1 },
    });
  });

  it('names the provider that the environment named when it says how to go on', async () => {
    const world = await servedWorld({ 'r.ndjson': lines(named('One'), '{"name":7}') });
    Object.assign(world.context.environment, { CONVO_PROVIDER: 'looker' });
    await world.run('create', 'r.ndjson', '-o', 'table');
    expect(world.stderr().trimEnd().split('\n').at(-1)).toBe('convo create r.ndjson -o table -p looker');
  });
});
