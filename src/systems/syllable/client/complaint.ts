import type { Issue } from '../../../core/errors.ts';
import { isObject, type JsonPath, type JsonValue, member, toPointer } from '../../../core/json.ts';
import { showPath } from '../../../core/path.ts';
import type { Complaint } from '../../../http/call.ts';
import type { HttpReply } from '../../../http/exchange.ts';

/**
 * What Syllable says of an error: `detail` in words, or the problems one by one.
 * @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/models/httpvalidationerror.md
 */
export function explain({ body }: HttpReply): Complaint {
  if (!isObject(body)) return {};
  const detail = member(body, 'detail');
  if (Array.isArray(detail)) return explainProblems(detail.flatMap(readProblem));
  const said = isSaid(detail) ? detail : member(body, 'message');
  return isSaid(said) ? { message: said } : {};
}

interface Problem {
  /** Keys and indexes; the first says which part of the request is meant. */
  readonly place: JsonPath;
  readonly message: string;
}

function explainProblems(problems: readonly Problem[]): Complaint {
  if (problems.length === 0) return {};
  const sentences = problems.map(({ place, message }) => {
    const name = showPath(place.slice(1));
    return name === '' ? message : `${name}: ${message}`;
  });
  const issues = problems.map(({ place, message }): Issue => ({ path: toPointer(place), message }));
  return { message: sentences.join('; '), issues };
}

function readProblem(problem: JsonValue): Problem[] {
  const message = isObject(problem) ? member(problem, 'msg') : problem;
  if (!isSaid(message)) return [];
  const place = isObject(problem) ? member(problem, 'loc') : undefined;
  const steps = Array.isArray(place) ? place : [];
  return [{ place: steps.filter((step) => typeof step === 'string' || typeof step === 'number'), message }];
}

function isSaid(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
