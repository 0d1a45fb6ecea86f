import { type Codec, idText, number, text, timeText } from '../../core/codec.ts';
import { type Row, rowOf } from '../../core/row.ts';

/** Who speaks. A word of Syllable's own is read as it is, but no other system's word is one of Syllable's. */
export const speaker: Codec = {
  read: (source) => (source === 'agent' ? 'assistant' : text.read(source)),
  write: (role) => {
    if (role === 'user') return { value: 'user' };
    if (role === 'assistant') return { value: 'agent' };
    return { refused: 'Syllable only has what users and agents say' };
  },
};

const wholeNumber: Codec = {
  read: number.read,
  isPlain: Number.isSafeInteger,
  write: (value) =>
    Number.isSafeInteger(value) ? { value } : { refused: 'Syllable has whole numbers only here' },
};

/** What tools are given and give back is text; most of it holds JSON. */
const jsonText: Codec = {
  ...text,
  write: (value) =>
    typeof value === 'string'
      ? { value }
      : { value: JSON.stringify(value), narrowed: 'written as JSON text' },
};

const nullable = (model: readonly string[], native: string, codec: Codec): Row =>
  rowOf(model, native, codec, { nullable: true });

export const conversationRows: readonly Row[] = [
  rowOf(['id'], 'conversation_id', idText),
  rowOf(['created_at'], 'timestamp', timeText),
  nullable(['agent', 'id'], 'agent_id', idText),
  nullable(['agent', 'name'], 'agent_name', text),
  nullable(['agent', 'type'], 'agent_type', text),
  nullable(['prompt', 'id'], 'prompt_id', idText),
  nullable(['prompt', 'name'], 'prompt_name', text),
  nullable(['prompt', 'version'], 'prompt_version', text),
  nullable(['model', 'provider'], 'llm_provider', text),
  nullable(['model', 'name'], 'llm_model', text),
  nullable(['model', 'version'], 'llm_version', text),
  nullable(['model', 'temperature'], 'llm_temperature', number),
  nullable(['model', 'seed'], 'llm_seed', wholeNumber),
];

/** An entry of a transcript. Owners in the rows of entries are the `message` and its parts. */
export const timeRows: readonly Row[] = [rowOf(['message', 'created_at'], 'timestamp', timeText)];

/** What was said: a message, its one text part under `content`. */
export const saidRows: readonly Row[] = [
  ...timeRows,
  rowOf(['message', 'role'], 'source', speaker),
  rowOf(['content', 'text'], 'text', text),
];

/** What a tool did: a message, its call and its result under those names. */
export const actionRows: readonly Row[] = [
  ...timeRows,
  rowOf(['call', 'name'], 'tool_name', text),
  rowOf(['call', 'arguments'], 'tool_request', jsonText),
  rowOf(['result', 'output'], 'tool_result', jsonText),
  rowOf(['result', 'error'], 'tool_error', jsonText),
  rowOf(['result', 'duration_ms'], 'duration_ms', number),
];
