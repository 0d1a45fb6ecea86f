import type { Failure } from '../../core/errors.ts';
import { stringify } from '../../core/json/inexact.ts';
import type { JsonObject } from '../../core/json.ts';
import { MOST_REMARKS, workThrough } from '../../input/section.ts';
import { createLossTally, type ReportedLoss } from '../../output/losses.ts';
import { openTextBytes, type TextBytes } from '../../output/text-bytes.ts';
import { isFinal } from '../failures.ts';
import { lossesOf } from '../session.ts';
import {
  type ConvertedSection,
  type ConvertTask,
  dataOf,
  type FailureData,
  type Layout,
} from './converted.ts';
import type { Attempted, Converter } from './converter.ts';

/** Converts all of a section that can be read by itself, up to a failure that ends the run. */
export async function convertSection(
  converter: Converter,
  { section, layout, hasReport }: ConvertTask,
): Promise<ConvertedSection> {
  const tally = createLossTally({ mostPatterns: Number.POSITIVE_INFINITY });
  const report: ReportedLoss[] = [];
  const pieces = openPieces(layout);
  let [records, remarks] = [0, 0];
  let oddities: readonly string[] = [];
  let isOver = false;
  const take = ({ value, failure, losses, id }: Attempted): boolean => {
    remarks += remarksOn(failure);
    if (isOver || remarks > MOST_REMARKS) return false;
    tally.addAll(losses, records, id);
    if (hasReport) report.push(...lossesOf(losses, records, id));
    if (value) pieces.addResult(value);
    if (value && records === 0) oddities = converter.oddities(value);
    if (failure) pieces.addFailure(failure);
    isOver = failure !== undefined && isFinal(failure);
    records += 1;
    return true;
  };
  const end = await workThrough(section, converter.convert, take);
  return { end, pieces: pieces.end(), records, patterns: tally.patterns(), report, oddities };
}

function remarksOn(failure: Failure | undefined): number {
  return failure ? 1 + (failure.details.issues?.length ?? 0) : 0;
}

/** Room that is free: a section has its own until it is done, as it may have to wait for a format with others. */
const spareRoom: TextBytes[] = [];

function openPieces({ separator, ending }: Layout) {
  const bytes = spareRoom.pop() ?? openTextBytes();
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
      spareRoom.push(bytes);
      return pieces;
    },
  };
}
