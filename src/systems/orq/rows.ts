import { epoch, idText, text, textUpTo } from '../../core/codec.ts';
import type { Kind } from '../../core/format.ts';
import { type Row, rowOf } from '../../core/row.ts';
import { namesOf, type Spelling } from './spelling.ts';

type Rows = Readonly<Record<Spelling, readonly Row[]>>;

/** The members of a conversation that correspond to one field of the model. `model` needs two and stands apart. */
export function conversationRows(spelling: Spelling, kind: Kind): readonly Row[] {
  return rowsOfConversation[kind][spelling];
}

/** The members of a message that correspond to one field of the model. */
export function messageRows(spelling: Spelling): readonly Row[] {
  return rowsOfMessage[spelling];
}

const milliseconds = epoch('milliseconds');

const rowsOfConversation: Readonly<Record<Kind, Rows>> = {
  record: inEverySpelling((spelling) => rowsNamed(spelling, 'record')),
  request: inEverySpelling((spelling) => rowsNamed(spelling, 'request')),
};

function rowsNamed(spelling: Spelling, kind: Kind): readonly Row[] {
  const names = namesOf(spelling);
  const inMetadata = ['metadata', names.entityId];
  const atTop = [names.entityId];
  const [entity, otherEntity] =
    kind === 'request' || spelling === '4.2' ? [inMetadata, atTop] : [atTop, inMetadata];
  return [
    rowOf(['id'], names.id, idText, { also: [otherId(names.id)], assigned: true }),
    rowOf(['title'], names.displayName, kind === 'request' ? textUpTo(100) : text),
    rowOf(['created_at'], names.createdAt, milliseconds, { assigned: true }),
    rowOf(['updated_at'], names.updatedAt, milliseconds, { assigned: true }),
    rowOf(['created_by'], names.createdById, text, { assigned: true }),
    rowOf(['agent', 'id'], entity, text, { also: [otherEntity] }),
  ];
}

const rowsOfMessage: Rows = inEverySpelling((spelling) => {
  const names = namesOf(spelling);
  return [
    rowOf(['id'], names.id, idText, { also: [otherId(names.id)] }),
    rowOf(['created_at'], names.createdAt, milliseconds),
    rowOf(['role'], 'role', text),
  ];
});

function inEverySpelling(rowsIn: (spelling: Spelling) => readonly Row[]): Rows {
  return { documented: rowsIn('documented'), '4.1': rowsIn('4.1'), '4.2': rowsIn('4.2') };
}

/** Ids alone are seen in either spelling beside members of the other. */
function otherId(name: string): string[] {
  return [name === 'id' ? '_id' : 'id'];
}
