import type { Format } from '../../core/format.ts';
import { keeping } from './keep.ts';
import { readOrq } from './read.ts';
import { errors, record, request } from './schema.ts';
import { writeOrq } from './write.ts';

export const orqFormat: Format = {
  name: 'orq',
  system: 'orq',
  title: 'Orq.ai',
  record,
  request,
  errors,
  read: readOrq,
  write: writeOrq,
  flags: {
    title: '/displayName',
    agent: '/metadata/entityId',
    entity: '/metadata/entityId',
    project: '/projectId',
  },
  keeping,
};
