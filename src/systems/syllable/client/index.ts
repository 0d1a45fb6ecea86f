import type { RemoteSystem } from '../../../providers/remote.ts';

export const syllableRemote: RemoteSystem = {
  name: 'syllable',
  title: 'Syllable',
  format: 'syllable',
  versions: ['v1'],
  address: 'https://api.syllable.cloud',
  variables: { key: ['SYLLABLESDK_API_KEY_HEADER', 'SYLLABLE_API_KEY'] },
  settings: {},
  cannot: {
    create: 'Syllable has no operation that creates a conversation',
    update: 'Syllable has no operation that changes a conversation',
    append: 'Syllable has no operation that adds to a conversation',
    delete: 'Syllable has no operation that deletes a conversation',
  },
  limits: { list: 'conversations of test sessions are hidden' },
  load: async () => (await import('./provider.ts')).openSyllable,
};
