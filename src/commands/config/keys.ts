/**
 * The keys of the configuration for `--help`, which must not load the schema library: a copy of what the settings
 * schema says, held to it by a test.
 */
export const settingKeys: readonly (readonly [key: string, meaning: string])[] = [
  ['provider', 'The provider to use when neither -p nor CONVO_PROVIDER names one.'],
  ['providers', 'Providers by the name you give them; `local` is always there.'],
  ['providers.<name>.system', 'Where the conversations are: `local`, a store of JSON files, or a system.'],
  ['providers.<name>.dir', 'The directory of a local store.'],
  ['providers.<name>.url', 'The address of the system.'],
  [
    'providers.<name>.key',
    'Where its key is: `env:NAME`, `command:…` (what it prints) or `file:…`, readable by its owner alone.',
  ],
  ['providers.<name>.client_id', 'The client id that goes with the key, for Looker.'],
  ['providers.<name>.organization', 'The organization, for OpenAI.'],
  ['providers.<name>.project', 'The project, for OpenAI and for new conversations at Orq.ai.'],
  ['providers.<name>.entity', 'The entity whose conversations are meant, for Orq.ai.'],
  ['providers.<name>.generation', 'The version of the API, for Orq.ai.'],
  ['providers.<name>.timeout', 'How many seconds an answer may take, a day (86400) at most; 120 if absent.'],
  ['providers.<name>.retries', 'How often a failed request is tried again; 3 if absent.'],
];
