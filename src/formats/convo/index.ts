import type { FormatInfo } from '../../core/format.ts';
import { once } from '../../core/once.ts';

/** Our own format: the model in the middle, as JSON. */
export const convo: FormatInfo = {
  name: 'convo',
  aliases: [],
  system: 'convo',
  title: 'convo',
  summary: 'what every other format is read to and written from',
  documentation: 'README.md',
  messagesKey: 'messages',
  marks: (document) => Object.hasOwn(document, 'convo'),
  isRecord: (document) => Object.hasOwn(document, 'id'),
  load: once(async () => (await import('./format.ts')).convoFormat),
};
