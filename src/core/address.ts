import { isObject, type JsonObject, type JsonValue, member, setMember } from './json.ts';

/** Keys from an object to a value in it. */
export type Path = readonly string[];

/** A path taken apart once, for those who follow it again and again. */
export interface Address {
  readonly path: Path;
  /** The way to the object that has the member; empty where that is the one the path starts at. */
  readonly owner: Path;
  readonly key: string;
}

/** @throws Error for an empty path. */
export function addressOf(path: Path): Address {
  const key = path.at(-1);
  if (key === undefined) throw new Error('an address needs a key');
  return { path, owner: path.slice(0, -1), key };
}

/** The value there; `undefined` if there is none. */
export function find(object: JsonObject, { owner, key }: Address): JsonValue | undefined {
  const holder = ownerIn(object, owner);
  return holder && member(holder, key);
}

/** The object at the end of a path of objects; `undefined` if there is none. */
export function ownerIn(object: JsonObject, path: Path): JsonObject | undefined {
  let owner = object;
  for (const step of path) {
    const next = member(owner, step);
    if (!isObject(next)) return undefined;
    owner = next;
  }
  return owner;
}

/** The object at the end of a path, made with all on the way to it where there is none. */
export function makeOwner(object: JsonObject, path: Path): JsonObject {
  let owner = object;
  for (const step of path) {
    const next = member(owner, step);
    const inner: JsonObject = isObject(next) ? next : {};
    if (inner !== next) setMember(owner, step, inner);
    owner = inner;
  }
  return owner;
}
