import type { Failure } from '../../core/errors.ts';
import { stringify } from '../../core/json/inexact.ts';
import type { JsonObject } from '../../core/json.ts';
import { readSection } from '../../input/section.ts';
import { createLossTally, type ReportedLoss } from '../../output/losses.ts';
import { openTextBytes } from '../../output/text-bytes.ts';
import { lossesOf } from '../session.ts';
import {
  type ConvertedSection,
  type ConvertTask,
  dataOf,
  type FailureData,
  type Layout,
} from './converted.ts';
import type { Converter } from './converter.ts';

/** Converts all of a section that can be read by itself. */
export async function convertSection(
  converter: Converter,
  { section, layout, hasReport }: ConvertTask,
): Promise<ConvertedSection> {
  const tally = createLossTally({ mostPatterns: Number.POSITIVE_INFINITY });
  const report: ReportedLoss[] = [];
  const pieces = openPieces(layout);
  let records = 0;
  let oddities: readonly string[] = [];
  const entries = readSection(section);
  let next = entries.next();
  for (; next.done !== true; next = entries.next()) {
    const attempted = converter.convert(next.value);
    const { value, failure, losses, id } = attempted instanceof Promise ? await attempted : attempted;
    tally.addAll(losses, records, id);
    if (hasReport) report.push(...lossesOf(losses, records, id));
    if (value) pieces.addResult(value);
    if (value && records === 0) oddities = converter.oddities(value);
    if (failure) pieces.addFailure(failure);
    records += 1;
  }
  return { end: next.value, pieces: pieces.end(), records, patterns: tally.patterns(), report, oddities };
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
