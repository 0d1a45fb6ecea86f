import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/core/errors.ts';
import { findAccount } from '../../src/providers/account.ts';
import type { AccountSetting, RemoteName } from '../../src/providers/remote.ts';
import { remoteSystems } from '../../src/providers/systems.ts';
import type { ConfiguredProvider } from '../../src/settings.ts';

type Configured = Omit<ConfiguredProvider, 'system'>;

interface Given {
  readonly configured?: Configured;
  readonly environment?: Readonly<Record<string, string>>;
  /** The text of looker.ini, or why it cannot be read. */
  readonly file?: string | Failure;
}

async function account(name: RemoteName, { configured, environment = {}, file }: Given) {
  const system = remoteSystems.find((each) => each.name === name);
  if (!system) throw new Error(`there is no ${name}`);
  return findAccount(system, 'it', configured && { system: name, ...configured }, {
    environment,
    readText: async () => {
      if (file instanceof Failure) throw file;
      return file;
    },
    readSecret: async () => 'never',
    runCommand: async (command) => `output of ${command}`.replaceAll(' ', '-'),
  });
}

async function sources(name: RemoteName, given: Given) {
  const { known } = await account(name, given);
  return Object.fromEntries(Object.entries(known).map(([setting, { source }]) => [setting, source]));
}

const DEFAULT = 'the default';
const CONFIGURED = 'the configuration';
const withoutAddress = { OPENAI_API_KEY: 'key', OPENAI_ORG_ID: 'org', OPENAI_PROJECT_ID: 'project' };
const openai = { ...withoutAddress, OPENAI_BASE_URL: 'https://gateway.test' };
const looker = {
  LOOKERSDK_BASE_URL: 'https://variables.test',
  LOOKERSDK_CLIENT_ID: 'variables',
  LOOKERSDK_CLIENT_SECRET: 'secret',
};
const [BASE, ID, SECRET] = Object.keys(looker);
const file = '[Looker]\nbase_url=https://file.test\nclient_id=file\nclient_secret=file-secret\n';
const fromFile = { url: 'looker.ini', client_id: 'looker.ini', key: 'looker.ini' };
const url = 'https://own.test';
const key = 'command:own';

type Case = readonly [
  what: string,
  name: RemoteName,
  given: Given,
  expected: Readonly<Partial<Record<AccountSetting, string | undefined>>>,
];

const cases: readonly Case[] = [
  ['nothing is set', 'openai', {}, { url: DEFAULT }],
  [
    'only variables are set',
    'openai',
    { environment: openai },
    {
      url: 'OPENAI_BASE_URL',
      key: 'OPENAI_API_KEY',
      organization: 'OPENAI_ORG_ID',
      project: 'OPENAI_PROJECT_ID',
    },
  ],
  [
    'variables have no address',
    'openai',
    { environment: withoutAddress },
    { url: DEFAULT, key: 'OPENAI_API_KEY', organization: 'OPENAI_ORG_ID', project: 'OPENAI_PROJECT_ID' },
  ],
  [
    'a key is configured',
    'openai',
    { configured: { key }, environment: openai },
    { url: DEFAULT, key: CONFIGURED },
  ],
  ['an address is configured', 'openai', { configured: { url }, environment: openai }, { url: CONFIGURED }],
  [
    'key and project are configured',
    'openai',
    { configured: { key, project: 'p' }, environment: openai },
    { url: DEFAULT, key: CONFIGURED, project: CONFIGURED },
  ],
  [
    'only a project is configured',
    'openai',
    { configured: { project: 'p', timeout: 5 }, environment: openai },
    {
      url: 'OPENAI_BASE_URL',
      key: 'OPENAI_API_KEY',
      organization: 'OPENAI_ORG_ID',
      project: CONFIGURED,
    },
  ],
  [
    'an address is configured',
    'orq',
    { configured: { url }, environment: { ORQ_API_KEY: 'k' } },
    { url: CONFIGURED },
  ],
  [
    'an entity is configured',
    'orq',
    { configured: { entity: 'e' }, environment: { ORQ_API_KEY: 'k' } },
    { url: DEFAULT, key: 'ORQ_API_KEY', entity: CONFIGURED },
  ],
  [
    'two variables have a key, the first of them an empty one',
    'syllable',
    { environment: { SYLLABLESDK_API_KEY_HEADER: ' ', SYLLABLE_API_KEY: 'k' } },
    { url: DEFAULT, key: 'SYLLABLE_API_KEY' },
  ],
  ['there is only a file', 'looker', { file }, fromFile],
  [
    'there is a file, and only a timeout is configured',
    'looker',
    { file, configured: { timeout: 5 } },
    fromFile,
  ],
  [
    'there is a file beside all variables',
    'looker',
    { file, environment: looker },
    { url: BASE, client_id: ID, key: SECRET },
  ],
  [
    'there is a file beside a secret',
    'looker',
    { file, environment: { LOOKERSDK_CLIENT_SECRET: 'x' } },
    { key: SECRET },
  ],
  [
    'there is a file beside an address',
    'looker',
    { file, environment: { LOOKERSDK_BASE_URL: 'https://x.test' } },
    { url: BASE },
  ],
  [
    'there is a file beside a client id',
    'looker',
    { file, environment: { LOOKERSDK_CLIENT_ID: 'x' } },
    fromFile,
  ],
  [
    'there is a file beside a configured key',
    'looker',
    { file, configured: { key, client_id: 'a' } },
    { key: CONFIGURED, client_id: CONFIGURED },
  ],
  [
    'there is a file beside a configured client id',
    'looker',
    { file, configured: { client_id: 'a' } },
    { client_id: CONFIGURED },
  ],
  ['a file has only an address', 'looker', { file: '[Looker]\nbase_url=https://file.test\n' }, {}],
  [
    'a file has no client id',
    'looker',
    {
      file: '[Looker]\nbase_url=https://file.test\nclient_secret=s\n',
      environment: { LOOKERSDK_CLIENT_ID: 'x' },
    },
    { client_id: ID },
  ],
  [
    'a client id is configured beside all variables',
    'looker',
    { configured: { client_id: 'a' }, environment: looker },
    { url: BASE, client_id: CONFIGURED, key: SECRET },
  ],
  [
    'a key is configured beside all variables',
    'looker',
    { configured: { key }, environment: looker },
    { key: CONFIGURED },
  ],
];

describe('what an account is made of', () => {
  it.each(cases)('where %s, for %s', async (_, name, given, expected) => {
    expect(await sources(name, given)).toEqual(expected);
  });

  it('gives a key only to the address it was set with', async () => {
    const own = await account('openai', { configured: { key }, environment: openai });
    expect([own.address().href, await own.key()]).toEqual(['https://api.openai.com/v1', 'output-of-own']);
    const kept = await account('looker', { file });
    expect([kept.address().href, await kept.key()]).toEqual(['https://file.test/', 'file-secret']);
    expect(JSON.stringify(kept.known)).not.toContain('file-secret');
    const configured = await account('openai', { configured: { url }, environment: openai });
    await expect(configured.key()).rejects.toMatchObject({
      code: 'not_authenticated',
      message: 'there is no key for OpenAI (it)',
      details: { hint: 'set it with `convo config set providers.it.key env:OPENAI_API_KEY`' },
    });
  });

  it('says how to give what is missing', async () => {
    const none = await account('looker', {});
    expect(() => none.address()).toThrow('Looker (it) has no address');
    expect(none.advice('client_id')).toBe(
      'set LOOKERSDK_CLIENT_ID, or configure it with `convo provider add`',
    );
    const own = await account('looker', { configured: { key }, environment: looker });
    expect(own.advice('url')).toBe('set it with `convo config set providers.it.url …`');
  });

  it('is no worse for a file that cannot be read, unless it is needed', async () => {
    const broken = new Failure('unreadable', 'looker.ini cannot be read: it is a folder');
    const needed = await account('looker', { file: broken });
    expect(() => needed.address()).toThrow(broken);
    await expect(needed.key()).rejects.toBe(broken);
    const other = await account('looker', { file: broken, environment: looker });
    expect([other.address().href, await other.key()]).toEqual(['https://variables.test/', 'secret']);
  });

  it('refuses a key in the file that cannot be one, without repeating it', async () => {
    const kept = await account('looker', { file: file.replace('file-secret', 'clé') });
    await expect(kept.key()).rejects.toThrow(
      'the key for Looker (it) in looker.ini has characters that no key has',
    );
  });
});
