import { Failure, type FailureDetails } from '../../core/errors.ts';
import type { Section, SectionEnd } from '../../input/section.ts';
import type { LossPattern, ReportedLoss } from '../../output/losses.ts';

/** A part of an input to be converted by itself; plain data, as is what comes of it. */
export interface ConvertTask {
  readonly section: Section;
  readonly layout: Layout;
  /** Every loss is wanted, and not only how many there are. */
  readonly hasReport: boolean;
}

/** How results stand together. */
export interface Layout {
  /** Between two of them. */
  readonly separator: string;
  /** Behind the last of several that are written together. */
  readonly ending: string;
}

export interface ConvertedSection {
  readonly end: SectionEnd;
  /** Results that stand together, and failures, in the order of the records. */
  readonly pieces: readonly (Uint8Array | FailureData)[];
  /** How many records there are, failing ones included; losses count them from 0. */
  readonly records: number;
  readonly patterns: readonly LossPattern[];
  readonly report: readonly ReportedLoss[];
  /** What is odd about `--set`, if the first record has a result. */
  readonly oddities: readonly string[];
}

/** A Failure on its way between threads. */
export interface FailureData {
  readonly code: Failure['code'];
  readonly message: string;
  readonly details: FailureDetails;
}

export function failureOf({ code, message, details }: FailureData): Failure {
  return new Failure(code, message, details);
}

/** A Failure without its cause, which need not be plain data. */
export function dataOf({ code, message, details }: Failure): FailureData {
  return { code, message, details: { ...details, cause: undefined } };
}
