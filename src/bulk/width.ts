/** How many jobs are at work at once. It follows what a system allows, which no vendor says before it is too much. */
export interface Width {
  /** There are never more. */
  readonly most: number;
  /** Resolves when one more may be begun. */
  readonly enter: () => Promise<void>;
  /** One is over. */
  readonly leave: () => void;
  /** It was too much: half as many from here on, and then slowly more. */
  readonly narrow: () => void;
}

export interface WidthOptions {
  readonly first: number;
  /** Absent: as many as at first, and always so many. */
  readonly most?: number;
}

export function openWidth({ first, most = first }: WidthOptions): Width {
  const least = most === first ? first : 1;
  const waiting: (() => void)[] = [];
  let [limit, inside] = [first, 0];
  // Jobs that were over since the limit changed last, but for those that had been begun before it was narrowed.
  let calm = 0;
  const admit = (): void => {
    while (inside < limit && waiting.length > 0) {
      inside += 1;
      waiting.shift()?.();
    }
  };
  return {
    most,
    enter: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        admit();
      }),
    leave() {
      inside -= 1;
      calm += 1;
      if (calm >= limit && limit < most) [limit, calm] = [limit + 1, 0];
      admit();
    },
    narrow() {
      // What was begun before the last time says nothing new.
      if (calm < 0) return;
      limit = Math.max(least, Math.floor(limit / 2));
      calm = -inside;
    },
  };
}
