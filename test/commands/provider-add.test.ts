import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type FakeWorld, fakeContext } from '../support/world.ts';

const KEY = 'sk-planted-1234567890';

function providersOf({ configDirectory }: FakeWorld): unknown {
  const file = join(configDirectory, 'config.json');
  const configuration: { providers?: unknown } = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
  return configuration.providers;
}

function add(world: FakeWorld, line: string): Promise<number> {
  return world.run('provider', 'add', ...line.split(' '));
}

/** What must never be there. */
function expectNoKey(world: FakeWorld): void {
  expect(`${world.stdout()}${world.stderr()}${JSON.stringify(providersOf(world))}`).not.toContain(KEY);
}

describe('provider add', () => {
  it('configures by flags, and prints what show prints', async () => {
    const world = fakeContext({ environment: { WORK_KEY: KEY } });
    const flags =
      '--system orq --url https://orq.example.com/ --key env:WORK_KEY --entity agent-1 --generation 4.1 --timeout 2.5 --retries 0';
    expect(await add(world, `work ${flags} -o json`)).toBe(0);
    expect(providersOf(world)).toEqual({
      work: {
        system: 'orq',
        url: 'https://orq.example.com',
        entity: 'agent-1',
        generation: '4.1',
        timeout: 2.5,
        retries: 0,
        key: 'env:WORK_KEY',
      },
    });
    const printed = world.stdout();
    const shown = fakeContext({ environment: { WORK_KEY: KEY } });
    writeFileSync(
      join(shown.configDirectory, 'config.json'),
      readFileSync(join(world.configDirectory, 'config.json')),
    );
    await shown.run('provider', 'show', 'work', '-o', 'json');
    expect(printed).toBe(shown.stdout());
    expect(world.stderr()).toBe('');
    expectNoKey(world);
  });

  it('keeps a piped key in a file that its owner alone can read', async () => {
    const world = fakeContext({ stdin: `  ${KEY} \r\nmore\n` });
    expect(await add(world, 'work --system openai --key -')).toBe(0);
    const path = join(world.configDirectory, 'keys', 'work');
    expect(world.file(path)).toBe(`${KEY}\n`);
    expect(providersOf(world)).toEqual({ work: { system: 'openai', key: `file:${path}` } });
    expectNoKey(world);
  });

  it('asks on a terminal for what is missing, the key without showing it', async () => {
    const answers = ['bi', 'looker', 'https://example.cloud.looker.com:19999/api/4.0/', 'a1', KEY];
    const world = fakeContext({ isTTY: true, answers });
    expect(await world.run('provider', 'add')).toBe(0);
    expect(world.questions).toEqual([
      'Name for the provider:',
      'Which system?',
      'Address for Looker:',
      'Client id for Looker:',
      'Client secret for Looker:',
    ]);
    const path = join(world.configDirectory, 'keys', 'bi');
    expect(providersOf(world)).toEqual({
      bi: {
        system: 'looker',
        url: 'https://example.cloud.looker.com:19999',
        client_id: 'a1',
        key: `file:${path}`,
      },
    });
    expect(world.file(path)).toBe(`${KEY}\n`);
    expectNoKey(world);
  });

  it('asks again for a name or an address that is none', async () => {
    const answers = ['b i', 'bi', 'looker', 'looker.example.com', 'https://example.com', 'a1', KEY];
    const world = fakeContext({ isTTY: true, answers });
    expect(await world.run('provider', 'add')).toBe(0);
    expect(world.questions).toEqual([
      'Name for the provider:',
      expect.stringContaining('"b i"'),
      'Name for the provider:',
      'Which system?',
      'Address for Looker:',
      expect.stringContaining('https'),
      'Address for Looker:',
      'Client id for Looker:',
      'Client secret for Looker:',
    ]);
    expect(providersOf(world)).toMatchObject({ bi: { url: 'https://example.com' } });
  });

  it('leaves to the variables of the system what they say and a person does not', async () => {
    const environment = { LOOKERSDK_BASE_URL: 'https://example.com', LOOKERSDK_CLIENT_SECRET: KEY };
    const world = fakeContext({ isTTY: true, environment, answers: ['', 'a1', ''] });
    expect(await add(world, 'looker')).toBe(0);
    expect(world.questions).toEqual([
      'Address for Looker (empty: as LOOKERSDK_BASE_URL says):',
      'Client id for Looker:',
      'Client secret for Looker (empty: as LOOKERSDK_CLIENT_SECRET says):',
    ]);
    expect(providersOf(world)).toEqual({ looker: { system: 'looker', client_id: 'a1' } });
    expect(world.stderr()).toBe('');
    expectNoKey(world);
  });

  it('keeps with a key the address that a variable says, and says so where nobody was asked', async () => {
    const environment = { OPENAI_BASE_URL: 'https://gateway.example.com/v1/', OPENAI_API_KEY: KEY };
    const world = fakeContext({ environment: { ...environment, OPENAI_ORG_ID: 'org_1', WORK_KEY: KEY } });
    expect(await add(world, 'work --system openai --key env:WORK_KEY')).toBe(0);
    const url = 'https://gateway.example.com/v1';
    expect(providersOf(world)).toEqual({ work: { system: 'openai', url, key: 'env:WORK_KEY' } });
    expect(world.stderr()).toBe(
      'convo: warning: its address is the one in OPENAI_BASE_URL from now on; --url gives another\n',
    );
    expect(world.stdout()).toContain(url);
    const plain = fakeContext({ environment });
    expect(await add(plain, 'openai')).toBe(0);
    expect([providersOf(plain), plain.stderr()]).toEqual([{ openai: { system: 'openai' } }, '']);
  });

  it('keeps with an address the key of a variable only where a person was asked', async () => {
    const environment = { ORQ_API_KEY: KEY };
    const asked = fakeContext({ isTTY: true, environment, answers: [''] });
    expect(await add(asked, 'orq --url https://orq.example.com')).toBe(0);
    expect(asked.questions).toEqual(['Key for Orq.ai (empty: as ORQ_API_KEY says):']);
    const url = 'https://orq.example.com';
    expect(providersOf(asked)).toEqual({ orq: { system: 'orq', url, key: 'env:ORQ_API_KEY' } });
    const alone = fakeContext({ environment });
    expect(await add(alone, 'orq --url https://orq.example.com')).toBe(0);
    expect(providersOf(alone)).toEqual({ orq: { system: 'orq', url } });
    expect(alone.stderr()).toBe('convo: warning: there is no key for Orq.ai yet\n');
  });

  it('takes the address and the client id of variables with a key, and nothing of looker.ini', async () => {
    const files = { 'looker.ini': '[Looker]\nbase_url=https://x.test\nclient_id=a\nclient_secret=b\n' };
    const environment = { LOOKERSDK_BASE_URL: 'https://looker.test', LOOKERSDK_CLIENT_ID: 'a1' };
    const world = fakeContext({ environment, files });
    expect(await add(world, 'bi --system looker --key command:x')).toBe(0);
    expect(providersOf(world)).toEqual({
      bi: { system: 'looker', url: 'https://looker.test', client_id: 'a1', key: 'command:x' },
    });
    const other = fakeContext({ files });
    expect(await add(other, 'bi --system looker --key command:x')).toBe(2);
    expect(other.stderr()).toContain('Looker needs --url and --client-id');
  });

  it('asks for a key on a terminal even for --key -, which would show it', async () => {
    const world = fakeContext({ isTTY: true, answers: [KEY] });
    expect(await add(world, 'openai --key -')).toBe(0);
    expect(world.questions).toEqual(['Key for OpenAI:']);
    const silent = fakeContext({ isTTY: true });
    expect(await add(silent, 'openai --key - --no-input')).toBe(2);
    expect(silent.stderr()).toContain('stdin is a terminal');
  });

  it('takes a place for an answer too', async () => {
    const world = fakeContext({ isTTY: true, answers: ['command:pass show orq'] });
    expect(await add(world, 'orq')).toBe(0);
    expect(providersOf(world)).toEqual({ orq: { system: 'orq', key: 'command:pass show orq' } });
  });

  it('configures a local store, its directory made absolute', async () => {
    const world = fakeContext();
    expect(await add(world, 'archive --system local --dir kept/here')).toBe(0);
    expect(providersOf(world)).toEqual({ archive: { system: 'local', dir: resolve('kept/here') } });
    expect(await add(world, 'other --system local')).toBe(0);
    expect(providersOf(world)).toMatchObject({ other: { system: 'local' } });
  });

  it('makes the path of a key absolute, and opens ~ as no shell does there', async () => {
    const files = { '/home/me/key': KEY, [resolve('key')]: KEY };
    const world = fakeContext({ environment: { HOME: '/home/me' }, files });
    expect(await add(world, 'one --system orq --key file:~/key')).toBe(0);
    expect(await add(world, 'two --system orq --key file:key')).toBe(0);
    expect(providersOf(world)).toMatchObject({
      one: { key: 'file:/home/me/key' },
      two: { key: `file:${resolve('key')}` },
    });
    expect(world.stderr()).toBe('');
    expectNoKey(world);
  });

  it.each([
    ['work --system orq', 'there is no key for Orq.ai yet'],
    ['work --system orq --key env:NOT_THERE', 'the variable that --key names is not set here'],
    ['work --system orq --key file:/not/there', 'there is no file /not/there yet'],
  ])('warns for %s', async (line, said) => {
    const world = fakeContext();
    expect(await add(world, line)).toBe(0);
    expect(world.stderr()).toBe(`convo: warning: ${said}\n`);
  });

  it.each([KEY, `env:${KEY}`, `evn:${KEY}`, `env:`, ` ${KEY}`])(
    'refuses the key %j on the command line without repeating it',
    async (key) => {
      const world = fakeContext();
      expect(await world.run('provider', 'add', 'work', '--system', 'openai', '--key', key)).toBe(2);
      expect(world.stderr()).toContain('--key takes the place of a key, not the key itself');
      expectNoKey(world);
      expect(providersOf(world)).toBeUndefined();
    },
  );

  it.each([
    ['', 'no key was given'],
    ['\nsecond line\n', 'no key was given'],
    [`${KEY} and more`, 'has characters that no key has'],
  ])('refuses the piped key %j', async (stdin, said) => {
    const world = fakeContext({ stdin });
    expect(await add(world, 'openai --key -')).toBe(3);
    expect(world.stderr()).toContain(said);
    expect(world.file(join(world.configDirectory, 'keys', 'openai'))).toBeUndefined();
    expectNoKey(world);
  });

  it.each([
    ['', 'provider add needs a name'],
    ['work', 'provider add needs --system'],
    ['work --system oprq', 'did you mean orq?'],
    ['-x --system orq', 'unknown option'],
    ['a.b --system orq', '"a.b" is no name for a provider'],
    ['__proto__ --system orq', 'is no name'],
    ['orq --system openai', 'a provider called orq cannot be one for openai'],
    ['work --system looker', 'Looker needs --url and --client-id'],
    ['work --system looker --url https://example.com', 'Looker needs --client-id'],
    ['work --system orq --organization o', '--organization means nothing to Orq.ai'],
    ['work --system openai --entity e', '--entity means nothing to OpenAI'],
    ['work --system openai --client-id e', '--client-id means nothing to OpenAI'],
    ['work --system openai --dir d', '--dir means nothing to OpenAI'],
    ['work --system syllable --project p', 'it takes --url, --key, --timeout, --retries'],
    ['work --system local --url https://example.com', '--url means nothing to a local store'],
    ['work --system local --timeout 3', 'it takes --dir'],
    ['work --system orq --url http://example.com', 'without encryption'],
    ['work --system orq --url example.com', 'is no address of a system'],
    ['work --system orq --url https://example.com?key=sk-planted-1234567890', 'has a ? or # in it'],
    ['work --system orq --url me:sk-planted-1234567890@example.com', 'is no address of a system'],
    ['work --system orq --timeout 86401', 'a day (86400) at most'],
    ['work --system orq --url https://me:sk-planted-1234567890@example.com', 'name or password'],
    ['work --system orq --entity=', '--entity is empty'],
    ['work --system orq --timeout 0', '--timeout takes seconds, a day (86400) at most, not "0"'],
    ['work --system orq --retries -1', '--retries takes a whole number'],
    ['work --system orq --generation 4', 'there is no generation "4"'],
  ])('refuses %j', async (line, said) => {
    const world = fakeContext();
    expect(await world.run('provider', 'add', ...line.split(' ').filter((word) => word !== ''))).toBe(2);
    expect(world.stderr()).toContain(said);
    expect(providersOf(world)).toBeUndefined();
    expectNoKey(world);
  });

  it('refuses a name that is taken, unless it is to be replaced', async () => {
    const world = fakeContext({ stdin: KEY });
    expect(await add(world, 'local --system local')).toBe(7);
    expect(await add(world, 'local --system local --force')).toBe(7);
    await add(world, 'work --system openai --key - --project p');
    expect(await add(world, 'work --system orq')).toBe(7);
    expect(await add(world, 'Work --system orq --force')).toBe(7);
    expect(await add(world, 'work --system orq --key command:x --force')).toBe(0);
    expect(providersOf(world)).toEqual({ work: { system: 'orq', key: 'command:x' } });
    expect(world.file(join(world.configDirectory, 'keys', 'work'))).toBeUndefined();
    expect(await add(world, 'work --system orq --key - --force')).toBe(0);
    expect(await add(world, 'work --system orq --key - --force')).toBe(0);
    expect(world.file(join(world.configDirectory, 'keys', 'work'))).toBe(`${KEY}\n`);
    expectNoKey(world);
  });

  it('asks nothing where it must not', async () => {
    for (const options of [{ environment: { CI: '1' } }, { isTTY: { stdin: true } }]) {
      const world = fakeContext({ isTTY: true, ...options });
      expect(await add(world, 'openai')).toBe(0);
      expect(world.questions).toEqual([]);
      expect(world.stderr()).toContain('there is no key for OpenAI yet');
    }
  });
});
