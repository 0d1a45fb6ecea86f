import type { Share } from './rule.ts';

/** How the value of one word is read. */
export interface Value<T> {
  /** What it takes, in prose: `a whole number from 1`. */
  readonly takes: string;
  /** Every value there is, if they can be counted: the nearest is the hint. */
  readonly words?: readonly string[];
  /** Undefined for a text that is none. */
  readonly read: (text: string) => T | undefined;
}

/** One of a few words, as they are written. */
export function oneOf<Word extends string>(words: readonly Word[]): Value<Word> {
  return {
    takes: `one of ${words.join(', ')}`,
    words,
    read: (text) => words.find((word) => word === text),
  };
}

/** Digits alone; both ends are included. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Value<number> {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`;
  return {
    takes: `a whole number from ${least}${upTo}`,
    read: (text) => {
      const number = Number(text);
      return /^\d+$/.test(text) && number >= least && number <= most ? number : undefined;
    },
  };
}

/** Typed in any case, read in capitals. */
export const method: Value<string> = {
  ...oneOf(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  read: (text) => method.words?.find((word) => word === text.toUpperCase()),
};

/** A glob: `*` is anything but a slash, `**` anything at all. */
export const path: Value<string> = {
  takes: 'a path below that of the system, with a slash at the front, as in /conversations/*',
  read: (text) => (/^(?:\/|\*\*)[^?#]*$/.test(text) ? text : undefined),
};

/** Up to nine digits behind the point, none of them lost. */
export const share: Value<Share> = {
  takes: 'a number above 0 and up to 1, as in 0.25',
  read: (text) => {
    if (/^1(?:\.0{1,9})?$/.test(text)) return { parts: 1, of: 1 };
    const digits = /^0?\.(\d{1,9})$/.exec(text)?.[1];
    if (digits === undefined || Number(digits) === 0) return undefined;
    return { parts: Number(digits), of: 10 ** digits.length };
  },
};

const MOST_DELAY_MS = 3_600_000;

/** Milliseconds. */
export const delay: Value<number> = {
  takes: 'a time up to an hour with its unit, as in 200ms or 2s',
  read: (text) => {
    const [, digits, unit] = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? [];
    const milliseconds = Number(digits) * (unit === 's' ? 1000 : 1);
    return milliseconds > 0 && milliseconds <= MOST_DELAY_MS ? milliseconds : undefined;
  },
};

/** @see https://www.rfc-editor.org/rfc/rfc9110#name-retry-after */
export const retryAfter: Value<string> = {
  takes: 'whole seconds, or a date such as Wed, 21 Oct 2026 07:28:00 GMT',
  read: (text) => {
    if (/^\d{1,9}$/.test(text)) return text;
    const date = new Date(text);
    return !Number.isNaN(date.getTime()) && date.toUTCString() === text ? text : undefined;
  },
};

/** Without a slash at its end. */
export const origin: Value<string> = {
  takes: 'http:// or https:// with a host and at most a port, as in http://127.0.0.1:9999',
  read: (text) => {
    if (!/^https?:\/\/[^/?#@]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
    return new URL(text).origin;
  },
};
