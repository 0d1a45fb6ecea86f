import type { DecodeProblem } from '../../input/decode.ts';
import {
  type Entry,
  type Flaw,
  type Input,
  type OpenInput,
  openRecords,
  type SourceText,
} from '../../input/records.ts';
import { type Chunks, sourceName } from '../../input/source.ts';
import { type Finding, findingAt } from './finding.ts';

/** A file whose bytes may be no text in places. */
export interface CheckedInput extends Pick<Input, 'entries' | 'cut'> {
  /** The bytes that are no text, before the end of an entry and not told before. */
  readonly undecodableIn: (entry: Entry) => readonly Finding[];
  /** The same for all that follows; to be asked for while the last entry is looked at, or after all of them. */
  readonly undecodableBehind: () => AsyncIterable<Finding>;
}

/** The records of a file, those on lines with bytes that are no UTF-8 included. */
export async function openChecked(path: string, chunks: Chunks): Promise<CheckedInput> {
  let flaws: Flaw[] = [];
  const take = (source: SourceText, end: number): Finding[] => {
    const taken = flaws.filter(({ offset }) => offset < end);
    if (taken.length > 0) flaws = flaws.filter(({ offset }) => offset >= end);
    return taken.map((flaw) => findingAt(source, flaw.offset - source.origin.offset, wordsOf(flaw)));
  };
  const input = await openRecords(path, chunks, { onFlaw: (flaw) => flaws.push(flaw) });
  const { entries, cut } = input;
  return {
    entries,
    ...(cut && { cut }),
    undecodableIn: ({ source, end }) => (flaws.length === 0 ? [] : take(source, source.origin.offset + end)),
    undecodableBehind: () => behind(input, take),
  };
}

async function* behind(
  input: OpenInput,
  take: (source: SourceText, end: number) => readonly Finding[],
): AsyncGenerator<Finding> {
  for await (const { source, settled } of input.rest()) yield* take(source, source.origin.offset + settled);
}

/** The finding of a file that is no text at all. */
export function undecodableFile(path: string, problem: DecodeProblem): Finding {
  const { line, column, byteOffset } = problem;
  return { file: sourceName(path), line, column, offset: byteOffset, ...wordsOf(problem) };
}

type Words = Pick<Finding, 'path' | 'severity' | 'expected' | 'found' | 'message'>;

function wordsOf({ message, hint }: Pick<DecodeProblem, 'message' | 'hint'>): Words {
  const [, expected = 'shorter', found = message] = /^this is not (\S+): (.*)$/.exec(message) ?? [];
  return {
    path: '',
    severity: 'error',
    expected: `${expected} text`,
    found,
    message: hint === undefined ? message : `${message}; ${hint}`,
  };
}
