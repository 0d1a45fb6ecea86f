import { DecodeProblem, decode } from '../../input/decode.ts';
import { type Input, readRecords } from '../../input/records.ts';
import { sourceName } from '../../input/source.ts';
import { type Finding, findingAt } from './finding.ts';

export interface CheckedInput {
  /** Absent where the bytes are no text at all. */
  readonly input?: Input;
  /** Where the bytes are no text, a finding a line. */
  readonly findings: readonly Finding[];
}

/** The records of a file, those on lines with bytes that are no UTF-8 included. */
export function checkBytes(path: string, bytes: Uint8Array): CheckedInput {
  try {
    return { input: readRecords(path, bytes), findings: [] };
  } catch (error) {
    if (!(error instanceof DecodeProblem)) throw error;
    if (isUtf16(bytes)) return { findings: [wholeFile(path, error)] };
  }
  const { text, problems } = decodeLines(bytes);
  const source = { name: sourceName(path), text };
  return {
    input: readRecords(path, Buffer.from(text)),
    findings: problems.map(({ offset, problem }) => findingAt(source, offset, wordsOf(problem))),
  };
}

function isUtf16([first, second]: Uint8Array): boolean {
  return first === 0xff || first === 0xfe || first === 0 || second === 0;
}

function wholeFile(path: string, problem: DecodeProblem): Finding {
  const { line, column, byteOffset } = problem;
  return { file: sourceName(path), line, column, offset: byteOffset, ...wordsOf(problem) };
}

function wordsOf({
  message,
  hint,
}: DecodeProblem): Pick<Finding, 'path' | 'severity' | 'expected' | 'found' | 'message'> {
  const [, expected = 'text', found = message] = /^this is not (\S+): (.*)$/.exec(message) ?? [];
  return {
    path: '',
    severity: 'error',
    expected: `${expected} text`,
    found,
    message: hint === undefined ? message : `${message}; ${hint}`,
  };
}

interface Decoded {
  /** With U+FFFD where bytes are no characters. */
  readonly text: string;
  readonly problems: readonly { readonly offset: number; readonly problem: DecodeProblem }[];
}

/** No character of UTF-8 has the byte of a line feed in it, so that each line can be decoded by itself. */
function decodeLines(bytes: Uint8Array): Decoded {
  const lenient = new TextDecoder();
  const problems: { offset: number; problem: DecodeProblem }[] = [];
  const lines: string[] = [];
  let offset = 0;
  for (let start = 0; start <= bytes.length; ) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    const line = bytes.subarray(start, end);
    const problem = problemOf(line);
    if (problem)
      problems.push({
        offset: offset + lenient.decode(line.subarray(0, problem.byteOffset - 2)).length,
        problem,
      });
    const text = lenient.decode(line);
    lines.push(text);
    offset += text.length + 1;
    start = end + 1;
  }
  return { text: lines.join('\n'), problems };
}

/** Two spaces before it keep a line from being taken for UTF-16. */
function problemOf(line: Uint8Array): DecodeProblem | undefined {
  try {
    decode(Buffer.concat([Buffer.from('  '), line]));
    return undefined;
  } catch (error) {
    if (error instanceof DecodeProblem) return error;
    throw error;
  }
}
