import { createHash } from 'node:crypto';

/**
 * So many hexadecimal digits (64 at most) that are the same whenever they are asked for with the same words, and others
 * for any other: for what a system would have given an id, and the store has none.
 */
export function derivedHex(words: string, digits: number): string {
  return createHash('sha256').update(words).digest('hex').slice(0, digits);
}
