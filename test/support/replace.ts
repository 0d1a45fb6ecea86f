import {
  isObject,
  type JsonObject,
  type JsonPath,
  type JsonValue,
  member,
  setMember,
} from '../../src/core/json.ts';

/** A copy of a document with the value at `path` replaced. */
export function replaceAt(
  document: JsonObject,
  path: JsonPath,
  change: (value: JsonValue) => JsonValue,
): JsonObject | undefined {
  const changed = inside(document, path, change);
  return isObject(changed) ? changed : undefined;
}

function inside(value: JsonValue, path: JsonPath, change: (value: JsonValue) => JsonValue): JsonValue {
  const [step, ...below] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? inside(item, below, change) : item));
  if (!isObject(value)) return value;
  const copy: JsonObject = { ...value };
  setMember(copy, String(step), inside(member(value, String(step)) ?? null, below, change));
  return copy;
}
