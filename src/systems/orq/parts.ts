import { anything, number, text } from '../../core/codec.ts';
import { carryExtension, extensionOf, extensionsWith, placeExtension } from '../../core/extension.ts';
import { isObject, type JsonArray, type JsonObject, type JsonValue, member } from '../../core/json.ts';
import type { Ledger } from '../../core/ledger.ts';
import { readRows, writeRows } from '../../core/mapping.ts';
import { isPart, typeOf } from '../../core/parts.ts';
import { type Row, rowOf } from '../../core/row.ts';
import type { Names } from './spelling.ts';

/** How each kind of part corresponds to a part of the model of the type named. */
type Table = Readonly<Record<string, { readonly type: string; readonly rows: readonly Row[] }>>;

const tables = new Map<Names, Table>();

function tableOf(names: Names): Table {
  const known = tables.get(names);
  if (known) return known;
  const built = buildTable(names);
  tables.set(names, built);
  return built;
}

function buildTable(names: Names): Table {
  return {
    text: { type: 'text', rows: [rowOf(['text'], 'text', text)] },
    error: { type: 'error', rows: [rowOf(['text'], 'error', text), rowOf(['code'], 'code', number)] },
    file: {
      type: 'file',
      rows: [
        rowOf(['url'], ['file', 'uri'], text),
        rowOf(['data'], ['file', 'bytes'], text),
        rowOf(['name'], ['file', 'name'], text),
        rowOf(['media_type'], ['file', names.mimeType], text),
      ],
    },
    tool_result: {
      type: 'tool_result',
      rows: [
        rowOf(['call_id'], 'tool_call_id', text),
        rowOf(['output'], 'result', anything, { nullable: true }),
      ],
    },
  };
}

/** A part of a kind that the model has no type for is kept whole. */
export function readPart(
  native: JsonValue,
  list: JsonArray,
  index: number,
  names: Names,
  ledger: Ledger,
): JsonObject {
  const part = isObject(native) ? readKnown(native, names, ledger) : undefined;
  const read = part ?? { type: 'other', format: 'orq', kind: kindOf(native), value: native };
  ledger.origin(read, '$self', list, index);
  if (!part) ledger.origin(read, 'value', list, index);
  return read;
}

function readKnown(native: JsonObject, names: Names, ledger: Ledger): JsonObject | undefined {
  const kind = kindOf(native);
  const table = tableOf(names);
  const known = Object.hasOwn(table, kind) ? table[kind] : undefined;
  if (!known || isEmptyFile(native)) return undefined;
  ledger.implied(native, 'kind');
  const {
    model: part,
    rest,
    written,
  } = readRows(known.rows, native, ledger, {
    into: { type: known.type },
    taken: [['kind']],
  });
  const extensions = extensionsWith('orq', rest, written);
  if (extensions) part['extensions'] = extensions;
  placeExtension(part, 'orq', native, ledger);
  return part;
}

/** A file that is neither here nor anywhere else means nothing to another system. */
function isEmptyFile(native: JsonObject): boolean {
  const file = member(native, 'file');
  return isObject(file) && typeof file['bytes'] !== 'string' && typeof file['uri'] !== 'string';
}

function kindOf(native: JsonValue): string {
  const kind = isObject(native) ? member(native, 'kind') : undefined;
  return typeof kind === 'string' ? kind : '';
}

/** The part as Orq.ai has it; `undefined`, with the reason in the ledger, if it cannot. */
export function writePart(part: JsonObject, names: Names, ledger: Ledger): JsonObject | undefined {
  if (isPart(part, 'other') && part.format === 'orq' && isObject(part.value)) {
    for (const field of ['format', 'value']) ledger.carried(part, field);
    if (part.kind === kindOf(part.value)) ledger.carried(part, 'kind');
    return part.value;
  }
  const refusal = refusalOf(part);
  if (refusal !== undefined) {
    ledger.refused(part, '$self', refusal);
    return undefined;
  }
  const kind = typeOf(part);
  const rows = tableOf(names)[kind]?.rows ?? [];
  const { rest, written } = extensionOf(part, 'orq');
  carryExtension(part, 'orq', ledger);
  return writeRows(rows, part, ledger, { into: { kind, ...rest }, written });
}

const types = new Set(['text', 'error', 'file', 'tool_result']);

function refusalOf(part: JsonObject): string | undefined {
  const type = typeOf(part);
  if (!types.has(type))
    return `Orq.ai has no message part for ${type === 'other' ? 'it' : `a part of type ${type}`}`;
  if (isPart(part, 'tool_result') && part.call_id === undefined)
    return 'Orq.ai needs the id of the call it answers';
  if (isPart(part, 'file') && part.url === undefined && part.data === undefined) {
    return 'Orq.ai needs the address or the bytes of a file';
  }
  return undefined;
}
