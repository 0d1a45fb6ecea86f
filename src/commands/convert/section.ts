import type { Failure } from '../../core/errors.ts';
import { stringify } from '../../core/json/inexact.ts';
import type { JsonObject } from '../../core/json.ts';
import type { HalfLines } from '../../input/lines.ts';
import { endBehind, readSection, type SectionEnd } from '../../input/section.ts';
import { createLossTally, type ReportedLoss } from '../../output/losses.ts';
import { openTextBytes } from '../../output/text-bytes.ts';
import { isFinal } from '../failures.ts';
import { lossesOf } from '../session.ts';
import {
  type ConvertedSection,
  type ConvertTask,
  dataOf,
  type FailureData,
  type Layout,
} from './converted.ts';
import type { Converter } from './converter.ts';

/** Of a section where more goes wrong the rest is left: what is to be said of it would take more room than itself. */
const MOST_FAILURES = 500;

/** Converts all of a section that can be read by itself, up to a failure that ends the run. */
export async function convertSection(
  converter: Converter,
  { section, layout, hasReport }: ConvertTask,
): Promise<ConvertedSection> {
  const tally = createLossTally({ mostPatterns: Number.POSITIVE_INFINITY });
  const report: ReportedLoss[] = [];
  const pieces = openPieces(layout);
  let records = 0;
  let oddities: readonly string[] = [];
  const halfLines: HalfLines = { count: 0 };
  const entries = readSection(section, halfLines);
  let failures = 0;
  const done = (end: SectionEnd): ConvertedSection => {
    return { end, pieces: pieces.end(), records, patterns: tally.patterns(), report, oddities };
  };
  for (;;) {
    const next = entries.next();
    if (next.done === true) return done(next.value);
    const attempted = converter.convert(next.value);
    const { value, failure, losses, id } = attempted instanceof Promise ? await attempted : attempted;
    tally.addAll(losses, records, id);
    if (hasReport) report.push(...lossesOf(losses, records, id));
    if (value) pieces.addResult(value);
    if (value && records === 0) oddities = converter.oddities(value);
    records += 1;
    if (!failure) continue;
    pieces.addFailure(failure);
    failures += 1;
    const isOver = isFinal(failure) || failures >= MOST_FAILURES;
    if (isOver && next.value.isLast !== true) return done(endBehind(section, next.value, halfLines));
  }
}

/** Room for one section after the other. */
const bytes = openTextBytes();

function openPieces({ separator, ending }: Layout) {
  const pieces: (Uint8Array | FailureData)[] = [];
  let isBegun = false;
  const endRun = (): void => {
    if (isBegun) bytes.add(ending);
    const run = bytes.take();
    if (run) pieces.push(run);
    isBegun = false;
  };
  return {
    addResult(value: JsonObject): void {
      if (isBegun) bytes.add(separator);
      bytes.add(stringify(value));
      isBegun = true;
    },
    addFailure(failure: Failure): void {
      endRun();
      pieces.push(dataOf(failure));
    },
    end(): typeof pieces {
      endRun();
      return pieces;
    },
  };
}
