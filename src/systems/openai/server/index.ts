import type { ServedSystem } from '../../../serve/system.ts';

/** @see https://platform.openai.com/docs/api-reference/conversations */
export const openaiServer: ServedSystem = {
  name: 'openai',
  title: 'OpenAI',
  format: 'openai',
  path: '/openai/v1',
  environment: (url) => ({ OPENAI_BASE_URL: url }),
  key: 'OPENAI_API_KEY',
  load: async () => (await import('./api.ts')).openaiApi,
};
