import type { JsonValue } from './json.ts';
import { fromEpoch, parseTime, renderTime, type TimeUnit, toEpoch } from './time.ts';

/** What writing a model value gave: a native value, perhaps with less detail, or a reason why there is none. */
export type Encoded =
  | { readonly value: JsonValue; readonly narrowed?: string }
  | { readonly refused: string };

/** One value between a format and the model. */
export interface Codec {
  /** The model's value; `undefined` if the model cannot say this one, which then stays in the extension. */
  readonly read: (native: JsonValue) => JsonValue | undefined;
  readonly write: (model: JsonValue) => Encoded;
  /** Whether writing what was read of this gives it again, where that is known without trying. */
  readonly isPlain?: (native: JsonValue) => boolean;
}

const textOnly = (native: JsonValue): JsonValue | undefined =>
  typeof native === 'string' ? native : undefined;

const always = (): boolean => true;

/** Any value, as it is. */
export const anything: Codec = { read: (native) => native, write: (value) => ({ value }), isPlain: always };

export const text: Codec = { read: textOnly, write: (value) => ({ value }), isPlain: always };

/** Ids are text in the model; an integer's spelling is remembered by the mapping. */
export const idText: Codec = {
  read: (native) =>
    typeof native === 'number' && Number.isInteger(native) ? String(native) : textOnly(native),
  write: (value) => ({ value }),
  isPlain: (native) => typeof native === 'string',
};

export const number: Codec = {
  read: (native) => (typeof native === 'number' ? native : undefined),
  write: (value) => (typeof value === 'number' ? { value } : { refused: 'not a number' }),
  isPlain: always,
};

/** A title cut to the characters (code points) its member may have. */
export function textUpTo(characters: number): Codec {
  return {
    read: textOnly,
    write: (value) => {
      const all = typeof value === 'string' ? Array.from(value) : [];
      if (all.length <= characters) return { value };
      return { value: all.slice(0, characters).join(''), narrowed: `cut to ${characters} characters` };
    },
  };
}

/** Seconds or milliseconds since the epoch. */
export function epoch(unit: TimeUnit): Codec {
  return {
    read: (native) => {
      const time = typeof native === 'number' ? fromEpoch(native, unit) : undefined;
      return time && renderTime(time);
    },
    write: (value) => {
      const time = typeof value === 'string' ? parseTime(value) : undefined;
      if (!time) return { refused: 'not a time' };
      const { value: count, floored } = toEpoch(time, unit);
      if (!time.zoned) return { value: count, narrowed: 'the time names no zone and was read as UTC' };
      return floored ? { value: count, narrowed: `rounded down to whole ${unit}` } : { value: count };
    },
    isPlain: Number.isSafeInteger,
  };
}

/** A time kept in the words of its source. */
export const timeText: Codec = {
  read: (native) => (typeof native === 'string' && parseTime(native) ? native : undefined),
  write: (value) => ({ value }),
  isPlain: always,
};
