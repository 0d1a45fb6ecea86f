import type { ServedSystem } from '../../../serve/system.ts';

/** As the API has been since 4.2. Orq.ai's own client takes an address in its options alone (`serverURL`). */
export const orqServer: ServedSystem = {
  name: 'orq',
  title: 'Orq.ai 4.2',
  format: 'orq',
  // A conversation may stand alone since then.
  mayLack: ['entity_id'],
  path: '/orq',
  environment: () => ({}),
  key: 'ORQ_API_KEY',
  load: async () => (await import('./api.ts')).orqApi,
};

/** As it was in 4.1: an entity is required, and messages are not returned. */
export const orq41Server: ServedSystem = {
  ...orqServer,
  mayLack: [],
  name: 'orq@4.1',
  title: 'Orq.ai 4.1',
  path: '/orq-4.1',
  load: async () => (await import('./api.ts')).orq41Api,
};
