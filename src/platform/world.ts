import { randomBytes } from 'node:crypto';
import { ulid } from 'ulid';
import type { World } from '../core/format.ts';

/** The clock and the dice. */
export const world: World = {
  now: () => Date.now(),
  ulid: () => ulid(undefined, roll).toLowerCase(),
  hex: () => randomBytes(16).toString('hex'),
};

let dice = new Uint8Array(0);
let rolled = 0;

/** Random bytes are drawn in bulk: asking the system for each digit of each id takes longer than all else. */
function roll(): number {
  if (rolled === dice.length) {
    dice = randomBytes(1024);
    rolled = 0;
  }
  return (dice[rolled++] ?? 0) / 256;
}
