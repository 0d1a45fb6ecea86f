import type { Format } from '../../core/format.ts';
import { keeping } from './keep.ts';
import { readOpenAI } from './read.ts';
import { errors, record, request } from './schema.ts';
import { writeOpenAI } from './write.ts';

export const openaiFormat: Format = {
  name: 'openai',
  system: 'openai',
  title: 'OpenAI',
  record,
  request,
  errors,
  read: readOpenAI,
  write: writeOpenAI,
  flags: { title: '/metadata/title', metadata: '/metadata', message: '/items' },
  keeping,
};
