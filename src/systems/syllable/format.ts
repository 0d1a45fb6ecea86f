import type { Format } from '../../core/format.ts';
import { keeping } from './keep.ts';
import { readSyllable } from './read.ts';
import { errors, record } from './schema.ts';
import { writeSyllable } from './write.ts';

export const syllableFormat: Format = {
  name: 'syllable',
  system: 'syllable',
  title: 'Syllable',
  record,
  errors,
  read: readSyllable,
  write: writeSyllable,
  flags: {},
  keeping,
};
