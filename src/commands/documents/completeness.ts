import { inOrder, schemaOf } from '../../core/convert.ts';
import type { Document } from '../../core/document.ts';
import { Failure, type Issue } from '../../core/errors.ts';
import type { ContentFlag, Format, Kind } from '../../core/format.ts';
import { type JsonObject, toPointer } from '../../core/json.ts';
import { assign, remove, schemaAt } from '../../core/member-path.ts';
import { nearest } from '../../core/nearest.ts';
import { parseAssignment, showPath } from '../../core/path.ts';
import { type Problem, problemsOf } from '../../core/schema/problems.ts';

/** Lays `--set path=value` over a document, in the order given. @throws Failure `usage`. */
export function applySets(
  value: JsonObject,
  sets: readonly string[],
  format: Format,
  kind: Kind,
): JsonObject {
  const schema = schemaOf(format, kind);
  if (sets.length === 0) return value;
  const changed = sets.reduce((document, text) => {
    const { path, value: typed } = parseAssignment(text, '--set');
    return assign(document, path, typed, schema);
  }, value);
  return inOrder(schema, changed);
}

/** What is odd about `--set`: members that the format does not document, which a slip of the finger makes too. */
export function oddSets({ format, kind, value }: Document, sets: readonly string[]): readonly string[] {
  const schema = schemaOf(format, kind);
  return sets.flatMap((text) => {
    const { path } = parseAssignment(text, '--set');
    const owner = schemaAt(schema, value, path.slice(0, -1))?.shape;
    const name = path.at(-1) ?? '';
    if (owner?.kind !== 'object' || Object.hasOwn(owner.fields, name)) return [];
    const meant = nearest(name, Object.keys(owner.fields));
    const question = meant === undefined ? '' : `; did you mean ${showPath([...path.slice(0, -1), meant])}?`;
    return [`--set ${showPath(path)}: ${format.title} documents no such member${question}`];
  });
}

/** Takes `--unset path` out of a document. */
export function applyUnsets(value: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  return paths.reduce((document, path) => remove(document, path), value);
}

/** Words a flag for a member that is missing; `undefined` where only `--set` can give it. */
export type FlagFor = (pointer: string) => string | undefined;

/** How `create` spells what it is missing: its own flags where they say it, else `--set`. */
export function createFlags(format: Format): FlagFor {
  const typed: Readonly<Record<ContentFlag, string>> = {
    title: '--title <text>',
    agent: '--agent <id>',
    entity: '--entity <id>',
    project: '--project <id>',
    metadata: '--metadata <key=value>',
    message: '--message <text>',
  };
  const flags: readonly ContentFlag[] = ['title', 'entity', 'project', 'agent', 'metadata', 'message'];
  return (pointer) => {
    const flag = flags.find((each) => format.flags[each] === pointer);
    return flag && typed[flag];
  };
}

/** What a document still lacks. */
export function missingIn({ format, kind, value }: Document): readonly Problem[] {
  return problemsOf(schemaOf(format, kind), value, { warnings: false }).filter(
    (problem) => problem.missing === true,
  );
}

export interface Wording {
  /** Where the document comes from: `file:line:column`, or the command. Called only where it is to be said. */
  readonly place: string | (() => string);
  /** Absent: `--set` gives everything. */
  readonly flagFor?: FlagFor;
  /** A command that takes no flags for it, and pipes into one that does. */
  readonly via?: string | undefined;
  /** The command to repeat with `-` and the flags, where adding a flag would keep stdin from being read. */
  readonly piped?: string | undefined;
}

/**
 * The document, once it has everything its schema requires.
 * @throws Failure `invalid`: one error that names all that is missing and the flag for each, or what is wrong.
 */
export function complete(document: Document, wording: Wording): Document {
  const { format, kind, value } = document;
  const problems = problemsOf(schemaOf(format, kind), value, { warnings: false });
  if (problems.length === 0) return document;
  const wrong = problems.find((problem) => problem.missing !== true);
  const issues = problems.map(({ path, message }) => ({ path: toPointer(path), message }));
  if (!wrong) throw incomplete(format, problems, wording, issues);
  const what = `${showPath(wrong.path)}: ${wrong.message}`;
  throw new Failure(
    'invalid',
    `${placeOf(wording)}: this would be no valid ${format.name} ${kind}: ${what}`,
    {
      issues,
    },
  );
}

function incomplete(
  format: Format,
  missing: readonly Problem[],
  wording: Wording,
  issues: readonly Issue[],
): Failure {
  const { flagFor, piped, via } = wording;
  const names = missing.map((problem) => showPath(problem.path));
  const flags = missing.map(
    (problem) => flagFor?.(toPointer(problem.path)) ?? `--set ${showPath(problem.path)}=<value>`,
  );
  // One problem for each way to mend it.
  const either = missing.length > 1 && missing.every((problem) => problem.expected.includes(' or '));
  const add = `add ${flags.join(either ? ' or ' : ' ')}`;
  const repeated =
    piped === undefined ? '' : `: \`… | ${piped} - ${either ? (flags[0] ?? '') : flags.join(' ')}\``;
  return new Failure(
    'invalid',
    `${placeOf(wording)}: ${format.title} needs ${list(names, either)}, which nothing gives`,
    {
      hint:
        via === undefined
          ? `${add}${repeated}`
          : `convert it instead: \`${via} | convo convert --to ${format.name} ${flags.join(' ')}\``,
      issues,
    },
  );
}

function placeOf({ place }: Wording): string {
  return typeof place === 'string' ? place : place();
}

function list(names: readonly string[], alternatives: boolean): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${alternatives ? 'or' : 'and'} ${names.at(-1) ?? ''}`;
}
