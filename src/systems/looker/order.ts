/**
 * The items at the places that their ranks give them: ranked items change places among themselves, stably, and
 * items without a rank stay where they are.
 */
export function inOrder<Item>(items: readonly Item[], rankOf: (item: Item) => number | undefined): Item[] {
  const ranked = items.flatMap((item) => {
    const rank = rankOf(item);
    return rank === undefined ? [] : [{ item, rank }];
  });
  const sorted = ranked.toSorted((left, right) => left.rank - right.rank).values();
  return items.map((item) => (rankOf(item) === undefined ? item : (sorted.next().value?.item ?? item)));
}
