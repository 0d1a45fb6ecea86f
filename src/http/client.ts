import { got, type OptionsInit, RequestError, type Response } from 'got';
import { Failure } from '../core/errors.ts';
import { JsonSyntaxProblem, parseAnswer } from '../core/json/parse.ts';
import type { JsonValue } from '../core/json.ts';
import { breakdownOf, brokenDown, stopped } from './breakdown.ts';
import { concealedError, concealedExchange, concealedReply, concealer } from './conceal.ts';
import type { Exchange, HttpReply, HttpRequest } from './exchange.ts';
import { isHeaderText } from './header-text.ts';
import { redirectOf } from './redirect.ts';
import { delayBefore, MOST_RETRIES, mayRetryAfterBreakdown, mayRetryAfterReply } from './retry.ts';

export interface ClientOptions {
  /** The system's name in sentences: `OpenAI`. */
  readonly title: string;
  /** As `systemAddress` returns it. */
  readonly address: URL;
  /** Headers of each request, the key among them; asked for anew at each, and never sent anywhere else. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  /** The key and all that is as good as one; taken out of what is told of an exchange, as systems repeat them. */
  readonly secrets: () => readonly string[];
  readonly version: string;
  /** Aborted when the program is told to stop. */
  readonly signal: AbortSignal;
  /** How long an answer may take, in milliseconds. */
  readonly timeout: number;
  /** Attempts after the first; a few if absent. */
  readonly retries?: number | undefined;
  /**
   * Whether an answer says that the system did not act and may soon (OpenAI's locked conversation), or that it will
   * not however often it is asked (a quota that is used up); undefined if it says neither.
   */
  readonly isBusy?: (reply: HttpReply) => boolean | undefined;
  /** Told of each exchange, those that were tried again too. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Told what time the system has as it answers, where it says so: the `Date` header, in milliseconds. */
  readonly onDate?: ((date: number) => void) | undefined;
  /** A number from 0 to 1, for the spread of delays. */
  readonly chance: () => number;
  readonly now: () => number;
}

/** Talks to one system. */
export interface HttpClient {
  /**
   * The answer, whatever its status. Reads are tried again when the connection breaks or the system is in trouble;
   * writes only when they surely did not take effect.
   * @throws Failure `unavailable` if nothing came back and nothing can have happened, `outcome_unknown` if a write may
   * have taken effect; the reason of the signal, which for a write that may have taken effect says so.
   */
  readonly send: (request: HttpRequest) => Promise<HttpReply>;
  /** An answer without the secrets, for what is said of it. */
  readonly concealed: (reply: HttpReply) => HttpReply;
}

const CONNECT_MS = 10_000;
const MOST_REDIRECTS = 5;

export function createClient(options: ClientOptions): HttpClient {
  const conceal = (text: string): string => concealer(options.secrets())(text);
  const discreet: ClientOptions = {
    ...options,
    onExchange: (told) => options.onExchange?.(concealedExchange(told, conceal)),
  };
  return {
    send: (request) =>
      follow(discreet, request, urlOf(options.address, request), MOST_REDIRECTS).catch((error: unknown) => {
        throw concealedError(error, conceal);
      }),
    concealed: (reply) => concealedReply(reply, concealer(options.secrets())),
  };
}

/** Goes where the system says, as long as it stays with itself. */
async function follow(
  options: ClientOptions,
  request: HttpRequest,
  url: URL,
  left: number,
): Promise<HttpReply> {
  const reply = await exchange(options, request, url);
  const target = redirectOf(options.title, request, reply, url);
  if (!target) return reply;
  if (left === 0)
    throw new Failure('unavailable', `${options.title} redirects in circles`, { status: reply.status });
  return follow(options, request, target, left - 1);
}

async function exchange(options: ClientOptions, request: HttpRequest, url: URL): Promise<HttpReply> {
  let started = options.now();
  let isWaiting = false;
  const tell = (outcome: Partial<Exchange>): void =>
    options.onExchange?.({
      method: request.method,
      url: url.href,
      milliseconds: options.now() - started,
      ...outcome,
    });
  const most = options.retries ?? MOST_RETRIES;
  const settings = {
    ...(await transport(options, request)),
    hooks: { beforeRequest: [() => void (isWaiting = false)] },
    retry: {
      limit: most,
      calculateDelay: ({ attemptCount, error }: { attemptCount: number; error: RequestError }): number => {
        const delay = attemptCount > most ? undefined : delayAfter(options, request, error, attemptCount);
        if (delay === undefined) return 0;
        isWaiting = true;
        // Of an answer that broke off there is no body to read.
        const isWhole = error.name === 'HTTPError' && error.response !== undefined;
        tell(isWhole ? toldOf(replyOf(error.response)) : { error: error.message });
        started = options.now() + delay;
        return Math.max(1, delay);
      },
    },
  } satisfies OptionsInit;
  try {
    const reply = replyOf(await got(url, settings));
    tell(toldOf(reply));
    tellDate(options, reply);
    return reply;
  } catch (error) {
    const { title, signal } = options;
    // What is to be tried again was not done by the attempt before.
    if (signal.aborted) throw isWaiting ? signal.reason : stopped(title, request, signal.reason, error);
    if (!(error instanceof RequestError)) throw error;
    tell({ error: error.message });
    throw brokenDown(title, request, error);
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#field.date */
function tellDate({ onDate }: ClientOptions, { headers }: HttpReply): void {
  const date = Date.parse(headers['date'] ?? '');
  if (!Number.isNaN(date)) onDate?.(date);
}

async function transport(options: ClientOptions, request: HttpRequest) {
  const { title, version, timeout, signal } = options;
  const { method, body, form } = request;
  const headers = await options.headers();
  checkHeaders(title, headers);
  return {
    method,
    headers: {
      'user-agent': `convo/${version}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(form && { form: { ...form } }),
    timeout: { lookup: CONNECT_MS, connect: CONNECT_MS, secureConnect: CONNECT_MS, request: timeout },
    throwHttpErrors: false,
    followRedirect: false,
    signal,
  } satisfies OptionsInit;
}

/** What cannot be sent has changed nothing, and would be somebody else's error, with the value in it. */
function checkHeaders(title: string, headers: Readonly<Record<string, string>>): void {
  const bad = Object.keys(headers).find((name) => !isHeaderText(headers[name] ?? ''));
  if (bad === undefined) return;
  throw new Failure('usage', `what is to be sent to ${title} as ${bad} has characters that no header has`);
}

/** Milliseconds until the next attempt; undefined if there is to be none. */
function delayAfter(
  options: ClientOptions,
  request: HttpRequest,
  error: RequestError,
  attempt: number,
): number | undefined {
  const spread = { chance: options.chance(), now: options.now() };
  if (!error.response || error.name !== 'HTTPError') {
    return mayRetryAfterBreakdown(request, breakdownOf(error)) ? delayBefore(attempt, {}, spread) : undefined;
  }
  const reply = replyOf(error.response);
  const may = options.isBusy?.(reply) ?? mayRetryAfterReply(request, reply);
  return may ? delayBefore(attempt, reply.headers, spread) : undefined;
}

function toldOf({ status, requestId }: HttpReply): Partial<Exchange> {
  return { status, requestId };
}

function replyOf({ statusCode, headers, rawBody }: Response): HttpReply {
  const text = rawBody.toString('utf8');
  const single = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
  return {
    status: statusCode,
    headers: single,
    body: jsonIn(text),
    text,
    requestId: single['x-request-id'],
  };
}

function jsonIn(text: string): JsonValue | undefined {
  try {
    return text.trim() === '' ? undefined : parseAnswer(text);
  } catch (error) {
    if (error instanceof JsonSyntaxProblem) return undefined;
    throw error;
  }
}

function urlOf(address: URL, { path, query = [] }: HttpRequest): URL {
  const url = new URL(address);
  // The path of an address without one is a slash.
  url.pathname = url.pathname.replace(/\/$/, '') + path;
  for (const [name, value] of query) url.searchParams.append(name, value);
  return url;
}
