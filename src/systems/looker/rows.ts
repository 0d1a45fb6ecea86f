import { type Codec, idText, text, timeText } from '../../core/codec.ts';
import type { Kind } from '../../core/format.ts';
import type { Row } from '../../core/mapping.ts';

const row = (model: readonly string[], codec: Codec, ...native: string[]): Row => ({
  model,
  native: [native],
  codec,
});

const id: Row = { ...row(['id'], idText, 'id'), assigned: true };
const title: Row = row(['title'], text, 'name');
const agentId: Row = { ...row(['agent', 'id'], idText, 'agent_id'), nullable: true };

const served: readonly Row[] = [
  id,
  { ...row(['created_at'], timeText, 'created_at'), assigned: true },
  { ...row(['updated_at'], timeText, 'updated_at'), assigned: true },
  { ...row(['created_by'], idText, 'user_id'), assigned: true },
];

const recordRows: readonly Row[] = [
  ...served,
  title,
  agentId,
  row(['agent', 'name'], text, 'conversation_agent', 'name'),
  row(['agent', 'instructions'], text, 'conversation_agent', 'context', 'instructions'),
];

/** The members of a conversation that one field of the model says. A request has none that the server sets. */
export function rowsToRead(kind: Kind): readonly Row[] {
  return kind === 'record' ? recordRows : [title, agentId];
}

/** The same for writing, where a request's rows tell what the server sets. */
export function rowsToWrite(kind: Kind): readonly Row[] {
  return kind === 'record' ? recordRows : [...served, title, agentId];
}

/** The members of a message that one field of the model says; `base` is where its content lies: in itself or a member. */
export function messageRows(kind: Kind, base: readonly string[]): readonly Row[] {
  return (base.length === 0 ? unwrapped : wrapped)[kind];
}

const wrapped = rowsOfMessage('message', 'timestamp');
const unwrapped = rowsOfMessage('timestamp');

function rowsOfMessage(...timestamp: string[]): Readonly<Record<Kind, readonly Row[]>> {
  const time = row(['created_at'], timeText, ...timestamp);
  return { record: [id, time], request: [time] };
}
