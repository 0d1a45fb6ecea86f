import { equal, isObject, type JsonObject, member } from './json.ts';

/** The members in which two objects differ, as deep down as both have objects there. */
export function changedPaths(before: JsonObject, after: JsonObject): string[][] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => {
    const left = member(before, key);
    const right = member(after, key);
    if (equal(left, right)) return [];
    if (isObject(left) && isObject(right)) return changedPaths(left, right).map((path) => [key, ...path]);
    return [[key]];
  });
}
