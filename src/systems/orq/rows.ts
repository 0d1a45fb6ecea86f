import { type Codec, epoch, idText, text, textUpTo } from '../../core/codec.ts';
import type { Kind } from '../../core/format.ts';
import type { Row } from '../../core/mapping.ts';
import { type Names, namesOf, type Spelling } from './spelling.ts';

/** The members of a conversation that correspond to one field of the model. `model` needs two and stands apart. */
export function conversationRows(spelling: Spelling, kind: Kind): readonly Row[] {
  const names = namesOf(spelling);
  const inMetadata = ['metadata', names.entityId];
  const atTop = [names.entityId];
  const entity = kind === 'request' || spelling === '4.2' ? [inMetadata, atTop] : [atTop, inMetadata];
  return [
    { ...row(['id'], idText, [names.id], otherId(names.id)), assigned: true },
    row(['title'], kind === 'request' ? textUpTo(100) : text, [names.displayName]),
    { ...row(['created_at'], epoch('milliseconds'), [names.createdAt]), assigned: true },
    { ...row(['updated_at'], epoch('milliseconds'), [names.updatedAt]), assigned: true },
    { ...row(['created_by'], text, [names.createdById]), assigned: true },
    row(['agent', 'id'], text, ...entity),
  ];
}

function row(model: string[], codec: Codec, ...native: string[][]): Row {
  return { model, native, codec };
}

/** The members of a message that correspond to one field of the model. */
export function messageRows(spelling: Spelling): readonly Row[] {
  return rowsOfMessage[spelling];
}

const rowsOfMessage: Readonly<Record<Spelling, readonly Row[]>> = {
  documented: rowsNamed(namesOf('documented')),
  '4.1': rowsNamed(namesOf('4.1')),
  '4.2': rowsNamed(namesOf('4.2')),
};

function rowsNamed(names: Names): readonly Row[] {
  return [
    { model: ['id'], native: [[names.id], otherId(names.id)], codec: idText },
    { model: ['created_at'], native: [[names.createdAt]], codec: epoch('milliseconds') },
    { model: ['role'], native: [['role']], codec: text },
  ];
}

/** Ids alone are seen in either spelling beside members of the other. */
function otherId(name: string): string[] {
  return [name === 'id' ? '_id' : 'id'];
}
