import type * as z from 'zod/mini';
import { isObject, type JsonValue } from '../json.ts';
import { nearest } from '../nearest.ts';

/** What the schema library says is wrong with one value. */
export type Issue = z.core.$ZodIssue;

/** What the schema has where the issue is. */
export function expectation(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.map((value) => JSON.stringify(value)).join(' or ');
    case 'too_big':
      return issue.origin === 'key'
        ? `a key of at most ${issue.maximum} characters`
        : `at most ${issue.maximum}${units(issue.origin)}`;
    case 'too_small':
      return `at least ${issue.minimum}${units(issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'a time such as 2026-06-01T09:15:02Z'
        : issue.format === 'regex'
          ? 'letters, digits, - and _'
          : `text of the form ${issue.format}`;
    case 'invalid_union':
      return expectations(issue.errors);
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

const unitsOf: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' elements',
  map: ' pairs',
};

/** Numbers have no unit. */
function units(origin: string): string {
  return unitsOf[origin] ?? '';
}

/** The documented value that was probably meant. */
export function hintFor(issue: Issue, value: JsonValue | undefined): string | undefined {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return undefined;
  const meant = nearest(
    value,
    issue.values.filter((each) => typeof each === 'string'),
  );
  return meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`;
}

/** What a document has where a member is missing. */
export const nothing = 'nothing';

/** A value in a few words: its type, and itself if it is short. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined) return nothing;
  if (Array.isArray(value)) return 'array';
  if (isObject(value)) return 'object';
  if (value === null) return 'null';
  const text = JSON.stringify(value);
  const kind = typeof value;
  if (kind !== 'string') return `${kind} ${text}`;
  return text.length <= 60 ? `string ${text}` : `string of ${Array.from(String(value)).length} characters`;
}

/** Every type that would do; where all types do, any value does. */
export function expectations(branches: readonly (readonly Issue[])[]): string {
  const words = new Set(branches.flatMap((issues) => issues.slice(0, 1).map(expectation)));
  return ['string', 'number', 'boolean', 'null', 'array', 'object'].every((word) => words.has(word))
    ? 'any JSON value'
    : [...words].join(' or ');
}

/** What the document has where the issue is: of something too big or too small, how big it is. */
export function finding(issue: Issue, value: JsonValue | undefined): string {
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return describeValue(value);
  if (Array.isArray(value)) return `array of ${value.length} elements`;
  return isObject(value) ? `object of ${Object.keys(value).length} pairs` : describeValue(value);
}
