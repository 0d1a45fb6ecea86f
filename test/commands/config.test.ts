import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingKeys } from '../../src/commands/config/keys.ts';
import { sectionsOf } from '../../src/commands/schema/sections.ts';
import { settings } from '../../src/settings.ts';
import { fakeContext } from '../support/world.ts';

describe('config', () => {
  it('prints where its file is, whether or not there is one', async () => {
    const world = fakeContext();
    expect(await world.run('config', 'path')).toBe(0);
    expect(world.stdout()).toBe(`${join(world.configDirectory, 'config.json')}\n`);
  });

  it('sets, prints and removes a key', async () => {
    const world = fakeContext();
    expect(await world.run('config', 'set', 'provider', 'local')).toBe(0);
    expect(await world.run('config', 'get', 'provider')).toBe(0);
    expect(world.stdout()).toBe('local\n');
    expect(await world.run('config', 'unset', 'provider')).toBe(0);
    expect(await world.run('config', 'get', 'provider')).toBe(4);
    expect(world.stderr()).toBe('convo: provider is not set\n');
    expect(await world.run('config', 'unset', 'provider')).toBe(4);
  });

  it('says on a terminal that nothing is set', async () => {
    const world = fakeContext({ isTTY: true });
    expect(await world.run('config', 'get')).toBe(0);
    expect([world.stdout(), world.stderr()]).toEqual(['', 'convo: nothing is set\n']);
  });

  it('needs an action, and names the nearest', async () => {
    const world = fakeContext();
    expect(await world.run('config')).toBe(2);
    expect(await world.run('config', 'gte', 'x')).toBe(2);
    expect(world.stdout()).toBe('');
    expect(world.stderr()).toBe(
      'convo: config needs an action\nhint: add one of path, get, set, unset\n' +
        'convo: there is no action "gte"\nhint: did you mean get?\n',
    );
  });

  it('keeps text as text and takes JSON where a key holds more', async () => {
    const world = fakeContext();
    expect(await world.run('config', 'set', 'providers.work', '{"system":"local"}')).toBe(0);
    expect(await world.run('config', 'set', 'providers.work.dir', '5')).toBe(0);
    await world.run('config', 'get', '-o', 'json');
    expect(JSON.parse(world.stdout())).toEqual({ providers: { work: { system: 'local', dir: '5' } } });
  });

  it('prints text as it is in a pipe, JSON where it is asked for, and a table on a terminal', async () => {
    const world = fakeContext();
    await world.run('config', 'set', 'providers.work.system', 'local');
    await world.run('config', 'get', 'providers.work.system', '-o', 'json');
    await world.run('config', 'get', '-o', 'table');
    await world.run('config', 'get', 'providers', '-o', 'ndjson');
    expect(world.stdout()).toBe('"local"\nproviders.work.system  local\n{"work":{"system":"local"}}\n');
  });

  it.each([
    [['provder', 'x'], 'did you mean provider?'],
    [['providers.work.dri', 'x'], 'did you mean providers.work.dir?'],
    [['nothing.like.it', 'x'], 'see `convo config set --help`'],
    [['__proto__.x', 'x'], 'see `convo config set --help`'],
    [['providers.work.system', 'lokal'], 'did you mean "local"?'],
    [['providers.work.dir', 'x'], 'set providers.work.system first'],
    [['providers.-x.system', 'local'], 'providers.-x.system cannot be "local"'],
    [['providers.__proto__.system', 'local'], 'there is no setting "providers.__proto__.system"'],
    [['providers.work', '{"system":"local","drr":"x"}'], 'did you mean "dir"?'],
    [['', 'x'], 'is no path'],
  ])('refuses to set %j', async (words, said) => {
    const world = fakeContext();
    expect(await world.run('config', 'set', ...words)).toBe(2);
    expect(world.stderr()).toContain(said);
    await world.run('config', 'get', '-o', 'json');
    expect(world.stdout()).toBe('{}\n');
  });

  it('does not remove what the rest needs', async () => {
    const world = fakeContext();
    await world.run('config', 'set', 'providers.work', '{"system":"local","dir":"x"}');
    expect(await world.run('config', 'unset', 'providers.work.system')).toBe(2);
    expect(await world.run('config', 'unset', 'providers.work')).toBe(0);
  });

  it('refuses a provider that there is not, as every command would then fail', async () => {
    const world = fakeContext();
    expect(await world.run('config', 'set', 'provider', 'work')).toBe(2);
    expect(world.stderr()).toContain('there is no provider "work"');
    expect(await world.run('config', 'set', 'providers.work.system', 'local')).toBe(0);
    expect(await world.run('config', 'set', 'provider', 'work')).toBe(0);
  });

  it.each([
    ['url', 'https://me:planted@example.com', 'has a name or password in it'],
    ['url', 'https://example.com/?key=planted', 'has a ? or # in it'],
    ['url', 'ftp://me:planted@example.com', 'is no address of a system'],
    ['url', '{"planted":1}', 'is no address of a system'],
    ['timeout', '1e9', 'providers.work.timeout cannot be "1e9"'],
  ])('refuses the %s %s', async (name, value, said) => {
    const world = fakeContext();
    await world.run('config', 'set', 'providers.work.system', 'orq');
    expect(await world.run('config', 'set', `providers.work.${name}`, value)).toBe(2);
    const whole = JSON.stringify({ system: 'orq', [name]: name === 'timeout' ? Number(value) : value });
    expect(await world.run('config', 'set', 'providers.work', whole)).toBe(2);
    expect(await world.run('config', 'set', 'providers', `{"work":${whole}}`)).toBe(2);
    expect(world.stderr()).toContain(said);
    expect(world.stderr()).not.toContain('planted');
    expect(await world.run('config', 'get', 'providers.work', '-o', 'json')).toBe(0);
    expect(JSON.parse(world.stdout())).toEqual({ system: 'orq' });
  });

  it('mends whatever else of a provider whose address cannot be used', async () => {
    const world = fakeContext();
    const work = { system: 'orq', url: 'https://me:planted@example.com' };
    writeFileSync(join(world.configDirectory, 'config.json'), JSON.stringify({ providers: { work } }));
    expect(await world.run('config', 'set', 'providers.work.timeout', '5')).toBe(0);
    expect(await world.run('config', 'set', 'providers.work.url', 'https://example.com')).toBe(0);
  });

  it('leaves the provider local as it is', async () => {
    const world = fakeContext();
    expect(await world.run('config', 'set', 'providers.local.system', 'local')).toBe(2);
    expect(world.stderr()).toContain('the provider local is always there');
  });

  it('keeps the file to its owner', async () => {
    const world = fakeContext();
    await world.run('config', 'set', 'provider', 'local');
    expect(statSync(join(world.configDirectory, 'config.json')).mode & 0o777).toBe(0o600);
  });

  it('leaves a damaged file alone and names it', async () => {
    for (const damaged of ['{"provider": "wo', '{"provider": 7}', '', '[]', '"x"']) {
      const world = fakeContext();
      const file = join(world.configDirectory, 'config.json');
      writeFileSync(file, damaged);
      chmodSync(file, 0o600);
      expect(await world.run('config', 'set', 'provider', 'local'), damaged).toBe(2);
      expect(await world.run('config', 'get'), damaged).toBe(2);
      expect(world.stderr()).toContain(file);
      expect(readFileSync(file, 'utf8')).toBe(damaged);
      expect(await world.run('config', 'path')).toBe(0);
    }
  });

  it('leaves what it does not know in the file where it is', async () => {
    const world = fakeContext();
    const file = join(world.configDirectory, 'config.json');
    writeFileSync(file, '{"later":{"x":1}}');
    expect(await world.run('config', 'set', 'provider', 'local')).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ later: { x: 1 }, provider: 'local' });
    expect(await world.run('config', 'unset', 'later')).toBe(0);
  });

  it('explains in its help every key of the schema, in the words of the schema', async () => {
    const rows = sectionsOf(settings()).flatMap((section) => section.rows);
    expect(settingKeys).toEqual(rows.map(({ name, meaning }) => [name.replace('.*', '.<name>'), meaning]));
    const world = fakeContext();
    expect(await world.run('config', 'set', '--help')).toBe(0);
    for (const [key, meaning] of settingKeys)
      expect(world.stdout()).toContain(`  ${key}\n      ${meaning}\n`);
  });
});
