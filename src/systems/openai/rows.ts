import * as z from 'zod/mini';
import { anything, type Codec, epoch, idText, text } from '../../core/codec.ts';
import type { Kind } from '../../core/format.ts';
import type { JsonValue } from '../../core/json.ts';
import { once } from '../../core/once.ts';
import { type Row, rowOf } from '../../core/row.ts';
import { accepts } from '../../core/schema/accept.ts';
import { toolOutputPart } from './content.ts';

/** Text that holds JSON, as OpenAI documents it: what is no text is written as its JSON. */
const jsonText: Codec = {
  read: (native) => (typeof native === 'string' ? native : undefined),
  write: (value) => ({ value: asText(value) }),
  isPlain: (native) => typeof native === 'string',
};

/** Text, or parts that can be sent; anything else is written as its JSON. */
const toolOutput: Codec = {
  read: (native) => native,
  write: (value) => ({ value: accepts(outputParts(), value) ? value : asText(value) }),
};

const outputParts = once(() => z.array(toolOutputPart('record')));

function asText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const recordRows: readonly Row[] = [
  rowOf(['id'], 'id', idText),
  rowOf(['created_at'], 'created_at', epoch('seconds')),
];

/** The members of a conversation that correspond to one field of the model. `metadata` stands apart. */
export function conversationRows(kind: Kind): readonly Row[] {
  return kind === 'request' ? [] : recordRows;
}

/** The id of an item as that of its message. */
export const idRow: Row = rowOf(['message', 'id'], 'id', idText, { assigned: true });
const roleRow: Row = rowOf(['message', 'role'], 'role', text);

/** What a part in the content of a message corresponds to. */
export const contentRows = {
  text: [rowOf(['text'], 'text', text)],
  refusal: [rowOf(['text'], 'refusal', text)],
  image: [
    rowOf(['url'], 'image_url', text),
    rowOf(['file_id'], 'file_id', text),
    rowOf(['detail'], 'detail', text),
  ],
  file: [
    rowOf(['url'], 'file_url', text),
    rowOf(['file_id'], 'file_id', text),
    rowOf(['data'], 'file_data', text),
    rowOf(['name'], 'filename', text),
  ],
} as const satisfies Record<string, readonly Row[]>;

export type ContentType = keyof typeof contentRows;

/** The model's part for each type of content; the first type named for a part is the one written by default. */
export const contentTypes: ReadonlyMap<string, ContentType> = new Map([
  ['input_text', 'text'],
  ['output_text', 'text'],
  ['text', 'text'],
  ['summary_text', 'text'],
  ['reasoning_text', 'text'],
  ['refusal', 'refusal'],
  ['input_image', 'image'],
  ['input_file', 'file'],
]);

/** The type a part is written with unless another is remembered. */
export function defaultContentType(part: ContentType, role: string | undefined): string {
  if (part === 'text') return role === 'assistant' ? 'output_text' : 'input_text';
  return part === 'refusal' ? 'refusal' : `input_${part}`;
}

/** Items that are one call or one result of a tool. Owners in the rows are `message` and `part`. */
export const toolRows = {
  function_call: {
    part: 'tool_call',
    rows: [
      rowOf(['part', 'call_id'], 'call_id', text),
      rowOf(['part', 'name'], 'name', text),
      rowOf(['part', 'arguments'], 'arguments', jsonText),
    ],
  },
  custom_tool_call: {
    part: 'tool_call',
    rows: [
      rowOf(['part', 'call_id'], 'call_id', text),
      rowOf(['part', 'name'], 'name', text),
      rowOf(['part', 'arguments'], 'input', jsonText),
    ],
  },
  function_call_output: {
    part: 'tool_result',
    rows: [
      rowOf(['part', 'call_id'], 'call_id', text),
      rowOf(['part', 'name'], 'name', text),
      rowOf(['part', 'output'], 'output', toolOutput),
    ],
  },
  custom_tool_call_output: {
    part: 'tool_result',
    rows: [rowOf(['part', 'call_id'], 'call_id', text), rowOf(['part', 'output'], 'output', toolOutput)],
  },
} as const satisfies Record<string, { readonly part: string; readonly rows: readonly Row[] }>;

export type ToolType = keyof typeof toolRows;

export function isToolType(type: unknown): type is ToolType {
  return typeof type === 'string' && Object.hasOwn(toolRows, type);
}

/** A call of an MCP tool has its result inside. Owners in the rows are `call` and `result`. */
const mcpRows: readonly Row[] = [
  rowOf(['call', 'name'], 'name', text),
  rowOf(['call', 'arguments'], 'arguments', jsonText),
  rowOf(['result', 'output'], 'output', jsonText),
  rowOf(['result', 'error'], 'error', anything),
];

/** The rows of each type of item that comes second or later of a message, which has its id in the first. */
export const laterRows = {
  message: [roleRow],
  reasoning: [],
  function_call: toolRows.function_call.rows,
  custom_tool_call: toolRows.custom_tool_call.rows,
  function_call_output: toolRows.function_call_output.rows,
  custom_tool_call_output: toolRows.custom_tool_call_output.rows,
  mcp_call: mcpRows,
} as const satisfies Record<ToolType | 'message' | 'reasoning' | 'mcp_call', readonly Row[]>;

/** The same for an item that comes first, with the row of its id. */
export const itemRows: Readonly<Record<keyof typeof laterRows, readonly Row[]>> = {
  message: [idRow, ...laterRows.message],
  reasoning: [idRow],
  function_call: [idRow, ...laterRows.function_call],
  custom_tool_call: [idRow, ...laterRows.custom_tool_call],
  function_call_output: [idRow, ...laterRows.function_call_output],
  custom_tool_call_output: [idRow, ...laterRows.custom_tool_call_output],
  mcp_call: [idRow, ...laterRows.mcp_call],
};
