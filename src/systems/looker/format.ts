import type { Format } from '../../core/format.ts';
import { keeping } from './keep.ts';
import { readLooker } from './read.ts';
import { errors, record, request } from './schema.ts';
import { blocksOf } from './transcript.ts';
import type { Version } from './version.ts';
import { writeLooker } from './write.ts';

export const lookerFormats = { 'looker@26.10': formatOf('26.10'), 'looker@26.4': formatOf('26.4') } as const;

function formatOf(version: Version): Format {
  return {
    name: `looker@${version}`,
    system: 'looker',
    title: 'Looker',
    record: record[version],
    request,
    errors,
    read: (native, kind, ledger) => readLooker(native, { kind, version }, ledger),
    write: (conversation, kind, ledger) => writeLooker(conversation, { kind, version }, ledger),
    flags: { title: '/name', agent: '/agent_id', message: '/messages' },
    keeping,
    blocks: blocksOf,
  };
}
