/**
 * The keys of the configuration for `--help`, which must not load the schema library: a copy of what the settings
 * schema says, held to it by a test.
 */
export const settingKeys: readonly (readonly [key: string, meaning: string])[] = [
  ['provider', 'The provider to use when neither -p nor CONVO_PROVIDER names one.'],
  ['providers', 'Providers by the name you give them; `local` is always there.'],
  ['providers.<name>.system', 'Where the conversations are: `local`, a store of JSON files.'],
  ['providers.<name>.dir', 'The directory of a local store.'],
];
