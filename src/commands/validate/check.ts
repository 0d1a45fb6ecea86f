import { schemaOf } from '../../core/convert.ts';
import { Failure } from '../../core/errors.ts';
import type { JsonSyntaxProblem } from '../../core/json/parse.ts';
import { isObject, type JsonObject, toPointer } from '../../core/json.ts';
import { problemsOf } from '../../core/schema/problems.ts';
import { describeValue } from '../../core/schema/words.ts';
import type { Entry } from '../../input/records.ts';
import { identify, locateProblems, placeName, type Reading } from '../documents/document.ts';
import { type Finding, findingAt } from './finding.ts';

/** Everything wrong with one record, in the order of the text. */
export async function checkEntry(entry: Entry, reading: Reading, strict: boolean): Promise<Finding[]> {
  const { outcome, source, start } = entry;
  if (!outcome.ok) return [syntaxFinding(entry, outcome.problem)];
  if (isObject(outcome.value)) return checkObject(entry, outcome.value, reading, strict);
  const found = describeValue(outcome.value);
  const message = `a conversation is an object: expected object, found ${found}`;
  return [findingAt(source, start, { path: '', severity: 'error', expected: 'object', found, message })];
}

async function checkObject(
  entry: Entry,
  value: JsonObject,
  reading: Reading,
  strict: boolean,
): Promise<Finding[]> {
  const identified = await tryIdentify(entry, value, reading);
  if (identified instanceof Failure) return [unidentified(entry, identified)];
  const problems = problemsOf(schemaOf(identified.format, identified.kind), value, { strict });
  const places = locateProblems(entry, problems);
  return problems
    .map(({ path, severity, expected, found, message }, index) => {
      const what = { path: toPointer(path), severity, expected, found, message };
      return findingAt(entry.source, places[index]?.offset ?? entry.start, what);
    })
    .toSorted((left, right) => left.offset - right.offset);
}

/** A record that does not tell what it is, or is asked to be what its system has not, does not stop the others. */
async function tryIdentify(entry: Entry, value: JsonObject, reading: Reading) {
  try {
    return await identify(value, reading, () => placeName(entry));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function unidentified(entry: Entry, { code, message, details }: Failure): Finding {
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

function syntaxFinding({ source, end }: Entry, problem: JsonSyntaxProblem): Finding {
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
