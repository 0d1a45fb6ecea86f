import { schemaOf } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, FormatInfo, Kind } from '../../core/format.ts';
import { locate, type Place } from '../../core/json/locate.ts';
import { isObject, type JsonObject, type JsonValue, toPointer } from '../../core/json.ts';
import { type Problem, problemsOf } from '../../core/schema/problems.ts';
import { detect, kindOf } from '../../formats/index.ts';
import { type Entry, positionIn } from '../../input/records.ts';

/** What the command line says of a document's format, and what is to be done where it says nothing. */
export interface Reading {
  readonly format?: FormatInfo | undefined;
  readonly kind?: Kind | undefined;
  /** The flag that decides the format, for hints: `--from`. */
  readonly flag: string;
}

/**
 * The valid document in an entry; `partial`: it may still lack members that its schema requires.
 * @throws Failure `invalid` that names the place of the first problem.
 */
export async function documentOf(
  entry: Entry,
  reading: Reading,
  { partial = false }: { readonly partial?: boolean } = {},
): Promise<Document> {
  const value = valueOf(entry);
  const identity = await identify(value, reading, () => placeName(entry));
  return validDocument(entry, { ...identity, value }, { partial });
}

/** A document read from an entry, once it is known to be valid; see {@link documentOf}. @throws Failure `invalid` */
export function validDocument(
  entry: Entry,
  document: Document,
  { partial = false }: { readonly partial?: boolean } = {},
): Document {
  const { format, kind, value } = document;
  const problems = problemsOf(schemaOf(format, kind), value, { warnings: false });
  const counted = partial ? problems.filter((problem) => !isAbsent(problem)) : problems;
  if (counted.length > 0) throw invalidDocument(entry, counted, `${format.name} ${kind}`);
  return document;
}

/** A member that may still be given. */
function isAbsent({ missing, path }: Problem): boolean {
  return missing === true && path.every((step) => typeof step === 'string');
}

/** The object in an entry. @throws Failure `invalid` where it is no JSON, or no object. */
export function valueOf(entry: Entry): JsonObject {
  const { outcome } = entry;
  if (!outcome.ok) {
    const { line, column } = positionIn(entry.source, outcome.problem.offset);
    const { hint } = outcome.problem;
    throw new Failure('invalid', `${entry.source.name}:${line}:${column}: ${outcome.problem.message}`, {
      ...(hint !== undefined && { hint }),
    });
  }
  if (isObject(outcome.value)) return outcome.value;
  throw new Failure(
    'invalid',
    `${placeName(entry)}: a conversation is an object, not ${typeName(outcome.value)}`,
  );
}

/** Which format and kind a document is, by what was said and else by its marks. @throws Failure `invalid`. */
async function identify(
  value: JsonObject,
  reading: Reading,
  place: () => string,
): Promise<Pick<Document, 'format' | 'kind'>> {
  const info = reading.format ?? soleFormat(value, reading, place);
  return identified(value, { info, format: await info.load(), kind: reading.kind });
}

/** What is known of a document: its format, and its kind if that was said. */
export interface Known {
  readonly info: FormatInfo;
  readonly format: Format;
  readonly kind: Kind | undefined;
}

/** The same with its kind, by its marks if it was not said. @throws Failure `unsupported` for a request where there are none. */
export function identified(
  value: JsonObject,
  { info, format, kind: said }: Known,
): Pick<Document, 'format' | 'kind'> {
  const kind = said ?? kindOf(info, format, value);
  if (kind === 'request' && !format.request) {
    throw new Failure('unsupported', `${format.title} has no request`, { hint: 'leave out --request' });
  }
  return { format, kind };
}

/** The one format whose marks a document bears; `flag` could have said it. @throws Failure `invalid`. */
export function soleFormat(
  value: JsonObject,
  { flag }: Pick<Reading, 'flag'>,
  place: () => string,
): FormatInfo {
  const candidates = detect(value);
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const names = candidates.map((info) => info.name).join(' and ');
  const message = only ? `it bears the marks of ${names}` : 'it bears the marks of no format';
  throw new Failure('invalid', `${place()}: cannot tell which format this is: ${message}`, {
    hint: `say which with ${flag} <format>; \`convo schema\` lists them`,
  });
}

/** `file:line:column` of a whole entry. */
export function placeName({ source, start }: Entry): string {
  const { line, column } = positionIn(source, start);
  return `${source.name}:${line}:${column}`;
}

/** The line that an entry begins on, from 1. */
export function lineOf({ source, start }: Entry): number {
  return positionIn(source, start).line;
}

/** Where each problem stands in the text of its entry. */
export function locateProblems(entry: Entry, problems: readonly Problem[]): readonly { offset: number }[] {
  const places = locate(
    entry.source.text,
    entry.start,
    problems.map((problem) => problem.path),
  );
  return problems.map((problem, index) => ({ offset: offsetOf(places[index], problem) ?? entry.start }));
}

function offsetOf(place: Place | undefined, problem: Problem): number | undefined {
  return (problem.aboutKey === true ? place?.key?.start : undefined) ?? place?.value?.start;
}

function invalidDocument(entry: Entry, problems: readonly Problem[], what: string): Failure {
  const places = locateProblems(entry, problems);
  const { line, column } = positionIn(entry.source, places[0]?.offset ?? entry.start);
  const count = problems.length === 1 ? '' : ` (${problems.length} problems)`;
  return new Failure('invalid', `${entry.source.name}:${line}:${column}: this is no valid ${what}${count}`, {
    hint: 'run `convo validate` on it to see every problem in its place',
    issues: problems.map(({ path, message }) => ({ path: toPointer(path), message })),
  });
}

function typeName(value: JsonValue): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
