type Key = string | number;

/**
 * A map whose keys are those of one object or array. Many are made for every document and most have a handful of
 * keys: a list of them is made and searched faster than a hash table.
 */
export interface KeyMap<Value> {
  /** Of an object. */
  list: Entry<Value> | undefined;
  size: number;
  /** Has all of an object, once that is much. */
  table: Map<string, Value> | undefined;
  /** Of an array, by index. */
  elements: Value[] | undefined;
}

interface Entry<Value> {
  readonly key: string;
  value: Value;
  readonly next: Entry<Value> | undefined;
}

const FEW = 8;

/** A map without keys. */
export function createKeyMap<Value>(): KeyMap<Value> {
  return { list: undefined, size: 0, table: undefined, elements: undefined };
}

/** The value of `key`, or `undefined`. */
export function valueOf<Value>(map: KeyMap<Value>, key: Key): Value | undefined {
  if (typeof key === 'number') return map.elements?.[key];
  return map.table ? map.table.get(key) : find(map, key)?.value;
}

/** Gives `key` this value, whether it had one or not. */
export function setValue<Value>(map: KeyMap<Value>, key: Key, value: Value): void {
  if (typeof key === 'number') {
    map.elements ??= [];
    map.elements[key] = value;
    return;
  }
  if (map.table) {
    map.table.set(key, value);
    return;
  }
  const known = find(map, key);
  if (known) {
    known.value = value;
    return;
  }
  map.list = { key, value, next: map.list };
  map.size += 1;
  if (map.size > FEW) map.table = tableOf(map);
}

function find<Value>({ list }: KeyMap<Value>, key: string): Entry<Value> | undefined {
  for (let entry = list; entry; entry = entry.next) if (entry.key === key) return entry;
  return undefined;
}

function tableOf<Value>({ list }: KeyMap<Value>): Map<string, Value> {
  const table = new Map<string, Value>();
  for (let entry = list; entry; entry = entry.next) table.set(entry.key, entry.value);
  return table;
}
