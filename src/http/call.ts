import { Failure, type FailureCode, type Issue } from '../core/errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../core/json.ts';
import type { HttpClient } from './client.ts';
import type { HttpReply, HttpRequest } from './exchange.ts';

/** What a system says of an error, as far as its body could be understood. */
export interface Complaint {
  /** Its own words. */
  readonly message?: string | undefined;
  readonly issues?: readonly Issue[];
  /** What kind of failure it is, where the status alone does not tell. */
  readonly code?: FailureCode;
  readonly hint?: string;
}

export type Explain = (reply: HttpReply) => Complaint;

/** Calls that end in the JSON asked for or in a Failure that says what the system said. */
export interface Caller {
  /** @throws Failure as {@link failureFrom} says; also if a good answer has no JSON object. */
  readonly ask: (request: HttpRequest) => Promise<JsonObject>;
  /** The same for an answer of any JSON. */
  readonly askAny: (request: HttpRequest) => Promise<JsonValue>;
  /** Undefined where the system says that it is not there. */
  readonly find: (request: HttpRequest) => Promise<JsonObject | undefined>;
  /** For a good answer of which the body says nothing. False where the system says that it is not there. */
  readonly tell: (request: HttpRequest) => Promise<boolean>;
}

export function createCaller(title: string, client: HttpClient, explain: Explain): Caller {
  const send = async (request: HttpRequest): Promise<HttpReply> => {
    const reply = await client.send(request);
    if (reply.status >= 200 && reply.status < 300) return reply;
    const concealed = client.concealed(reply);
    throw failureFrom(title, request, concealed, explain(concealed));
  };
  const askAny = async (request: HttpRequest): Promise<JsonValue> => {
    const reply = await send(request);
    if (reply.body === undefined) throw unreadable(title, request, client.concealed(reply));
    return reply.body;
  };
  const ask = async (request: HttpRequest): Promise<JsonObject> => {
    const reply = await send(request);
    if (!isObject(reply.body)) throw unreadable(title, request, client.concealed(reply));
    return reply.body;
  };
  return {
    ask,
    askAny,
    find: (request) => ask(request).catch(absent(undefined)),
    tell: (request) => send(request).then(() => true, absent(false)),
  };
}

function absent<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof Failure && error.code === 'not_found') return value;
    throw error;
  };
}

const codes: Readonly<Record<number, FailureCode>> = {
  400: 'invalid',
  401: 'not_authenticated',
  402: 'not_allowed',
  403: 'not_allowed',
  404: 'not_found',
  405: 'unsupported',
  409: 'conflict',
  410: 'not_found',
  413: 'invalid',
  415: 'invalid',
  422: 'invalid',
  423: 'unavailable',
  429: 'unavailable',
  501: 'unsupported',
};

/** An answer that is no good one, as a Failure: `OpenAI: Conversation with id 'x' not found.` */
export function failureFrom(
  title: string,
  request: HttpRequest,
  reply: HttpReply,
  explained: Complaint,
): Failure {
  const { status, requestId } = reply;
  const complaint = isStranger(reply) ? { ...strange, ...explained } : explained;
  const code = complaint.code ?? codes[status] ?? codeFor(request, status);
  const said = complaint.message ?? `it answered with status ${status}`;
  const hint = complaint.hint ?? hints[code];
  return new Failure(code, `${title}: ${sentence(said)}`, {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(hint !== undefined && { hint }),
    ...(complaint.issues && complaint.issues.length > 0 && { issues: complaint.issues }),
  });
}

/** That something is not there is for the system itself to say: a page in front of it knows nothing of that. */
function isStranger({ status, body }: HttpReply): boolean {
  return (status === 404 || status === 410) && !isObject(body);
}

const strange: Complaint = {
  code: 'unavailable',
  message: 'something that is not the system answered',
  hint: 'is the address right? `convo doctor` shows it',
};

/** A server in trouble, or out of patience, may have acted before it got there. */
function codeFor({ writes }: HttpRequest, status: number): FailureCode {
  if (status >= 400 && status < 500 && status !== 408) return 'invalid';
  return writes ? 'outcome_unknown' : 'unavailable';
}

const hints: Readonly<Partial<Record<FailureCode, string>>> = {
  not_authenticated: 'check the key: `convo doctor` says where it comes from',
  not_allowed: 'the key is known there, and may not do this',
  outcome_unknown: 'look whether it was done before doing it again',
  unavailable: 'try again later; nothing was changed',
};

/** One line without a full stop, as all our failures are. */
function sentence(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 1000);
}

function unreadable(title: string, request: HttpRequest, reply: HttpReply): Failure {
  const { status, requestId, text } = reply;
  const what = text.trim() === '' ? 'with nothing' : 'with something that cannot be read';
  const details = { status, ...(requestId !== undefined && { requestId }) };
  return request.writes
    ? new Failure('outcome_unknown', `${title} answered ${what}, and has probably acted`, {
        ...details,
        hint: 'look whether it was done before doing it again',
      })
    : new Failure('unavailable', `${title} answered ${what}`, {
        ...details,
        hint: 'is the address right? `convo doctor` shows it',
      });
}
