import { openArray, writeNdjson } from '../../output/json.ts';
import type { Session } from '../session.ts';
import { type Finding, findingJson } from './finding.ts';
import type { ValidateOptions } from './index.ts';
import { renderFinding } from './text.ts';

/** Where findings go as they come. */
export interface Report {
  readonly quiet: boolean;
  readonly add: (findings: readonly Finding[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Text for people, in a pipe too; JSON only where it is asked for. */
export function openReport(
  { stdout, appearance }: Session,
  { output, quiet = false }: ValidateOptions,
): Report {
  if (quiet) return { quiet, add: nothing, close: nothing };
  if (output === 'json') {
    const array = openArray(stdout);
    return { quiet, add: each((finding) => array.element(findingJson(finding))), close: () => array.close() };
  }
  if (output === 'ndjson')
    return { quiet, add: each((finding) => writeNdjson(stdout, findingJson(finding))), close: nothing };
  const add = async (findings: readonly Finding[]): Promise<void> => {
    if (findings.length === 0) return;
    await stdout.write(findings.map((finding) => renderFinding(finding, appearance.style)).join(''));
  };
  return { quiet, add, close: nothing };
}

function each(write: (finding: Finding) => Promise<void>): Report['add'] {
  return async (findings) => {
    for (const finding of findings) await write(finding);
  };
}

async function nothing(): Promise<void> {}
