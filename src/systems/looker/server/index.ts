import type { ServedSystem } from '../../../serve/system.ts';

/** The client id that goes with the token, which is the secret. */
export const CLIENT_ID = 'convo';

/** Clients add `/api/4.0` to the address themselves. */
export const looker2610Server: ServedSystem = {
  name: 'looker',
  title: 'Looker 26.10',
  format: 'looker@26.10',
  path: '/looker',
  environment: (url) => ({ LOOKERSDK_BASE_URL: url, LOOKERSDK_CLIENT_ID: CLIENT_ID }),
  key: 'LOOKERSDK_CLIENT_SECRET',
  load: async () => (await import('./api.ts')).looker2610Api,
};

export const looker264Server: ServedSystem = {
  ...looker2610Server,
  name: 'looker@26.4',
  title: 'Looker 26.4',
  format: 'looker@26.4',
  path: '/looker-26.4',
  load: async () => (await import('./api.ts')).looker264Api,
};
