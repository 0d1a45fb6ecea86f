import { neutralise } from './terminal-text.ts';

/** What stands in a table or beside a label. `null` and `undefined` are drawn as nothing. */
export type Cell = string | number | boolean | null | undefined;

/** The cell as harmless text of one line. */
export function cellText(cell: Cell): string {
  return cell === null || cell === undefined ? '' : neutralise(String(cell)).trim();
}
