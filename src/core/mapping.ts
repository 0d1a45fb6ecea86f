import type { Codec } from './codec.ts';
import {
  equal,
  isBare,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  setMember,
  valueAt,
} from './json.ts';
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

/** What a reader does itself beside what its rows do. */
export interface ReadOptions {
  /** Gets the fields, behind those it has; absent: a new object. */
  readonly into?: JsonObject;
  /** Members that the reader takes, so that they are no `rest`. */
  readonly taken?: readonly Path[];
}

/** Keys from an object to a value in it. */
export type Path = readonly string[];

/** Reads the members that `rows` know; everything else is `rest`. The source is not touched. */
export function readRows(
  rows: readonly Row[],
  source: JsonObject,
  ledger: Ledger,
  { into: model = {}, taken: others = [] }: ReadOptions = {},
): Mapped {
  const written: JsonObject = {};
  const taken = [...others];
  for (const row of rows) {
    const before = taken.length;
    for (const path of row.native) if (readInto(model, row, path, source, ledger)) taken.push(path);
    const count = taken.length - before;
    const first = taken[before] ?? [];
    if (
      count === 1 &&
      first === row.native[0] &&
      isPlain(row, valueAt(model, row.model), valueAt(source, first))
    )
      continue;
    for (let at = before; at < taken.length; at++) remember(written, taken[at] ?? [], source);
  }
  return { model, rest: without(source, taken), written };
}

function remember(written: JsonObject, path: Path, source: JsonObject): void {
  setMember(written, nameOf(path), valueAt(source, path) ?? null);
}

/** How a member is named among the forms that are remembered. */
function nameOf(path: Path): string {
  return path.length === 1 ? (path[0] ?? '') : path.join('/');
}

/** Takes the member at `path` for the row's field, unless it cannot be read or says otherwise than one before it. */
function readInto(model: JsonObject, row: Row, path: Path, source: JsonObject, ledger: Ledger): boolean {
  const native = valueAt(source, path);
  const value = native === undefined ? undefined : readValue(row, native);
  if (value === undefined) return false;
  const present = valueAt(model, row.model);
  if (present !== undefined && !equal(present, value)) return false;
  const owner = makeOwner(model, row.model);
  const field = row.model.at(-1) ?? '';
  setMember(owner, field, value);
  ledger.origin(owner, field, ownerAt(source, path), path.at(-1) ?? '');
  return true;
}

/** The object that has the last step of `path`, made with all on the way to it where there is none. */
function makeOwner(target: JsonObject, path: Path): JsonObject {
  let owner = target;
  for (let at = 0; at < path.length - 1; at++) {
    const step = path[at] ?? '';
    const next = member(owner, step);
    const inner: JsonObject = isObject(next) ? next : {};
    if (inner !== next) setMember(owner, step, inner);
    owner = inner;
  }
  return owner;
}

/** The object that has the last step of `path`; `source` itself where there is none. */
function ownerAt(source: JsonObject, path: Path): JsonObject {
  if (path.length < 2) return source;
  const owner = valueAt(source, path.slice(0, -1));
  return isObject(owner) ? owner : source;
}

/** Whether writing what was read gives the same again, so that nothing needs to be remembered. */
function isPlain(row: Row, value: JsonValue | undefined, native: JsonValue | undefined): boolean {
  return value !== undefined && native !== undefined && equal(writeValue(row, value), native);
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
  const isRemembering = !isBare(written);
  for (const row of rows) {
    const value = valueAt(model, row.model);
    if (value === undefined || (value === null && !row.nullable)) continue;
    const holder = ownerAt(model, row.model);
    const field = row.model.at(-1) ?? '';
    if (request && row.assigned) {
      ledger.assigned(holder, field);
      continue;
    }
    if (isRemembering && writeRemembered(row, value, written, native)) {
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

/** Writes the spellings that still say `value`; false if none does. */
function writeRemembered(row: Row, value: JsonValue, written: JsonObject, native: JsonObject): boolean {
  let isWritten = false;
  for (const path of row.native) {
    const spelling = member(written, nameOf(path));
    const said = spelling === undefined ? undefined : readValue(row, spelling);
    if (spelling === undefined || !equal(said, value)) continue;
    place(native, path, spelling);
    isWritten = true;
  }
  return isWritten;
}

function readValue(row: Row, native: JsonValue): JsonValue | undefined {
  return native === null ? (row.nullable ? null : undefined) : row.codec.read(native);
}

function writeValue(row: Row, value: JsonValue): JsonValue | undefined {
  if (value === null) return null;
  const encoded = row.codec.write(value);
  return 'value' in encoded ? encoded.value : undefined;
}

/** Sets the value at `path`, making objects on the way where there are none, and copying those that are there. */
export function place(target: JsonObject, path: Path, value: JsonValue): void {
  let owner = target;
  for (let at = 0; at < path.length - 1; at++) {
    const step = path[at] ?? '';
    const next = member(owner, step);
    const copy: JsonObject = isObject(next) ? { ...next } : {};
    setMember(owner, step, copy);
    owner = copy;
  }
  const field = path.at(-1);
  if (field !== undefined) setMember(owner, field, value);
}

/** A copy of `source` without the members at `paths`, and without objects that this left empty. */
export function without(source: JsonObject, paths: readonly Path[]): JsonObject {
  const rest: JsonObject = {};
  for (const key of Object.keys(source)) {
    const value = member(source, key) ?? null;
    const taken = howTaken(key, paths);
    if (taken === 'not') {
      setMember(rest, key, value);
    } else if (taken === 'in part' && isObject(value)) {
      const below = paths.filter((path) => path[0] === key).map((path) => path.slice(1));
      const inner = without(value, below);
      if (!isBare(inner)) setMember(rest, key, inner);
    }
  }
  return rest;
}

function howTaken(key: string, paths: readonly Path[]): 'not' | 'in part' | 'whole' {
  let taken: 'not' | 'in part' = 'not';
  for (const path of paths) {
    if (path[0] !== key) continue;
    if (path.length === 1) return 'whole';
    taken = 'in part';
  }
  return taken;
}
