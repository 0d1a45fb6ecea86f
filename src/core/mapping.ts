import { type Address, find, makeOwner, ownerIn, type Path } from './address.ts';
import { equal, isBare, isObject, type JsonObject, type JsonValue, member, setMember } from './json.ts';
import type { Ledger } from './ledger.ts';
import type { Row } from './row.ts';

export type { Path } from './address.ts';

/** What reading an object gave. */
export interface Mapped {
  /** The model's fields. */
  readonly model: JsonObject;
  /** Members that no row took; none where nobody keeps them. */
  readonly rest: JsonObject;
  /** By path (`a/b`): members that writing the field would not give back as they were; only to be read. */
  readonly written: JsonObject;
}

/** Most objects have no forms to remember. */
const nothing: JsonObject = Object.freeze({});

/** What a reader does itself beside what its rows do. */
export interface ReadOptions {
  /** Gets the fields, behind those it has; absent: a new object. */
  readonly into?: JsonObject;
  /** Members that the reader takes, so that they are no `rest`. */
  readonly taken?: readonly Path[];
  /** The rest is a part of the model. */
  readonly needsRest?: boolean;
}

/** Reads the members that `rows` know; everything else is `rest`. The source is not touched. */
export function readRows(
  rows: readonly Row[],
  source: JsonObject,
  ledger: Ledger,
  { into: model = {}, taken: others = none, needsRest = false }: ReadOptions = {},
): Mapped {
  const { keepsOwn } = ledger;
  let written = nothing;
  // Each place of each row, counted through, has a bit: a list for every object would cost more than reading it.
  let taken = 0;
  let bit = 1;
  for (const row of rows) {
    const first = bit;
    let here = 0;
    for (const address of row.native) {
      if (readInto(model, row, address, source, ledger)) here |= bit;
      bit <<= 1;
    }
    taken |= here;
    if (!keepsOwn || here === 0 || (here === first && isPlain(row, model, source))) continue;
    if (written === nothing) written = {};
    for (const address of addressesTaken([row], here / first)) remember(written, address, source);
  }
  const rest = keepsOwn || needsRest ? restOf(source, rows, taken, others) : nothing;
  return { model, rest, written };
}

const none: readonly Path[] = [];

/** Takes the member at `address` for the row's field, unless it cannot be read or says otherwise than one before it. */
function readInto(
  model: JsonObject,
  row: Row,
  address: Address,
  source: JsonObject,
  ledger: Ledger,
): boolean {
  const holder = ownerIn(source, address.owner);
  const native = holder && member(holder, address.key);
  const value = native === undefined ? undefined : readValue(row, native);
  if (holder === undefined || value === undefined) return false;
  const { owner: way, key: field } = row.model;
  const owner = makeOwner(model, way);
  const present = member(owner, field);
  if (present !== undefined && !equal(present, value)) return false;
  setMember(owner, field, value);
  ledger.origin(owner, field, holder, address.key);
  return true;
}

/** Whether writing what was read from the first place gives the same again, so that nothing needs to be remembered. */
function isPlain(row: Row, model: JsonObject, source: JsonObject): boolean {
  const [first] = row.native;
  const native = first && find(source, first);
  if (native === undefined) return false;
  if (native === null || row.codec.isPlain?.(native) === true) return true;
  const value = find(model, row.model);
  return value !== undefined && equal(writeValue(row, value), native);
}

function remember(written: JsonObject, address: Address, source: JsonObject): void {
  setMember(written, nameOf(address), find(source, address) ?? null);
}

/** How a member is named among the forms that are remembered. */
function nameOf({ path, owner, key }: Address): string {
  return owner.length === 0 ? key : path.join('/');
}

/** The members that neither the rows took nor the reader itself; only to be read. */
function restOf(
  source: JsonObject,
  rows: readonly Row[],
  taken: number,
  others: readonly Path[],
): JsonObject {
  let rest = nothing;
  let paths: readonly Path[] | undefined;
  for (const key in source) {
    if (isAmong(key, others) || isTaken(key, rows, taken)) continue;
    if (rest === nothing) rest = {};
    const value = member(source, key) ?? null;
    // Only of an object may something have been taken and something be left.
    if (isObject(value)) paths ??= [...others, ...addressesTaken(rows, taken).map(({ path }) => path)];
    keep(rest, key, value, paths ?? none, 0);
  }
  return rest;
}

function isAmong(key: string, paths: readonly Path[]): boolean {
  for (const path of paths) if (path.length === 1 && path[0] === key) return true;
  return false;
}

/** Whether a row took the member itself, and not something in it. */
function isTaken(key: string, rows: readonly Row[], taken: number): boolean {
  let bit = 1;
  for (const { native } of rows) {
    for (const address of native) {
      if ((taken & bit) !== 0 && address.key === key && address.owner.length === 0) return true;
      bit <<= 1;
    }
  }
  return false;
}

function addressesTaken(rows: readonly Row[], taken: number): Address[] {
  return rows.flatMap(({ native }) => native).filter((_, index) => (taken & (1 << index)) !== 0);
}

/** How a model is written. */
export interface WriteOptions {
  /** Gets the members, over those it has; absent: a new object. */
  readonly into?: JsonObject;
  readonly written?: JsonObject;
  /** Leave out what the system assigns. */
  readonly request?: boolean;
}

/** Writes the model's fields. A remembered spelling is used only if it still says what the model says. */
export function writeRows(
  rows: readonly Row[],
  owner: object,
  ledger: Ledger,
  { into: native = {}, written = nothing, request = false }: WriteOptions = {},
): JsonObject {
  const model = isObject(owner) ? owner : nothing;
  const isRemembering = !isBare(written);
  for (const row of rows) {
    const field = row.model.key;
    const holder = ownerIn(model, row.model.owner);
    const value = holder && member(holder, field);
    if (holder === undefined || value === undefined || (value === null && !row.nullable)) continue;
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
    place(native, row.native[0]?.path ?? [], encoded.value);
    if ('narrowed' in encoded && encoded.narrowed !== undefined)
      ledger.narrowed(holder, field, encoded.narrowed);
    else ledger.carried(holder, field);
  }
  return native;
}

/** Writes the spellings that still say `value`; false if none does. */
function writeRemembered(row: Row, value: JsonValue, written: JsonObject, native: JsonObject): boolean {
  let isWritten = false;
  for (const address of row.native) {
    const spelling = member(written, nameOf(address));
    const said = spelling === undefined ? undefined : readValue(row, spelling);
    if (spelling === undefined || !equal(said, value)) continue;
    place(native, address.path, spelling);
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
export function without(source: JsonObject, paths: readonly Path[], depth = 0): JsonObject {
  const rest: JsonObject = {};
  for (const key in source) keep(rest, key, member(source, key) ?? null, paths, depth);
  return rest;
}

/** Sets what `paths` leave of a member. */
function keep(rest: JsonObject, key: string, value: JsonValue, paths: readonly Path[], depth: number): void {
  const taken = howTaken(key, paths, depth);
  if (taken === 'not') {
    setMember(rest, key, value);
  } else if (taken === 'in part' && isObject(value)) {
    const below = paths.filter((path) => path[depth] === key);
    const inner = without(value, below, depth + 1);
    if (!isBare(inner)) setMember(rest, key, inner);
  }
}

function howTaken(key: string, paths: readonly Path[], depth: number): 'not' | 'in part' | 'whole' {
  let taken: 'not' | 'in part' = 'not';
  for (const path of paths) {
    if (path[depth] !== key) continue;
    if (path.length === depth + 1) return 'whole';
    taken = 'in part';
  }
  return taken;
}
