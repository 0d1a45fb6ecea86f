import type { RemoteSystem } from '../../../providers/remote.ts';

/** @see https://platform.openai.com/docs/api-reference/conversations */
export const openaiRemote: RemoteSystem = {
  name: 'openai',
  title: 'OpenAI',
  format: 'openai',
  versions: ['v1'],
  address: 'https://api.openai.com/v1',
  variables: {
    url: ['OPENAI_BASE_URL'],
    key: ['OPENAI_API_KEY'],
    organization: ['OPENAI_ORG_ID'],
    project: ['OPENAI_PROJECT_ID'],
  },
  settings: { organization: 'optional', project: 'optional' },
  absentId: 'conv_000000000000000000000000000000000000000000000000',
  cannot: {},
  limits: {
    list: 'OpenAI cannot list conversations: these are the ones made or seen here',
    update: 'only metadata can be changed',
    delete: 'the items stay at OpenAI unless --items is given',
  },
  load: async () => (await import('./provider.ts')).openOpenAI,
};
