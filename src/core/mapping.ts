import type { Codec } from './codec.ts';
import { equal, isObject, type JsonObject, type JsonValue, member, setMember, valueAt } from './json.ts';
import type { Ledger } from './ledger.ts';

/** One field of the model and the member that says the same in a format, declared once and read in both directions. */
export interface Row {
  readonly model: readonly string[];
  /** Where the format may have it; it is written to the first. */
  readonly native: readonly (readonly string[])[];
  readonly codec: Codec;
  /** True where both the model and the format allow null. */
  readonly nullable?: boolean;
  /** True if a system that takes a request sets it itself, so that a request does not have it. */
  readonly assigned?: boolean;
}

/** What reading an object gave. */
export interface Mapped {
  /** The model's fields. */
  readonly model: JsonObject;
  /** Members that no row took. */
  readonly rest: JsonObject;
  /** By path (`a/b`): members that writing the field would not give back as they were. */
  readonly written: JsonObject;
}

/** Reads the members that `rows` know; everything else is `rest`. The source is not touched. */
export function readRows(rows: readonly Row[], source: JsonObject, ledger: Ledger): Mapped {
  const model: JsonObject = {};
  const written: JsonObject = {};
  const taken: (readonly string[])[] = [];
  for (const row of rows) {
    const found = row.native.filter((path) => readInto(model, row, path, source, ledger));
    taken.push(...found);
    const [first] = found;
    if (first && found.length === 1 && first === row.native[0] && isPlain(row, valueAt(source, first)))
      continue;
    for (const path of found) setMember(written, path.join('/'), valueAt(source, path) ?? null);
  }
  return { model, rest: without(source, taken), written };
}

/** Takes the member at `path` for the row's field, unless it cannot be read or says otherwise than one before it. */
function readInto(
  model: JsonObject,
  row: Row,
  path: readonly string[],
  source: JsonObject,
  ledger: Ledger,
): boolean {
  const native = valueAt(source, path);
  const value = native === undefined ? undefined : readValue(row, native);
  if (value === undefined) return false;
  const present = valueAt(model, row.model);
  if (present !== undefined && !equal(present, value)) return false;
  place(model, row.model, value, (owner, field) => {
    const [container, key] = lastStep(source, path);
    ledger.origin(owner, field, container, key);
  });
  return true;
}

/** Whether writing what was read gives the same again, so that nothing needs to be remembered. */
function isPlain(row: Row, native: JsonValue | undefined): boolean {
  const value = native === undefined ? undefined : readValue(row, native);
  return value !== undefined && equal(writeValue(row, value), native);
}

/** How a model is written. */
export interface WriteOptions {
  readonly rest?: JsonObject;
  readonly written?: JsonObject;
  /** Leave out what the system assigns. */
  readonly request?: boolean;
}

/** Writes the model's fields over `rest`. A remembered spelling is used only if it still says what the model says. */
export function writeRows(
  rows: readonly Row[],
  owner: object,
  ledger: Ledger,
  { rest = {}, written = {}, request = false }: WriteOptions = {},
): JsonObject {
  const native: JsonObject = { ...rest };
  const model = isObject(owner) ? owner : {};
  for (const row of rows) {
    const value = valueAt(model, row.model);
    if (value === undefined || (value === null && !row.nullable)) continue;
    const [holder, field] = lastStep(model, row.model);
    if (request && row.assigned) {
      ledger.assigned(holder, field);
      continue;
    }
    const remembered = row.native.filter((path) => equal(rememberedValue(row, path, written), value));
    for (const path of remembered) place(native, path, member(written, path.join('/')) ?? null);
    if (remembered.length > 0) {
      ledger.carried(holder, field);
      continue;
    }
    const encoded = value === null ? { value } : row.codec.write(value);
    if ('refused' in encoded) {
      ledger.refused(holder, field, encoded.refused);
      continue;
    }
    place(native, row.native[0] ?? [], encoded.value);
    if ('narrowed' in encoded && encoded.narrowed !== undefined)
      ledger.narrowed(holder, field, encoded.narrowed);
    else ledger.carried(holder, field);
  }
  return native;
}

function readValue(row: Row, native: JsonValue): JsonValue | undefined {
  return native === null ? (row.nullable ? null : undefined) : row.codec.read(native);
}

function writeValue(row: Row, value: JsonValue): JsonValue | undefined {
  if (value === null) return null;
  const encoded = row.codec.write(value);
  return 'value' in encoded ? encoded.value : undefined;
}

function rememberedValue(row: Row, path: readonly string[], written: JsonObject): JsonValue | undefined {
  const native = member(written, path.join('/'));
  return native === undefined ? undefined : readValue(row, native);
}

/** Sets the value at `path`, making objects on the way where there are none. */
export function place(
  target: JsonObject,
  path: readonly string[],
  value: JsonValue,
  placed?: (owner: JsonObject, field: string) => void,
): void {
  let owner = target;
  for (const step of path.slice(0, -1)) {
    const next = member(owner, step);
    const copy: JsonObject = isObject(next) ? (placed ? next : { ...next }) : {};
    setMember(owner, step, copy);
    owner = copy;
  }
  const field = path.at(-1);
  if (field === undefined) return;
  setMember(owner, field, value);
  placed?.(owner, field);
}

function lastStep(source: JsonObject, path: readonly string[]): [JsonObject, string] {
  const owner = valueAt(source, path.slice(0, -1));
  return [isObject(owner) ? owner : source, path.at(-1) ?? ''];
}

/** A copy of `source` without the members at `paths`, and without objects that this left empty. */
export function without(source: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    const here = paths.filter((path) => path[0] === key);
    if (here.length === 0) {
      setMember(rest, key, value);
    } else if (isObject(value) && !here.some((path) => path.length === 1)) {
      const inner = without(
        value,
        here.map((path) => path.slice(1)),
      );
      if (Object.keys(inner).length > 0) setMember(rest, key, inner);
    }
  }
  return rest;
}
