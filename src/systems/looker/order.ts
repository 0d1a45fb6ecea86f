/**
 * The items at the places that their ranks give them: ranked items change places among themselves, stably, and
 * items without a rank stay where they are.
 */
export function inOrder<Item>(items: readonly Item[], rankOf: (item: Item) => number | undefined): Item[] {
  const ranked: { readonly item: Item; readonly rank: number }[] = [];
  for (const item of items) {
    const rank = rankOf(item);
    if (rank !== undefined) ranked.push({ item, rank });
  }
  if (ranked.every(({ rank }, index) => index === 0 || (ranked[index - 1]?.rank ?? rank) <= rank))
    return [...items];
  const sorted = ranked.toSorted((left, right) => left.rank - right.rank).values();
  return items.map((item) => (rankOf(item) === undefined ? item : (sorted.next().value?.item ?? item)));
}
