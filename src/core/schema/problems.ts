import { type JsonPath, type JsonValue, valueAt } from '../json.ts';
import { accepts } from './accept.ts';
import type { Schema } from './build.ts';
import { oddities } from './oddities.ts';
import { describeValue, expectation, expectations, finding, hintFor, type Issue, nothing } from './words.ts';

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

function errorsOf(schema: Schema, value: JsonValue): Problem[] {
  if (accepts(schema, value)) return [];
  const result = schema.safeParse(value);
  return result.success ? [] : result.error.issues.flatMap((issue) => fromIssue(issue, [], value));
}

/** Whether a value is valid; faster than asking for its problems. */
export function isValid(schema: Schema, value: JsonValue): boolean {
  return accepts(schema, value);
}

function fromIssue(issue: Issue, above: JsonPath, document: JsonValue): Problem[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'invalid_union') return fromUnion(issue.errors, path, document);
  if (issue.code === 'custom') return fromCustom(issue.params, path, document);
  if (issue.code === 'invalid_key') {
    return issue.issues
      .flatMap((inner) => fromIssue(inner, path, document))
      .map((problem) => ({ ...problem, aboutKey: true }));
  }
  if (issue.code === 'too_big' && issue.origin === 'key') {
    const found = `a key of ${Array.from(String(path.at(-1))).length} characters`;
    return [{ ...wordProblem(path, { expected: expectation(issue), found }), aboutKey: true }];
  }
  if (issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => fromIssue(inner, path, document));
  const value = valueAt(document, path);
  return [
    wordProblem(path, {
      expected: expectation(issue),
      found: finding(issue, value),
      hint: hintFor(issue, value),
    }),
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
  const found = params?.['secret'] === true ? 'something else' : describeValue(valueAt(document, path));
  return [wordProblem(path, { expected, found })];
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
  return [
    wordProblem(path, { expected: expectations(branches), found: describeValue(valueAt(document, path)) }),
  ];
}

function isTypeIssue(issue: Issue): boolean {
  return (
    issue.code === 'invalid_type' ||
    issue.code === 'invalid_value' ||
    (issue.code === 'custom' && issue.params?.['issues'] === undefined)
  );
}

interface Words {
  readonly expected: string;
  readonly found: string;
  readonly hint?: string | undefined;
}

function wordProblem(path: JsonPath, { expected, found, hint }: Words): Problem {
  const missing = found === nothing;
  const message = missing
    ? `required, but missing: expected ${expected}`
    : `expected ${expected}, found ${found}`;
  return {
    path,
    severity: 'error',
    expected,
    found,
    message: hint === undefined ? message : `${message}; ${hint}`,
    ...(missing && { missing }),
  };
}
