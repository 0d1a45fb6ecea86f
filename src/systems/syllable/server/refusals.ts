import type { JsonObject } from '../../../core/json.ts';
import { Refusal } from '../../../serve/refusal.ts';

/** One thing wrong with a parameter. */
export interface Problem {
  /** Where: `query`, the parameter, and the index of a repeated one. */
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

const phrases: ReadonlyMap<number, string> = new Map([
  [404, 'Not Found'],
  [405, 'Method Not Allowed'],
]);

/** Only 422 is declared; the other bodies are those of the server library that the API shows itself to be built with. */
export function errorBody(status: number, message: string): JsonObject {
  return { detail: phrases.get(status) ?? message };
}

export function wrongMethod(): Refusal {
  return new Refusal(405, errorBody(405, ''));
}

/** Nothing can be changed through this API, so nobody waits here for anybody. */
export function locked(): Refusal {
  return new Refusal(409, errorBody(409, 'the conversation is being changed'));
}

/** @see https://github.com/asksyllable/syllable-sdk-python/blob/main/docs/models/httpvalidationerror.md */
export function invalid(problems: readonly Problem[]): Refusal {
  return new Refusal(422, { detail: problems.map(({ loc, msg, type }) => ({ loc: [...loc], msg, type })) });
}

/** A session's id is a number, as text: what the channel calls it (`CA…`) is refused with 400. */
export function noSessionId(text: string): Refusal {
  return new Refusal(400, { detail: `the session id ${JSON.stringify(text)} is not a number` });
}

export function noSession(id: string): Refusal {
  return new Refusal(404, { detail: `there is no session ${id}` });
}

/** Undefined if the header shows the key. */
export function keyRefusal(shown: string | undefined, token: string): Refusal | undefined {
  if (shown === token) return undefined;
  const missing = shown === undefined || shown === '';
  return new Refusal(401, {
    detail: missing ? 'the header Syllable-API-Key is missing' : 'this API key is not known',
  });
}
