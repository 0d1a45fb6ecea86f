import type { RemoteSystem } from '../../../providers/remote.ts';
import { readLookerIni } from './ini.ts';

/** @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest */
export const lookerRemote: RemoteSystem = {
  name: 'looker',
  title: 'Looker',
  format: 'looker@26.10',
  versions: ['4.0.26.10', '4.0.26.4'],
  trimAddress: (text) => text.replace(/\/+$/, '').replace(/\/api(?:\/\d+\.\d+)?$/, ''),
  variables: {
    url: ['LOOKERSDK_BASE_URL'],
    client_id: ['LOOKERSDK_CLIENT_ID'],
    key: ['LOOKERSDK_CLIENT_SECRET'],
  },
  file: { path: 'looker.ini', read: readLookerIni },
  settings: { client_id: 'required' },
  cannot: {},
  limits: {
    list: 'Looker shows the conversations of the user whose key it is',
    update: 'name, category, sources, agent_id and deleted can be changed',
  },
  load: async () => (await import('./provider.ts')).openLooker,
};
