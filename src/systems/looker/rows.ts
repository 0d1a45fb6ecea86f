import { idText, text, timeText } from '../../core/codec.ts';
import type { Kind } from '../../core/format.ts';
import { type Row, rowOf } from '../../core/row.ts';

const id = rowOf(['id'], 'id', idText, { assigned: true });
const title = rowOf(['title'], 'name', text);
const userId = rowOf(['created_by'], 'user_id', idText, { assigned: true });
const agentId = rowOf(['agent', 'id'], 'agent_id', idText, { nullable: true });
const times: readonly Row[] = [
  rowOf(['created_at'], 'created_at', timeText, { assigned: true }),
  rowOf(['updated_at'], 'updated_at', timeText, { assigned: true }),
];

/** In the order of the document, so that nobody has to put it in order. */
const recordRows: readonly Row[] = [
  id,
  title,
  userId,
  agentId,
  ...times,
  rowOf(['agent', 'name'], ['conversation_agent', 'name'], text),
  rowOf(['agent', 'instructions'], ['conversation_agent', 'context', 'instructions'], text),
];

const requestRowsToRead: readonly Row[] = [title, agentId];
const requestRowsToWrite: readonly Row[] = [id, userId, ...times, ...requestRowsToRead];

/** The members of a conversation that one field of the model says. A request has none that the server sets. */
export function rowsToRead(kind: Kind): readonly Row[] {
  return kind === 'record' ? recordRows : requestRowsToRead;
}

/** The same for writing, where a request's rows tell what the server sets. */
export function rowsToWrite(kind: Kind): readonly Row[] {
  return kind === 'record' ? recordRows : requestRowsToWrite;
}

/** The members of a message that one field of the model says; `base` is where its content lies: in itself or a member. */
export function messageRows(kind: Kind, base: readonly string[]): readonly Row[] {
  return (base.length === 0 ? unwrapped : wrapped)[kind];
}

const wrapped = rowsOfMessage('message', 'timestamp');
const unwrapped = rowsOfMessage('timestamp');

function rowsOfMessage(...timestamp: string[]): Readonly<Record<Kind, readonly Row[]>> {
  const time = rowOf(['created_at'], timestamp, timeText);
  return { record: [id, time], request: [time] };
}
