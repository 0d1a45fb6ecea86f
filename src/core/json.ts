/** JSON as the program holds it: plain values, objects with own members only. */
export type JsonPrimitive = string | number | boolean | null;
export type JsonValue = JsonPrimitive | JsonArray | JsonObject;
export type JsonArray = JsonValue[];
export interface JsonObject {
  [key: string]: JsonValue;
}

/** Keys and indexes from the root of a document to one of its values. */
export type JsonPath = readonly (string | number)[];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object has no members; asks for no list of them, as `Object.keys` would. */
export function isBare(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

/** The own member `key`, or `undefined`: a key such as `constructor` or `__proto__` never reaches a prototype. */
export function member(object: JsonObject, key: string): JsonValue | undefined {
  const value = object[key];
  // What objects inherit are functions, which JSON does not have, and `__proto__`; only these cost a second look.
  if (value === undefined || (typeof value !== 'function' && key !== '__proto__')) return value;
  return Object.hasOwn(object, key) ? value : undefined;
}

/** Sets an own member. `__proto__` is a key like any other. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** The value at `path`, or `undefined` where the document has none. */
export function valueAt(document: JsonValue, path: JsonPath): JsonValue | undefined {
  let value: JsonValue | undefined = document;
  for (const step of path) {
    if (Array.isArray(value)) value = typeof step === 'number' ? value[step] : value[indexOf(step)];
    else if (isObject(value)) value = member(value, String(step));
    else return undefined;
  }
  return value;
}

function indexOf(step: string): number {
  return /^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1;
}

/** JSON equality: key order does not matter, `-0` is `0`. */
export function equal(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, i) => equal(item, right[i]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]))
  );
}

/** RFC 6901: `/items/0/role`; the root is the empty string. */
export function toPointer(path: JsonPath): string {
  return path.map(pointerStep).join('');
}

/** One step of a pointer, with its slash. */
export function pointerStep(step: string | number): string {
  const isPlain = typeof step === 'number' || !(step.includes('~') || step.includes('/'));
  return isPlain ? `/${step}` : `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The inverse of {@link toPointer}; every step is a string, as a pointer does not tell keys from indexes. */
export function fromPointer(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Whether arrays and objects are nested in it more than so many levels. */
export function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
