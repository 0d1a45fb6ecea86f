import { schemaOf } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import type { Failure } from '../../core/errors.ts';
import type { JsonSyntaxProblem } from '../../core/json/parse.ts';
import { type JsonValue, toPointer } from '../../core/json.ts';
import { problemsOf } from '../../core/schema/problems.ts';
import { describeValue } from '../../core/schema/words.ts';
import type { Entry } from '../../input/records.ts';
import { locateProblems, placeName } from '../documents/document.ts';
import { type Finding, findingAt } from './finding.ts';

/** What the schema of a document does not expect, in the order of the text. */
export function findingsIn(
  entry: Entry,
  { format, kind, value }: Document,
  strict: boolean,
): readonly Finding[] {
  const problems = problemsOf(schemaOf(format, kind), value, { strict });
  if (problems.length === 0) return [];
  const places = locateProblems(entry, problems);
  return problems
    .map(({ path, severity, expected, found, message }, index) => {
      const what = { path: toPointer(path), severity, expected, found, message };
      return findingAt(entry.source, places[index]?.offset ?? entry.start, what);
    })
    .toSorted((left, right) => left.offset - right.offset);
}

/** What is no object is no conversation. */
export function otherFinding({ source, start }: Entry, value: JsonValue): Finding {
  const found = describeValue(value);
  const message = `a conversation is an object: expected object, found ${found}`;
  return findingAt(source, start, { path: '', severity: 'error', expected: 'object', found, message });
}

/** The failure to tell what a record is. */
export function unidentified(entry: Entry, { code, message, details }: Failure): Finding {
  const place = `${placeName(entry)}: `;
  const sentence = message.startsWith(place) ? message.slice(place.length) : message;
  return findingAt(entry.source, entry.start, {
    path: '',
    severity: 'error',
    expected: code === 'unsupported' ? 'a record' : 'the marks of one format',
    found:
      code === 'unsupported'
        ? 'a request'
        : (/bears (?<marks>.*)$/.exec(sentence)?.groups?.['marks'] ?? 'no marks'),
    message: withHint(sentence, details.hint),
  });
}

/** What is no JSON. */
export function syntaxFinding({ source, end }: Entry, problem: JsonSyntaxProblem): Finding {
  return findingAt(source, problem.offset, {
    path: '',
    severity: 'error',
    ...expectation(problem, sourceWord(source.text, problem.offset, end)),
    message: withHint(problem.message, problem.hint),
  });
}

/** What was expected and found, in short: the message says more. `there` is the word at the place. */
function expectation({ kind, message }: JsonSyntaxProblem, there: string): Gist {
  if (kind === 'number') return { expected: 'a number that can be kept exactly', found: `number ${there}` };
  if (kind === 'duplicate') return { expected: 'each key once', found: `${there} a second time` };
  if (kind === 'truncated') return { expected: 'more JSON', found: 'the end' };
  if (kind === 'depth') return { expected: 'fewer levels', found: 'another level' };
  const said = /^expected (?<expected>.*) but found (?<found>.*)$/s.exec(message)?.groups;
  return { expected: said?.['expected'] ?? 'JSON', found: said?.['found'] ?? there };
}

type Gist = Pick<Finding, 'expected' | 'found'>;

/** The string, number, word or sign that begins at an offset, or as much of it as is worth repeating. */
function sourceWord(text: string, offset: number, end: number): string {
  const ahead = text.slice(offset, Math.min(end, offset + 60));
  return /^(?:"(?:[^"\\\r\n]|\\.)*"?|[^\s,:[\]{}"]+|\S)/u.exec(ahead)?.[0] ?? 'the end';
}

function withHint(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
