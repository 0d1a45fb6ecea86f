import { Failure, type FailureDetails } from '../core/errors.ts';
import { isObject, type JsonObject, type JsonValue, setMember } from '../core/json.ts';
import type { Exchange, HttpReply } from './exchange.ts';

/** A text without the secrets in it. */
export type Conceal = (text: string) => string;

/** What is shorter is no secret, and would be found in everything. */
const SHORTEST = 4;

/** Replaces each of these by `…`, also where it is written as in a URL, in JSON or in base64, and in any case. */
export function concealer(secrets: readonly string[]): Conceal {
  const spellings = secrets.filter(({ length }) => length >= SHORTEST).flatMap(spellingsOf);
  if (spellings.length === 0) return (text) => text;
  // Of several that begin at one place, the longest.
  const longestFirst = spellings.toSorted((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map(escaped).join('|'), 'gi');
  return (text) => text.replace(pattern, '…');
}

function spellingsOf(secret: string): string[] {
  // Half a character could not be encoded.
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const base64url = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [
    ...new Set([
      secret,
      encodeURIComponent(bytes.toString()),
      JSON.stringify(secret).slice(1, -1),
      base64,
      base64url,
    ]),
  ];
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** An answer of which nothing that is said can give a secret away. */
export function concealedReply(reply: HttpReply, conceal: Conceal): HttpReply {
  const { headers, body, text, requestId } = reply;
  return {
    ...reply,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value === undefined ? value : conceal(value)]),
    ),
    body: body === undefined ? undefined : concealedJson(body, conceal),
    text: conceal(text),
    requestId: requestId === undefined ? undefined : conceal(requestId),
  };
}

function concealedJson(value: JsonValue, conceal: Conceal): JsonValue {
  if (typeof value === 'string') return conceal(value);
  if (Array.isArray(value)) return value.map((each) => concealedJson(each, conceal));
  if (!isObject(value)) return value;
  const concealed: JsonObject = {};
  for (const [key, each] of Object.entries(value)) {
    if (each !== undefined) setMember(concealed, conceal(key), concealedJson(each, conceal));
  }
  return concealed;
}

export function concealedExchange(exchange: Exchange, conceal: Conceal): Exchange {
  const { url, requestId, error } = exchange;
  return {
    ...exchange,
    url: concealedUrl(url, conceal),
    ...(requestId !== undefined && { requestId: conceal(requestId) }),
    ...(error !== undefined && { error: conceal(error) }),
  };
}

/** In a URL a character may be encoded that need not be: of such a one only where it leads is left. */
function concealedUrl(url: string, conceal: Conceal): string {
  const shown = conceal(url);
  const readable = shown.replaceAll(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return conceal(readable) === readable ? shown : `${conceal(new URL(url).origin)}/…`;
}

/** An error that says the same without the secrets; itself if there are none in it. */
export function concealedError(error: unknown, conceal: Conceal): unknown {
  if (!(error instanceof Error) || !hasSecret(error, conceal)) return error;
  const cause = concealedError(error.cause, conceal);
  if (error instanceof Failure) {
    return new Failure(error.code, conceal(error.message), {
      ...concealedDetails(error.details, conceal),
      ...(cause !== undefined && { cause }),
    });
  }
  const concealed = new Error(conceal(error.message), { cause });
  concealed.name = error.name;
  concealed.stack = conceal(error.stack ?? error.message);
  return concealed;
}

function hasSecret(error: unknown, conceal: Conceal): boolean {
  if (!(error instanceof Error)) return false;
  const { hint = '', requestId = '', issues = [] } = error instanceof Failure ? error.details : {};
  const said = [error.message, error.stack ?? '', hint, requestId];
  for (const { path, message } of issues) said.push(path, message);
  return said.some((text) => conceal(text) !== text) || hasSecret(error.cause, conceal);
}

function concealedDetails(details: FailureDetails, conceal: Conceal): FailureDetails {
  const { hint, requestId, issues } = details;
  return {
    ...details,
    ...(hint !== undefined && { hint: conceal(hint) }),
    ...(requestId !== undefined && { requestId: conceal(requestId) }),
    ...(issues && {
      issues: issues.map(({ path, message }) => ({ path: conceal(path), message: conceal(message) })),
    }),
  };
}
