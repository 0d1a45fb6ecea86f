import { Failure } from '../core/errors.ts';
import { JsonSyntaxProblem, parseJson } from '../core/json/parse.ts';
import { positionAt } from '../core/json/position.ts';
import { DEPTH_LIMIT } from '../core/json/scan.ts';
import { isDeeperThan, isObject, type JsonObject, type JsonValue, member } from '../core/json.ts';
import type { ConversationSummary } from '../core/summary.ts';

/** What a file of the store holds: a record of some format, and the id it is known by here. */
export interface Envelope {
  readonly format: string;
  readonly id: string;
  readonly record: JsonObject;
}

/** What a list shows of a conversation. */
export type Summary = ConversationSummary;

/** Given to the store by those who know the formats. May throw for a record that it cannot make sense of. */
export type Summarise = (envelope: Envelope) => Promise<Summary>;

/** A file that could not be used, by its full path, and why. */
export interface DamagedFile {
  readonly file: string;
  readonly message: string;
}

/** Told of each damaged file once per run over the store. */
export type ReportDamage = (problem: DamagedFile) => void;

/** A record is a level down in its file; whatever may come in can so be read again. */
const DEEPEST = DEPTH_LIMIT + 1;

/** The text of a file: indented by two, `\n` at the end, so that `git diff` and `jq` are pleased. */
export function renderEnvelope(envelope: Envelope): string {
  const { format, id, record } = envelope;
  if (isDeeperThan(record, DEPTH_LIMIT)) {
    throw new Failure('invalid', `the conversation would be nested more than ${DEPTH_LIMIT} levels deep`);
  }
  return `${JSON.stringify({ format, id, record }, null, 2)}\n`;
}

/** The envelope in the bytes of a file, or a clause (`it is not JSON: …`) that says why there is none. */
export function parseEnvelope(bytes: Uint8Array): Envelope | string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return 'it is not UTF-8';
  }
  try {
    return asEnvelope(parseJson(text, { deepest: DEEPEST }));
  } catch (error) {
    if (!(error instanceof JsonSyntaxProblem)) throw error;
    const { line, column } = positionAt(text, error.offset);
    return `it is not JSON that can be kept exactly: ${error.message} (line ${line}, column ${column})`;
  }
}

function asEnvelope(value: JsonValue): Envelope | string {
  if (!isObject(value)) return 'it is not a JSON object';
  const format = member(value, 'format');
  const id = member(value, 'id');
  const record = member(value, 'record');
  if (typeof format !== 'string') return 'it has no "format"';
  if (typeof id !== 'string') return 'it has no "id"';
  if (!isObject(record)) return 'it has no "record"';
  // A member nobody knows would vanish with the next update.
  const unknown = Object.keys(value).find((key) => key !== 'format' && key !== 'id' && key !== 'record');
  return unknown === undefined
    ? { format, id, record }
    : `it has the unknown member ${JSON.stringify(unknown)}`;
}
