import { MOST_REMARKS, type Section, workThrough } from '../../input/section.ts';
import type { CheckedSection } from './checked.ts';
import type { Checker } from './checker.ts';
import type { Finding } from './finding.ts';
import { count, startTally } from './tally.ts';

/**
 * Checks all of a section that can be read by itself, but for what is broken and ends the input: behind it there may
 * be bytes that are no text, and then nothing else is said of it.
 */
export async function checkSection(checker: Checker, section: Section): Promise<CheckedSection> {
  const tally = startTally();
  const findings: Finding[] = [];
  const end = await workThrough(section, checker, (found, { isLast }) => {
    if (isLast === true || findings.length + found.length > MOST_REMARKS) return false;
    count(tally, found);
    for (const finding of found) findings.push(finding);
    return true;
  });
  return { end, tally, findings };
}
