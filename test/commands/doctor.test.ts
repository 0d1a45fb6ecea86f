import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listenTo, serveStore, TOKEN } from '../serve/desk.ts';
import { type FakeOptions, type FakeWorld, fakeContext } from '../support/world.ts';

const PLANTED = 'sk-planted-1234567890';

function worldWith(configuration: object | string, options: FakeOptions = {}): FakeWorld {
  const world = fakeContext(options);
  const text = typeof configuration === 'string' ? configuration : JSON.stringify(configuration);
  writeFileSync(join(world.configDirectory, 'config.json'), text);
  return world;
}

interface Found {
  readonly name: string;
  readonly state: string;
  readonly problem: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  readonly [member: string]: unknown;
}

async function found(
  world: FakeWorld,
  ...flags: readonly string[]
): Promise<{ code: number; providers: ReadonlyMap<string, Found>; report: Record<string, unknown> }> {
  const code = await world.run('doctor', '-o', 'json', ...flags);
  const report: { providers: Found[] } = JSON.parse(world.stdout());
  return {
    code,
    report: { ...report },
    providers: new Map(report.providers.map((each) => [each.name, each])),
  };
}

function configured(value: unknown): object {
  return { value, source: 'the configuration' };
}

describe('doctor', () => {
  it('finds nothing wrong where nothing is configured', async () => {
    const world = fakeContext();
    const { code, report, providers } = await found(world);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      version: '0.0.0-test',
      node: 'v20.17.0',
      platform: 'linux x64',
      configuration: { path: join(world.configDirectory, 'config.json'), exists: false, problem: null },
      default: { name: 'local', source: 'the default', problem: null },
      variables: [],
    });
    expect(providers.get('local')).toMatchObject({
      state: 'works',
      store: { directory: world.context.dataDirectory, exists: true, writable: true, conversations: 0 },
    });
    expect([...providers.values()].slice(1).map(({ name, state }) => [name, state])).toEqual([
      ['openai', 'not_configured'],
      ['orq', 'not_configured'],
      ['looker', 'not_configured'],
      ['syllable', 'not_configured'],
    ]);
    expect(world.stderr()).toBe('');
  });

  it('prints for people what there is, and the way out of each problem', async () => {
    const world = fakeContext({ environment: { ORQ_API_KEY: '', LOOKERSDK_CLIENT_ID: 'a1', CI: '1' } });
    await world.run('create', '--title', 'One');
    const before = world.stdout().length;
    expect(await world.run('doctor', '--offline', '-o', 'table')).toBe(2);
    const said = world.stdout().slice(before).replaceAll(world.context.dataDirectory, '/data');
    expect(said.replaceAll(/(?<=\S) {2,}/g, '  ')).toBe(
      `convo  0.0.0-test
Node  v20.17.0 on linux x64
Configuration  ${join(world.configDirectory, 'config.json')} (not there)
Default  local (the default)
Variables  CI, LOOKERSDK_CLIENT_ID

PROVIDER  SYSTEM  API  STATE  WHERE  KEY
local  local  -  works  /data, 1 conversation  -
openai  openai  v1  not configured  https://api.openai.com/v1  -
orq  orq  4.2, 4.1  not configured  https://my.orq.ai  -
looker  looker  4.0.26.10, 4.0.26.4  fails  -  -
syllable  syllable  v1  not configured  https://api.syllable.cloud  -

PROVIDER  SETTING  VALUE  FROM
looker  client id  a1  LOOKERSDK_CLIENT_ID
looker  timeout  120 s  the default
looker  retries  3  the default

looker: Looker has no address
  hint: set LOOKERSDK_BASE_URL, or configure it with \`convo provider add\`
`,
    );
    expect(world.stderr()).toBe('convo: doctor found 1 problem\n');
  });

  it('says of every setting where it comes from, and which version of the API is spoken', async () => {
    const orq = { system: 'orq', key: 'env:KEY', project: 'p', entity: 'e', generation: '4.1', timeout: 5 };
    const openai = { system: 'openai', project: 'mine' };
    const environment = { KEY: 'k', OPENAI_API_KEY: 'k', OPENAI_ORG_ID: 'org_1', OPENAI_PROJECT_ID: 'other' };
    const world = worldWith({ providers: { work: orq, openai } }, { environment });
    const { providers } = await found(world, '--offline');
    expect(providers.get('work')).toMatchObject({
      versions: ['4.1'],
      settings: {
        url: { value: 'https://my.orq.ai', source: 'the default' },
        key: configured('env:KEY'),
        project: configured('p'),
        entity: configured('e'),
        generation: configured('4.1'),
        timeout: configured(5),
        retries: { value: 3, source: 'the default' },
      },
    });
    expect(providers.get('openai')).toMatchObject({
      versions: ['v1'],
      settings: {
        key: { value: 'env:OPENAI_API_KEY', source: 'OPENAI_API_KEY' },
        organization: { value: 'org_1', source: 'OPENAI_ORG_ID' },
        project: configured('mine'),
      },
    });
    expect(providers.get('orq')?.['versions']).toEqual(['4.2', '4.1']);
    const before = world.stdout().length;
    expect(await world.run('doctor', '--offline', '-o', 'table')).toBe(0);
    const table = world
      .stdout()
      .slice(before)
      .replaceAll(/(?<=\S) {2,}/g, '  ');
    expect(table).toContain('\nwork  key  the variable KEY  the configuration\n');
    expect(table).toContain('\nwork  timeout  5 s  the configuration\n');
    expect(table).toContain('\nopenai  organization  org_1  OPENAI_ORG_ID\n');
  });

  it('tries every system that is configured, unless told not to', async () => {
    const origin = await listenTo(await serveStore());
    const at = (system: string, path: string) => ({ system, url: `${origin}${path}`, key: 'command:key' });
    const providers = {
      orq: at('orq', '/orq'),
      bi: { ...at('looker', '/looker'), client_id: 'convo' },
      calls: at('syllable', '/syllable'),
    };
    const world = worldWith({ providers }, { commands: { key: `${TOKEN}\n` } });
    const { code, providers: all } = await found(world);
    expect(code).toBe(0);
    for (const name of Object.keys(providers)) {
      expect(all.get(name)).toMatchObject({
        state: 'works',
        milliseconds: expect.any(Number),
        key: { place: 'command:key', source: 'the configuration', readable: true },
        problem: null,
      });
    }
    const offline = worldWith({ providers }, { commands: { key: TOKEN } });
    const untried = await found(offline, '--offline');
    expect([untried.code, untried.providers.get('bi')?.state]).toEqual([0, 'not_tried']);
  });

  it('runs the command of a key once, however many providers need it', async () => {
    const origin = await listenTo(await serveStore());
    const orq = { system: 'orq', url: `${origin}/orq`, key: 'command:key' };
    let runs = 0;
    const commands = {
      get key() {
        runs += 1;
        return TOKEN;
      },
    };
    const { code } = await found(worldWith({ providers: { one: orq, two: orq } }, { commands }));
    expect([code, runs]).toEqual([0, 1]);
  });

  it('ends with the code of the first problem, and says of each what to do', async () => {
    const origin = await listenTo(await serveStore());
    const url = `${origin}/orq`;
    const providers = {
      away: { system: 'orq', url: 'http://127.0.0.1:1', key: 'env:WRONG' },
      locked: { system: 'orq', url, key: 'env:WRONG' },
      keyless: { system: 'orq', url, key: 'file:/not/there' },
      clientless: { system: 'looker', url: `${origin}/looker`, key: 'env:WRONG' },
      open: { system: 'orq', url: 'http://example.com', key: 'env:WRONG' },
    };
    const world = worldWith({ providers }, { environment: { WRONG: PLANTED } });
    const { code, providers: all, report } = await found(world);
    expect(code).toBe(8);
    expect(report['variables']).toEqual(['WRONG']);
    const codes = Object.keys(providers).map((name) => all.get(name)?.problem?.code);
    expect(codes).toEqual(['unavailable', 'not_authenticated', 'not_authenticated', 'usage', 'usage']);
    expect(all.get('away')?.problem?.hint).toBe('check http://127.0.0.1:1 (the configuration)');
    expect(all.get('locked')?.problem?.hint).toBe('check the variable WRONG');
    expect(all.get('clientless')?.problem?.hint).toContain('config set providers.clientless.client_id');
    for (const { problem } of all.values()) expect(problem?.hint ?? '').not.toContain('convo doctor');
    expect(all.get('keyless')).toMatchObject({ key: { readable: false } });
    expect(all.get('clientless')?.problem?.message).toBe('Looker (clientless) has no client id');
    expect(all.get('open')).toMatchObject({ state: 'fails', address: null, milliseconds: null });
    expect(JSON.parse(world.stderr())).toEqual({
      error: { code: 'unavailable', message: 'doctor found 5 problems', retryable: true },
    });
  });

  it('goes on where the configuration cannot be used', async () => {
    const world = worldWith(`{"providers": {"work": {"system": "openai", "key": "${PLANTED}"}}}`);
    const { code, report, providers } = await found(world);
    expect(code).toBe(2);
    expect(report['configuration']).toMatchObject({ exists: true, problem: { code: 'usage' } });
    expect(providers.get('local')?.state).toBe('works');
    expect(`${world.stdout()}${world.stderr()}`).not.toContain(PLANTED);
  });

  it('finds a default that is not there', async () => {
    const world = worldWith({ provider: 'work' });
    const { code, report } = await found(world);
    expect(code).toBe(2);
    expect(report['default']).toMatchObject({ name: 'work', problem: { code: 'usage' } });
  });

  it('finds damaged files, and directories that cannot be written', async () => {
    const world = fakeContext();
    await world.run('create', '--title', 'One', '-q');
    const shard = join(world.context.dataDirectory, 'conversations', '00');
    mkdirSync(shard, { recursive: true });
    writeFileSync(join(shard, 'x.json'), '{');
    expect(await world.run('doctor', '-o', 'table')).toBe(3);
    expect(world.stdout()).toContain(`local: ${join(shard, 'x.json')} cannot be used: it is not JSON`);
    expect(world.stdout()).toContain('  hint: mend it or move it away');

    const nowhere = worldWith({ providers: { archive: { system: 'local', dir: '/dev/null/store' } } });
    const { code, providers } = await found(nowhere);
    expect(code).not.toBe(0);
    expect(providers.get('archive')).toMatchObject({
      state: 'fails',
      store: { exists: false, writable: false },
    });
  });

  it('looks for a store without making one', async () => {
    const world = fakeContext();
    const dir = join(world.context.dataDirectory, 'later', 'store');
    writeFileSync(
      join(world.configDirectory, 'config.json'),
      JSON.stringify({ providers: { later: { system: 'local', dir } } }),
    );
    const { code, providers } = await found(world);
    expect(code).toBe(0);
    expect(providers.get('later')).toMatchObject({
      store: { exists: false, writable: true, conversations: 0 },
    });
    expect((await world.context.files.access(dir)).exists).toBe(false);
  });
});

describe('a planted key', () => {
  it('is in no output of any of these commands', async () => {
    const origin = await listenTo(await serveStore());
    const environment = {
      OPENAI_API_KEY: PLANTED,
      OPENAI_BASE_URL: `${origin}/openai/v1`,
      ORQ_API_KEY: PLANTED,
      SYLLABLE_API_KEY: PLANTED,
      WORK_KEY: PLANTED,
    };
    const files = {
      'looker.ini': `[Looker]\nbase_url=${origin}/looker\nclient_id=a1\nclient_secret=${PLANTED}\n`,
      '/key': PLANTED,
    };
    const url = `${origin}/orq`;
    const providers = {
      env: { system: 'orq', url, key: 'env:WORK_KEY' },
      file: { system: 'orq', url, key: 'file:/key' },
      command: { system: 'orq', url, key: 'command:key' },
      syllable: { system: 'syllable', url: `${origin}/syllable` },
      orq: { system: 'orq', url },
      hidden: { system: 'orq', url: `https://me:${PLANTED}@example.com/?key=${PLANTED}` },
      query: { system: 'orq', url: `${url}?key=${PLANTED}` },
    };
    const options = { environment, files, commands: { key: PLANTED }, stdin: PLANTED };
    const names = ['openai', 'looker', ...Object.keys(providers)];
    for (const output of ['table', 'json', 'ndjson']) {
      const world = worldWith({ providers }, options);
      const run = (...words: readonly string[]): Promise<number> =>
        world.run(...words, '-o', output, '--verbose');
      expect(await run('provider', 'list')).toBe(0);
      for (const name of names) {
        expect(await run('provider', 'show', name)).toBe(0);
        expect(await run('provider', 'test', name), name).not.toBe(0);
      }
      expect(await run('doctor')).not.toBe(0);
      expect(await run('doctor', '--offline')).not.toBe(0);
      expect(await run('provider', 'add', 'piped', '--system', 'orq', '--key', '-')).toBe(0);
      expect(await run('provider', 'add', 'typed', '--system', 'orq', '--key', PLANTED)).toBe(2);
      expect(await run('config', 'set', 'providers.env.key', PLANTED)).toBe(2);
      expect(await run('config', 'set', 'providers.env', `{"system":"orq","key":"${PLANTED}"}`)).toBe(2);
      expect(await run('provider', 'default', 'piped')).toBe(0);
      expect(await run('provider', 'remove', 'piped')).toBe(0);
      expect(world.stdout()).toContain('piped');
      expect(`${world.stdout()}${world.stderr()}`).not.toContain(PLANTED);
    }
  });
});
