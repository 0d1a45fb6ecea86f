import type { RemoteSystem } from '../../../providers/remote.ts';

/** @see https://docs.orq.ai/docs/conversations/overview */
export const orqRemote: RemoteSystem = {
  name: 'orq',
  title: 'Orq.ai',
  format: 'orq',
  versions: ['4.2', '4.1'],
  address: 'https://my.orq.ai',
  variables: { key: ['ORQ_API_KEY'] },
  settings: { project: 'optional', entity: 'optional', generation: 'optional' },
  cannot: { append: 'Orq.ai writes messages only by running an agent' },
  limits: {
    list: 'without an entity only standalone conversations come back',
    create: 'a new conversation has no messages',
    update: 'only the display name and some of the metadata can be changed',
  },
  load: async () => (await import('./provider.ts')).openOrq,
};
