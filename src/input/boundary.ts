import { code } from '../core/json/characters.ts';
import { skipString } from '../core/json/scan.ts';

/** Where a text can be cut: about `wanted` behind `from`, and not behind `limit`; `undefined` if nowhere. */
export type FindBoundary = (
  text: string,
  from: number,
  span: { readonly wanted: number; readonly limit: number },
) => number | undefined;

/** Behind a line feed: the last one within what is wanted, else the next. */
export const behindLine: FindBoundary = (text, from, { wanted, limit }) => {
  const last = text.lastIndexOf('\n', Math.min(from + wanted, limit) - 1);
  if (last >= from) return last + 1;
  const next = text.indexOf('\n', from + wanted);
  return next === -1 || next >= limit ? undefined : next + 1;
};

/**
 * Behind an object or array on the outermost level, or that of the elements of an array: the first one not within what
 * is wanted, else the last. A quick look at brackets and quotes, which takes the text for JSON.
 */
export const behindValue: FindBoundary = (text, from, { wanted, limit }) => {
  let depth = 0;
  let found: number | undefined;
  for (let at = from; at < limit; ) {
    const unit = text.charCodeAt(at);
    if (unit === code.quote) {
      at = skipString(text, at, limit);
      continue;
    }
    at++;
    if (unit === code.openBrace || unit === code.openBracket) depth++;
    else if (unit === code.closeBrace || unit === code.closeBracket) {
      depth--;
      if (depth < 0) return found;
      if (depth > 0) continue;
      found = at;
      if (at - from >= wanted) return found;
    }
  }
  return found;
};
