type Key = string | number;

/**
 * A map whose keys are those of one object or array. Many are made for every document and most have a handful of
 * keys: a list of them is made and searched faster than a hash table.
 */
export interface KeyMap<Value> {
  list: Entry<Value> | undefined;
  size: number;
  /** Has everything, once that is much. */
  table: Map<Key, Value> | undefined;
}

interface Entry<Value> {
  readonly key: Key;
  value: Value;
  readonly next: Entry<Value> | undefined;
}

const FEW = 8;

/** A map with one key. */
export function createKeyMap<Value>(key: Key, value: Value): KeyMap<Value> {
  return { list: { key, value, next: undefined }, size: 1, table: undefined };
}

/** The value of `key`, or `undefined`. */
export function valueOf<Value>(map: KeyMap<Value>, key: Key): Value | undefined {
  return map.table ? map.table.get(key) : find(map, key)?.value;
}

/** Gives `key` this value, whether it had one or not. */
export function setValue<Value>(map: KeyMap<Value>, key: Key, value: Value): void {
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

function find<Value>({ list }: KeyMap<Value>, key: Key): Entry<Value> | undefined {
  for (let entry = list; entry; entry = entry.next) if (entry.key === key) return entry;
  return undefined;
}

function tableOf<Value>({ list }: KeyMap<Value>): Map<Key, Value> {
  const table = new Map<Key, Value>();
  for (let entry = list; entry; entry = entry.next) table.set(entry.key, entry.value);
  return table;
}
