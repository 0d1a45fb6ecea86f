/**
 * Whether a text matches a pattern of Looker's searches in any case: `%` stands for any characters, `_` for one.
 * It takes no longer than the product of both lengths.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/methods/Dashboard/search_dashboards
 */
export function matchesPattern(text: string, pattern: string): boolean {
  const characters = Array.from(text.toLowerCase());
  const wanted = Array.from(pattern.toLowerCase());
  let at = 0;
  let next = 0;
  let retry: { at: number; readonly next: number } | undefined;
  while (at < characters.length) {
    if (wanted[next] === '%') {
      next += 1;
      retry = { at, next };
    } else if (next < wanted.length && (wanted[next] === '_' || wanted[next] === characters[at])) {
      next += 1;
      at += 1;
    } else if (retry) {
      // The last `%` takes one character more; those before it need not take others.
      retry.at += 1;
      at = retry.at;
      next = retry.next;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((each) => each === '%');
}
