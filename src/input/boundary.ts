import { code } from '../core/json/characters.ts';

/** Where bytes can be cut: about `wanted` behind `from`, and not behind `limit`; `undefined` if nowhere. */
export type FindBoundary = (
  bytes: Buffer,
  from: number,
  span: { readonly wanted: number; readonly limit: number },
) => number | undefined;

/** Behind a line feed: the last one within what is wanted, else the next. */
export const behindLine: FindBoundary = (bytes, from, { wanted, limit }) => {
  const last = bytes.lastIndexOf(code.lineFeed, Math.min(from + wanted, limit) - 1);
  if (last >= from) return last + 1;
  const next = bytes.indexOf(code.lineFeed, from + wanted);
  return next === -1 || next >= limit ? undefined : next + 1;
};

/**
 * Behind an object or array on the outermost level, or that of the elements of an array: the first one not within what
 * is wanted, else the last. A quick look at brackets and quotes, which takes the bytes for JSON.
 */
export const behindValue: FindBoundary = (bytes, from, { wanted, limit }) => {
  let depth = 0;
  let found: number | undefined;
  for (let at = from; at < limit; ) {
    const byte = bytes[at++];
    if (byte === code.quote) {
      at = behindString(bytes, at, limit);
    } else if (byte === code.openBrace || byte === code.openBracket) depth++;
    else if (byte === code.closeBrace || byte === code.closeBracket) {
      depth--;
      if (depth < 0) return found;
      if (depth > 0) continue;
      found = at;
      if (at - from >= wanted) return found;
    }
  }
  return found;
};

/** Strings are short as a rule: to search each for its quote would take longer than to go through it. */
function behindString(bytes: Buffer, start: number, limit: number): number {
  let at = start;
  while (at < limit) {
    const byte = bytes[at++];
    if (byte === code.quote) return at;
    if (byte === code.backslash) at++;
  }
  return at;
}
