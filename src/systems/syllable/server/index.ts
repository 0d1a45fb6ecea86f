import type { ServedSystem } from '../../../serve/system.ts';

/** Syllable's own client takes an address in its options alone (`serverURL`). */
export const syllableServer: ServedSystem = {
  name: 'syllable',
  title: 'Syllable',
  format: 'syllable',
  path: '/syllable',
  environment: () => ({}),
  key: 'SYLLABLESDK_API_KEY_HEADER',
  load: async () => (await import('./api.ts')).syllableApi,
};
