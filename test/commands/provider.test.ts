import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../src/commands/provider/capabilities.ts';
import { systemNames } from '../../src/commands/provider/index.ts';
import { remoteSystems } from '../../src/providers/systems.ts';
import { type FakeOptions, type FakeWorld, fakeContext } from '../support/world.ts';

function worldWith(configuration: object, options: FakeOptions = {}): FakeWorld {
  const world = fakeContext(options);
  writeFileSync(join(world.configDirectory, 'config.json'), JSON.stringify(configuration));
  return world;
}

function configurationOf({ configDirectory }: FakeWorld): unknown {
  const file = join(configDirectory, 'config.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const work = { system: 'openai', url: 'https://gateway.example.com/v1/', key: 'env:WORK_KEY' };

describe('provider', () => {
  it('needs an action, and names the nearest', async () => {
    const world = fakeContext();
    expect(await world.run('provider')).toBe(2);
    expect(await world.run('provider', 'lst')).toBe(2);
    expect(world.stderr()).toBe(
      'convo: provider needs an action\nhint: add one of list, show, add, test, remove, default\n' +
        'convo: there is no action "lst"\nhint: did you mean list?\n',
    );
  });

  it('offers every system that can be talked to', () => {
    expect(systemNames).toEqual(['local', ...remoteSystems.map(({ name }) => name)]);
  });
});

describe('provider list', () => {
  it('has local, what is configured, and the systems by their own names', async () => {
    const world = worldWith(
      { provider: 'work', providers: { work, archive: { system: 'local', dir: '/archive' } } },
      { environment: { ORQ_API_KEY: 'x' } },
    );
    expect(await world.run('provider', 'list', '-o', 'table')).toBe(0);
    const lines = world.stdout().split('\n');
    expect(lines[0]).toMatch(
      /^NAME +SYSTEM +DEFAULT +CREATE +SHOW +LIST +UPDATE +APPEND +DELETE +ADDRESS +KEY$/,
    );
    expect(lines.slice(1, -1).map((line) => line.split(' ')[0])).toEqual([
      'local',
      'work',
      'archive',
      'openai',
      'orq',
      'looker',
      'syllable',
    ]);
    expect(lines[2]).toMatch(
      /^work +openai +yes .* https:\/\/gateway\.example\.com\/v1 +the variable WORK_KEY$/,
    );
    expect(lines[3]).toMatch(/^archive +local .* \/archive +-$/);
    expect(lines[5]).toMatch(/^orq +orq .* the variable ORQ_API_KEY$/);
    expect(lines[6]).toMatch(/^looker .* - +-$/);
  });

  it('says of each operation whether it is possible and why not, from what the systems say of themselves', async () => {
    const world = fakeContext();
    expect(await world.run('provider', 'list', '-o', 'json')).toBe(0);
    const rows: { name: string; operations: object }[] = JSON.parse(world.stdout());
    for (const system of remoteSystems) {
      const { operations } = rows.find(({ name }) => name === system.name) ?? {};
      for (const { operation, possible, reason } of capabilitiesOf(system)) {
        expect(operations).toHaveProperty(operation, { possible, reason: reason ?? null });
        expect(reason).toBe(system.cannot[operation] ?? system.limits[operation]);
      }
    }
    expect(capabilitiesOf({ cannot: { list: 'it is shut' }, limits: { show: 'half of it' } })).toEqual([
      { operation: 'create', possible: 'yes' },
      { operation: 'show', possible: 'partly', reason: 'half of it' },
      { operation: 'list', possible: 'no', reason: 'it is shut' },
      { operation: 'update', possible: 'yes' },
      { operation: 'append', possible: 'yes' },
      { operation: 'delete', possible: 'yes' },
    ]);
  });

  it('has the same members of every provider, a line each as ndjson', async () => {
    const world = worldWith({ providers: { work, bad: { ...work, url: 'ftp://example.com' } } });
    expect(await world.run('provider', 'list', '-o', 'ndjson')).toBe(0);
    const rows = world
      .stdout()
      .split('\n')
      .slice(0, -1)
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(rows).toHaveLength(7);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual([
        'name',
        'system',
        'default',
        'configured',
        'address',
        'directory',
        'key',
        'problem',
        'operations',
      ]);
    }
    expect(rows[1]).toMatchObject({ key: { place: 'env:WORK_KEY', source: 'the configuration' } });
    expect(rows[2]).toMatchObject({
      name: 'bad',
      address: null,
      problem: expect.stringContaining('address'),
    });
  });

  it('marks what CONVO_PROVIDER names as the default', async () => {
    const world = fakeContext({ environment: { CONVO_PROVIDER: 'orq' } });
    await world.run('provider', 'list', '-o', 'json');
    const rows: { name: string; default: boolean }[] = JSON.parse(world.stdout());
    expect(rows.filter((row) => row.default).map(({ name }) => name)).toEqual(['orq']);
  });

  it('fits a terminal of 80 columns', async () => {
    const world = worldWith({ providers: { work } }, { isTTY: true, columns: 80 });
    expect(await world.run('provider', 'list', '--no-color')).toBe(0);
    for (const line of world.stdout().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('provider show', () => {
  it('says where each value comes from', async () => {
    const looker = { system: 'looker', client_id: 'a1', timeout: 5 };
    const environment = {
      LOOKERSDK_BASE_URL: 'https://example.cloud.looker.com/api/4.0',
      LOOKERSDK_CLIENT_SECRET: 'secret',
    };
    const world = worldWith({ providers: { bi: looker } }, { environment });
    expect(await world.run('provider', 'show', 'bi', '-o', 'table')).toBe(0);
    expect(world.stdout().split('\n').slice(0, 8)).toEqual([
      'Name       bi',
      'System     looker',
      'Default    no',
      'Address    https://example.cloud.looker.com (LOOKERSDK_BASE_URL)',
      'Key        the variable LOOKERSDK_CLIENT_SECRET',
      'Client id  a1 (the configuration)',
      'Timeout    5 s (the configuration)',
      'Retries    3 (the default)',
    ]);
    await world.run('provider', 'show', 'bi', '-o', 'json');
    expect(JSON.parse(world.stdout().slice(world.stdout().indexOf('{')))).toMatchObject({
      settings: {
        url: { value: 'https://example.cloud.looker.com', source: 'LOOKERSDK_BASE_URL' },
        key: { value: 'env:LOOKERSDK_CLIENT_SECRET', source: 'LOOKERSDK_CLIENT_SECRET' },
        client_id: { value: 'a1', source: 'the configuration' },
        timeout: { value: 5, source: 'the configuration' },
        retries: { value: 3, source: 'the default' },
      },
      versions: ['4.0.26.10', '4.0.26.4'],
    });
  });

  it('shows a local store by its directory', async () => {
    const world = worldWith({ providers: { archive: { system: 'local', dir: '/archive' } } });
    expect(await world.run('provider', 'show', 'archive', '-o', 'table')).toBe(0);
    expect(world.stdout()).toContain('Directory  /archive (the configuration)\nCreate     yes\n');
  });

  it('names the nearest provider', async () => {
    const world = worldWith({ providers: { work } });
    expect(await world.run('provider', 'show', 'wrok')).toBe(2);
    expect(world.stderr()).toBe('convo: there is no provider "wrok"\nhint: did you mean work?\n');
  });
});

describe('provider default', () => {
  it.each(['local', 'syllable', 'work'])('sets %s', async (name) => {
    const world = worldWith({ providers: { work }, later: 1 });
    expect(await world.run('provider', 'default', name, '-o', 'table')).toBe(0);
    expect(world.stdout()).toBe(`${name} is the default\n`);
    expect(configurationOf(world)).toEqual({ providers: { work }, later: 1, provider: name });
  });

  it('refuses what there is not', async () => {
    const world = fakeContext();
    expect(await world.run('provider', 'default', 'nowhere')).toBe(2);
    expect(configurationOf(world)).toBeUndefined();
  });

  it('says so where a variable counts before it', async () => {
    const world = fakeContext({ environment: { CONVO_PROVIDER: 'orq' } });
    expect(await world.run('provider', 'default', 'openai')).toBe(0);
    expect(world.stderr()).toBe(
      'convo: warning: CONVO_PROVIDER is set to orq, and counts before the default\n',
    );
  });
});

describe('provider remove', () => {
  it('takes a provider out with the key that was kept for it', async () => {
    const world = fakeContext({ stdin: 'sk-piped\n' });
    await world.run('provider', 'add', 'work', '--system', 'openai', '--key', '-');
    const path = join(world.configDirectory, 'keys', 'work');
    expect(world.file(path)).toBe('sk-piped\n');
    expect(await world.run('provider', 'remove', 'work', '-o', 'ndjson')).toBe(0);
    expect(world.stdout().endsWith('{"name":"work","status":"removed"}\n')).toBe(true);
    expect(world.file(path)).toBeUndefined();
    expect(configurationOf(world)).toEqual({ providers: {} });
  });

  it('leaves a key that is kept elsewhere, or that another provider needs', async () => {
    const world = fakeContext({ files: { '/elsewhere': 'k1' } });
    const shared = join(world.configDirectory, 'keys', 'shared');
    await world.context.files.writeSecret(shared, 'k2');
    const [one, two] = ['file:/elsewhere', `file:${shared}`].map((key) => ({ system: 'orq', key }));
    const providers = { one, two, three: two };
    writeFileSync(join(world.configDirectory, 'config.json'), JSON.stringify({ providers }));
    expect(await world.run('provider', 'remove', 'one')).toBe(0);
    expect(await world.run('provider', 'remove', 'two')).toBe(0);
    expect([world.file('/elsewhere'), world.file(shared)]).toEqual(['k1', 'k2']);
    expect(await world.run('provider', 'remove', 'three')).toBe(0);
    expect(world.file(shared)).toBeUndefined();
  });

  it('leaves no default behind that is nowhere', async () => {
    const world = worldWith({ provider: 'work', providers: { work } });
    expect(await world.run('provider', 'remove', 'work')).toBe(0);
    expect(world.stderr()).toContain('work was the default, which is local now');
    expect(configurationOf(world)).toEqual({ providers: {} });
    const own = worldWith({ provider: 'orq', providers: { orq: { system: 'orq' } } });
    expect(await own.run('provider', 'remove', 'orq')).toBe(0);
    expect(configurationOf(own)).toEqual({ provider: 'orq', providers: {} });
  });

  it.each([
    ['local', 2, 'is always there'],
    ['orq', 4, 'orq is not configured'],
    ['nowhere', 4, 'there is no provider "nowhere"'],
    ['__proto__', 4, 'there is no provider "__proto__"'],
  ])('refuses %s', async (name, code, said) => {
    const world = worldWith({ providers: { work } });
    expect(await world.run('provider', 'remove', name)).toBe(code);
    expect(world.stderr()).toContain(said);
    expect(configurationOf(world)).toEqual({ providers: { work } });
  });
});
