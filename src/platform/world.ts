import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { World } from '../core/format.ts';

/** The clock and the dice. */
export const world: World = {
  now: () => Date.now(),
  ulid: () => ulid().toLowerCase(),
  hex: () => randomBytes(16).toString('hex'),
};
