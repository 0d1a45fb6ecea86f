import type { JsonObject } from '../../../core/json.ts';
import { Refusal } from '../../../serve/refusal.ts';

/** What else an error may say of itself. */
export interface ErrorTraits {
  /** The parameter at fault, as a path such as `items[0].content`; absent: null. */
  readonly param?: string;
  /** The error as a word; absent: null. */
  readonly code?: string;
}

/**
 * The body of an error: always four members.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations
 */
export function errorBody(status: number, message: string, traits: ErrorTraits = {}): JsonObject {
  const { type, code } = kindOf(status);
  return { error: { message, type, param: traits.param ?? null, code: traits.code ?? code } };
}

function kindOf(status: number): { readonly type: string; readonly code: string | null } {
  if (status === 429) return { type: 'requests', code: 'rate_limit_exceeded' };
  return { type: status >= 500 ? 'server_error' : 'invalid_request_error', code: null };
}

/** A request that cannot be carried out as it is. */
export function invalid(message: string, traits: ErrorTraits = {}): Refusal {
  return new Refusal(400, errorBody(400, message, traits));
}

/** A member that is not documented; `param` is its path. */
export function unknownParameter(param: string): Refusal {
  return invalid(`Unknown parameter: '${param}'.`, { param, code: 'unknown_parameter' });
}

/** A member that must not be left out; `param` is its path. */
export function missingParameter(param: string): Refusal {
  return invalid(`Missing required parameter: '${param}'.`, { param, code: 'missing_required_parameter' });
}

/** A word that is none of those documented; `known` is empty where they are too many to name. */
export function invalidValue(param: string, value: string, known: readonly string[]): Refusal {
  const supported = known.length > 0 ? ` Supported values are: ${quotedList(known)}.` : '';
  return invalid(`Invalid value: '${value}'.${supported}`, { param, code: 'invalid_value' });
}

/** Nothing to be seen here has this id. */
export function conversationNotFound(id: string): Refusal {
  return notFound(`Conversation with id '${id}' not found.`);
}

/** The conversation has no item of this id. */
export function itemNotFound(id: string): Refusal {
  return notFound(`Item with id '${id}' not found.`);
}

function notFound(message: string): Refusal {
  return new Refusal(404, errorBody(404, message));
}

/** Clients are to wait and try again, though it is a 400. */
export function locked(): Refusal {
  return invalid(
    'Another process is currently operating on this conversation. Please retry in a few seconds.',
    { param: 'conversation', code: 'conversation_locked' },
  );
}

/** The path is known, and the method is not among its own. */
export function wrongMethod(method: string, path: string): Refusal {
  return new Refusal(405, errorBody(405, `Invalid method for URL (${method} ${path})`));
}

/** The key is missing (undefined) or another; it is not repeated. */
export function wrongKey(key: string | undefined): Refusal {
  const message = key === undefined ? 'No API key was provided.' : 'Incorrect API key provided.';
  return new Refusal(401, errorBody(401, message, { code: 'invalid_api_key' }));
}

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
function quotedList(words: readonly string[]): string {
  const quoted = words.map((word) => `'${word}'`);
  if (quoted.length < 3) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1) ?? ''}`;
}
