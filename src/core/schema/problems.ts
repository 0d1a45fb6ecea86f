import type * as z from 'zod/mini';
import { isObject, type JsonPath, type JsonValue, valueAt } from '../json.ts';
import { nearest } from '../nearest.ts';
import type { Schema } from './build.ts';
import { oddities } from './oddities.ts';

/** Something about a document that its schema does not expect. */
export interface Problem {
  readonly path: JsonPath;
  readonly severity: 'error' | 'warning';
  /** What the schema has there, in words. */
  readonly expected: string;
  /** What the document has there, in words; `nothing` if it is absent. */
  readonly found: string;
  /** One sentence, lower case, no full stop. */
  readonly message: string;
  /** True if a required member is absent. */
  readonly missing?: boolean;
  /** True if the member's name is what is odd, not its value. */
  readonly aboutKey?: boolean;
}

/** All errors of a value; its oddities too, as warnings, or as errors if `strict`. In document order by path. */
export function problemsOf(
  schema: Schema,
  value: JsonValue,
  { strict = false, warnings = true }: { readonly strict?: boolean; readonly warnings?: boolean } = {},
): Problem[] {
  const errors = errorsOf(schema, value);
  if (!warnings && !strict) return errors;
  const found = oddities(schema, value).map(
    (oddity): Problem => ({ ...oddity, severity: strict ? 'error' : 'warning' }),
  );
  return [...errors, ...found];
}

/** Values are never changed: one that has passed need not be checked again. */
const passed = new WeakMap<object, Schema>();

function errorsOf(schema: Schema, value: JsonValue): Problem[] {
  const known = typeof value === 'object' && value !== null ? value : undefined;
  if (known && passed.get(known) === schema) return [];
  const result = schema.safeParse(value);
  if (!result.success) return result.error.issues.flatMap((issue) => fromIssue(issue, [], value));
  if (known) passed.set(known, schema);
  return [];
}

/** Whether a value is valid; faster than asking for its problems. */
export function isValid(schema: Schema, value: JsonValue): boolean {
  return schema.safeParse(value).success;
}

type Issue = z.core.$ZodIssue;

function fromIssue(issue: Issue, above: JsonPath, document: JsonValue): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'invalid_union') return fromUnion(issue.errors, path, document);
  if (issue.code === 'custom') return fromCustom(issue.params, path, document);
  if (issue.code === 'invalid_key') {
    return issue.issues
      .flatMap((inner) => fromIssue(inner, path, document))
      .map((problem) => ({ ...problem, aboutKey: true }));
  }
  if (issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => fromIssue(inner, path, document));
  return [
    wordProblem(path, valueAt(document, path), expectation(issue), hintFor(issue, valueAt(document, path))),
  ];
}

/** An issue of a variant carries the issues of its own schema; other custom issues name what is missing, or speak. */
function fromCustom(
  params: Record<string, unknown> | undefined,
  path: JsonPath,
  document: JsonValue,
): Problem[] {
  const nested = params?.['issues'];
  if (Array.isArray(nested)) return nested.flatMap((inner: Issue) => fromIssue(inner, path, document));
  const missing = params?.['missing'];
  if (Array.isArray(missing)) {
    const names = missing.map((steps: readonly string[]) => steps.join('.'));
    return missing.map((steps: readonly string[]) => ({
      path: [...path, ...steps],
      severity: 'error',
      expected: names.join(' or '),
      found: 'nothing',
      message: `needs ${names.join(' or ')}`,
      missing: true,
    }));
  }
  const expected = typeof params?.['expected'] === 'string' ? params['expected'] : 'another value';
  return [wordProblem(path, valueAt(document, path), expected)];
}

/**
 * Of a union only the branch that the value chose is reported: the one whose outermost type fits. If none does,
 * one problem lists the types that would.
 */
function fromUnion(branches: readonly (readonly Issue[])[], path: JsonPath, document: JsonValue): Problem[] {
  const fitting = branches.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && isTypeIssue(issue)),
  );
  const chosen = fitting.toSorted((left, right) => left.length - right.length)[0];
  if (chosen) return chosen.flatMap((issue) => fromIssue(issue, path, document));
  const expected = [...new Set(branches.flatMap((issues) => issues.slice(0, 1).map(expectation)))];
  return [wordProblem(path, valueAt(document, path), expected.join(' or '))];
}

function isTypeIssue(issue: Issue): boolean {
  return (
    issue.code === 'invalid_type' ||
    issue.code === 'invalid_value' ||
    (issue.code === 'custom' && issue.params?.['issues'] === undefined)
  );
}

function wordProblem(path: JsonPath, value: JsonValue | undefined, expected: string, hint?: string): Problem {
  const found = describeValue(value);
  const message =
    value === undefined
      ? `required, but missing: expected ${expected}`
      : `expected ${expected}, found ${found}`;
  return {
    path,
    severity: 'error',
    expected,
    found,
    message: hint === undefined ? message : `${message}; ${hint}`,
    ...(value === undefined && { missing: true }),
  };
}

function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'too_big':
      return issue.origin === 'number'
        ? `at most ${issue.maximum}`
        : `at most ${issue.maximum} ${units(issue.origin)}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `at least ${issue.minimum}`
        : `at least ${issue.minimum} ${units(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'a time such as 2026-06-01T09:15:02Z'
        : `text of the form ${issue.format}`;
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap((issues) => issues.slice(0, 1).map(expectation)))].join(' or ');
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'custom':
      return typeof issue.params?.['expected'] === 'string' ? issue.params['expected'] : 'object';
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return 'another key';
  }
}

const typeWords: Readonly<Record<string, string>> = { int: 'integer', record: 'object', map: 'object' };

function units(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'elements' : 'pairs';
}

/** The documented value that was probably meant. */
function hintFor(issue: Issue, value: JsonValue | undefined): string | undefined {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return undefined;
  const meant = nearest(
    value,
    issue.values.filter((each) => typeof each === 'string'),
  );
  return meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`;
}

/** A value in a few words: its type, and itself if it is short. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  if (value === null) return 'null';
  const text = JSON.stringify(value);
  const kind = typeof value;
  if (kind !== 'string') return `${kind} ${text}`;
  return text.length <= 60 ? `string ${text}` : `string of ${Array.from(String(value)).length} characters`;
}
