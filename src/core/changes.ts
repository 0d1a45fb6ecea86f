import { equal, isObject, type JsonObject, type JsonValue, member, setMember } from './json.ts';

/** `after`, with its members in the order that `before` had them, new ones last: what did not change stays in place. */
export function inOrderOf(before: JsonValue | undefined, after: JsonValue): JsonValue {
  if (before === after || before === undefined) return after;
  if (Array.isArray(before) && Array.isArray(after))
    return after.map((item, index) => inOrderOf(before[index], item));
  if (!isObject(before) || !isObject(after)) return after;
  const ordered: JsonObject = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = member(after, key);
    if (value !== undefined) setMember(ordered, key, inOrderOf(member(before, key), value));
  }
  return ordered;
}

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
