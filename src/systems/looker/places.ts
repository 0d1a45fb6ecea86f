import {
  fromPointer,
  isObject,
  type JsonObject,
  type JsonValue,
  member,
  toPointer,
  valueAt,
} from '../../core/json.ts';
import { place } from '../../core/mapping.ts';
import { isPart } from '../../core/parts.ts';
import { textTypeFor } from './text-type.ts';

/** Where the API has what each part says, as JSON pointers into the content; `''` for what it cannot say. */
export function defaultPlaces(role: string | undefined, parts: readonly JsonObject[]): string[] {
  return parts.map((part) => {
    if (isPart(part, 'text')) return role === 'user' ? '/userMessage/text' : '/systemMessage/text/parts';
    if (isPart(part, 'error')) return '/systemMessage/error/text';
    return isPart(part, 'other') && part.format === 'looker' ? toPointer(['systemMessage', part.kind]) : '';
  });
}

/** Lays parts into a copy of `native` at their places below `base`; `undefined` if a part has no place. */
export function placeParts(
  native: JsonObject,
  base: readonly string[],
  parts: readonly JsonObject[],
  places: readonly string[],
): JsonObject | undefined {
  const filled = { ...native };
  for (let start = 0; start < parts.length; ) {
    const pointer = places[start] ?? '';
    const path = fromPointer(pointer);
    if (path.length === 0) return undefined;
    let end = start + 1;
    while (end < parts.length && places[end] === pointer) end += 1;
    placeTogether(filled, [...base, ...path], parts.slice(start, end));
    start = end;
  }
  return filled;
}

function placeTogether(target: JsonObject, path: readonly string[], parts: readonly JsonObject[]): void {
  const [first] = parts;
  if (!first) return;
  const owner = path.slice(0, -1);
  if (isPart(first, 'other')) return place(target, path, member(first, 'value') ?? null);
  const texts = parts.flatMap((part) => {
    const text = member(part, 'text');
    return typeof text === 'string' ? [text] : [];
  });
  if (path.at(-1) !== 'parts') {
    place(target, path, texts.join('\n'));
    const code = isPart(first, 'error') ? first.code : undefined;
    if (code !== undefined) place(target, [...owner, 'code'], code);
    return;
  }
  place(target, path, texts);
  const textType = wantedType(first);
  const text = valueAt(target, owner);
  const isTyped = isObject(text) && (Object.hasOwn(text, 'textType') || Object.hasOwn(text, 'text_type'));
  if (textType !== undefined && !isTyped) place(target, [...owner, 'textType'], textType);
}

function wantedType(part: JsonObject): JsonValue | undefined {
  const own = valueAt(part, ['extensions', 'looker', 'textType']);
  return own === undefined ? textTypeFor(member(part, 'channel')) : own;
}
