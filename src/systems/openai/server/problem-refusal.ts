import { isObject, type JsonPath, type JsonValue, valueAt } from '../../../core/json.ts';
import type { Problem } from '../../../core/schema/problems.ts';
import type { Refusal } from '../../../serve/refusal.ts';
import { invalid, invalidValue, missingParameter, unknownParameter } from './refusals.ts';

/** What OpenAI answers to a body with this problem. */
export function refusalOf(problem: Problem, body: JsonValue): Refusal {
  const { path, expected } = problem;
  const param = paramOf(path);
  const limit = /^(?:a key of )?(at most|at least) (\d+)/.exec(expected);
  if (problem.aboutKey === true) return limit ? keyTooLong(path, limit[2] ?? '') : unknownParameter(param);
  const value = valueAt(body, path);
  if (value === undefined) return missingParameter(param);
  if (limit) return outOfBounds(param, value, { isMost: limit[1] === 'at most', bound: limit[2] ?? '' });
  if (typeof value === 'string' && isWords(expected)) {
    return invalidValue(param, value, wordsOf(expected));
  }
  const message = `Invalid type for '${param}': expected ${expected}, but got ${kindOf(value)} instead.`;
  return invalid(message, { param, code: 'invalid_type' });
}

/** `items[0].content`. */
function paramOf(path: JsonPath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

function keyTooLong(path: JsonPath, bound: string): Refusal {
  const param = paramOf(path.slice(0, -1));
  const { length } = Array.from(String(path.at(-1)));
  const message = `Invalid key in '${param}': string too long. Expected a string with maximum length ${bound}, but got a string with length ${length} instead.`;
  return invalid(message, { param, code: 'string_above_max_length' });
}

interface Bound {
  readonly isMost: boolean;
  readonly bound: string;
}

function outOfBounds(param: string, value: JsonValue, { isMost, bound }: Bound): Refusal {
  const side = isMost ? 'above_max' : 'below_min';
  const limit = isMost ? 'maximum' : 'minimum';
  if (typeof value === 'number') {
    const message = `Invalid '${param}': integer ${isMost ? 'above maximum' : 'below minimum'} value. Expected a value ${isMost ? '<=' : '>='} ${bound}, but got ${value} instead.`;
    return invalid(message, { param, code: `integer_${side}_value` });
  }
  if (isObject(value)) {
    const count = Object.keys(value).length;
    const message = `Invalid '${param}': too many properties. Expected an object with ${limit} ${bound} properties, but got ${count} instead.`;
    return invalid(message, { param, code: `object_${side}_properties` });
  }
  const [kind, length] = Array.isArray(value)
    ? ['array', value.length]
    : ['string', Array.from(String(value)).length];
  const article = kind === 'array' ? 'an' : 'a';
  const message = `Invalid '${param}': ${kind} too ${isMost ? 'long' : 'short'}. Expected ${article} ${kind} with ${limit} length ${bound}, but got ${article} ${kind} with length ${length} instead.`;
  return invalid(message, { param, code: `${kind}_${side}_length` });
}

/** Whether it is words that were expected, and not types. */
function isWords(expected: string): boolean {
  return expected.startsWith('"') || expected === 'a documented value';
}

function wordsOf(expected: string): string[] {
  return Array.from(expected.matchAll(/"([^"]*)"/g), ([, word]) => word ?? '');
}

function kindOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
