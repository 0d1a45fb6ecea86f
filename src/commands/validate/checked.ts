import type { SectionEnd } from '../../input/section.ts';
import type { Finding } from './finding.ts';
import type { Tally } from './tally.ts';

/** What was found in a part of an input that was checked by itself; plain data. */
export interface CheckedSection {
  readonly end: SectionEnd;
  /** Of its records alone. */
  readonly tally: Tally;
  /** In the order of the records, and of the text in each. */
  readonly findings: readonly Finding[];
}
