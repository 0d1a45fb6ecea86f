/**
 * A map whose keys are objects. One is made for every document, and most documents have a handful of objects: these
 * are passed by one after the other in less time than it takes to hash them.
 */
export interface ObjectMap<Value> {
  readonly keys: object[];
  readonly values: Value[];
  /** Where the object last asked for stands: most are asked for several times in a row. */
  last: number;
  /** Where each object stands, once they are many. */
  places: Map<object, number> | undefined;
}

const FEW = 24;

export function createObjectMap<Value>(): ObjectMap<Value> {
  return { keys: [], values: [], last: 0, places: undefined };
}

/** The value of `key`, or `undefined`. */
export function valueAt<Value>(map: ObjectMap<Value>, key: object): Value | undefined {
  if (map.keys[map.last] !== key) {
    const place = map.places ? map.places.get(key) : placeOf(map, key);
    if (place === undefined) return undefined;
    map.last = place;
  }
  return map.values[map.last];
}

/** Gives `key` this value, whether it had one or not. */
export function setAt<Value>(map: ObjectMap<Value>, key: object, value: Value): void {
  map.last = map.keys.length;
  map.places?.set(key, map.last);
  map.keys.push(key);
  map.values.push(value);
  if (map.keys.length === FEW) map.places = placesOf(map);
}

/** The latest first: it is the likeliest, and counts if an object was given several values. */
function placeOf({ keys }: ObjectMap<unknown>, key: object): number | undefined {
  for (let place = keys.length - 1; place >= 0; place--) if (keys[place] === key) return place;
  return undefined;
}

function placesOf({ keys }: ObjectMap<unknown>): Map<object, number> {
  const places = new Map<object, number>();
  for (const [place, key] of keys.entries()) places.set(key, place);
  return places;
}
