import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenTo, serveStore, TOKEN } from '../serve/desk.ts';
import { type FakeOptions, type FakeWorld, fakeContext } from '../support/world.ts';

const WRONG = 'sk-planted-1234567890';

/** Each system configured under a name of its own, at a server of this machine. */
async function served(options: FakeOptions = {}): Promise<FakeWorld> {
  const origin = await listenTo(await serveStore());
  const world = fakeContext({ ...options, environment: { KEY: TOKEN, WRONG, ...options.environment } });
  const at = (system: string, path: string) => ({ system, url: `${origin}${path}`, key: 'env:KEY' });
  const providers = {
    'my-openai': at('openai', '/openai/v1'),
    'my-orq': at('orq', '/orq'),
    'my-looker': { ...at('looker', '/looker/api/4.0'), client_id: 'convo' },
    'my-syllable': at('syllable', '/syllable'),
    locked: { ...at('orq', '/orq'), key: 'env:WRONG' },
    keyless: { ...at('orq', '/orq'), key: 'env:NOT_THERE' },
    away: { system: 'orq', url: 'http://127.0.0.1:1', key: 'env:WRONG' },
  };
  writeFileSync(join(world.configDirectory, 'config.json'), JSON.stringify({ providers }));
  return world;
}

describe('provider test', () => {
  it.each(['my-openai', 'my-orq', 'my-looker', 'my-syllable'])('finds that %s answers', async (name) => {
    const world = await served();
    const code = await world.run('provider', 'test', name, '-o', 'json');
    expect([code, world.stderr()]).toEqual([0, '']);
    expect(JSON.parse(world.stdout())).toMatchObject({
      name,
      works: true,
      milliseconds: expect.any(Number),
      error: null,
    });
  });

  it('finds that the local store answers', async () => {
    const world = fakeContext();
    expect(await world.run('provider', 'test', 'local', '-o', 'table')).toBe(0);
    expect(world.stdout()).toBe(`the local store answered after 1000 ms at ${world.context.dataDirectory}\n`);
  });

  it.each([
    ['locked', 5, 'Orq.ai (locked)'],
    ['keyless', 5, 'the variable NOT_THERE is empty'],
    ['away', 8, 'could not be reached'],
    ['looker', 2, 'Looker has no address'],
    ['syllable', 5, 'there is no key for Syllable'],
    ['nowhere', 2, 'there is no provider "nowhere"'],
  ])('ends with what is wrong with %s', async (name, code, said) => {
    const world = await served({ environment: { SYLLABLE_API_KEY: ' ' } });
    expect(await world.run('provider', 'test', name, '-o', 'table')).toBe(code);
    expect(world.stderr()).toContain(said);
    expect(`${world.stdout()}${world.stderr()}`).not.toContain(WRONG);
    if (name !== 'nowhere') expect(world.stdout()).toMatch(/failed after \d+ ms/);
  });

  it('says the same to programs on stdout and stderr', async () => {
    const world = await served();
    expect(await world.run('provider', 'test', 'locked', '-o', 'json', '--verbose')).toBe(5);
    expect(JSON.parse(world.stdout())).toMatchObject({
      works: false,
      error: { code: 'not_authenticated', message: expect.stringContaining('Orq.ai (locked)') },
    });
    expect(world.stderr()).toContain('{"exchange":{"method":"GET"');
    expect(`${world.stdout()}${world.stderr()}`).not.toContain(WRONG);
  });
});
