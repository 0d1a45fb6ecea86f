import { Failure, type FailureCode, type Issue } from '../../../core/errors.ts';
import { isObject, type JsonObject, type JsonValue, member, toPointer } from '../../../core/json.ts';
import type { Complaint } from '../../../http/call.ts';
import type { HttpReply } from '../../../http/exchange.ts';

/**
 * What an Error or a ValidationError of Looker says.
 *
 * @see https://docs.cloud.google.com/looker/docs/reference/looker-api/latest/types/ValidationError
 */
export function explain({ body }: HttpReply): Complaint {
  if (!isObject(body)) return {};
  const issues = issuesIn(body);
  const message = textIn(body, 'message') ?? issues[0]?.message;
  return { ...(message !== undefined && { message }), issues };
}

/** The same of a login, which answers 404 to who it does not know, and not always to others. Who may not log in may do nothing. */
export function explainLogin(reply: HttpReply): Complaint {
  if (reply.status === 403) {
    return {
      ...explain(reply),
      code: 'not_authenticated',
      hint: 'the login was refused: may this user use the API, and from here?',
    };
  }
  if (reply.status !== 404) return explain(reply);
  const isLooker = isObject(reply.body) && Object.hasOwn(reply.body, 'message');
  return {
    code: 'not_authenticated',
    message: 'the login failed: there is no such client id with this secret',
    hint: isLooker
      ? 'check the client id and its secret: `convo doctor` says where they come from'
      : 'check the address, the client id and its secret: `convo doctor` says where they come from',
  };
}

/** Conversations, asked for as a whole, can be missing only with that part of the API. Throws what it is given else. */
export function missingPart(error: unknown, code: FailureCode): never {
  if (!(error instanceof Failure) || error.code !== 'not_found') throw error;
  throw new Failure(code, error.message, {
    ...error.details,
    hint: 'Looker has conversations from release 26.4 on, where Conversational Analytics is enabled and the user may use it',
  });
}

function issuesIn(body: JsonObject): Issue[] {
  const errors = member(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.filter(isObject).map((detail) => ({
    path: pointerOf(member(detail, 'field')),
    message: textIn(detail, 'message') ?? textIn(detail, 'code') ?? 'is wrong',
  }));
}

function textIn(object: JsonObject, key: string): string | undefined {
  const text = member(object, key);
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** `messages[1].type` is `/messages/1/type`; what names no field is about the whole. */
function pointerOf(field: JsonValue | undefined): string {
  return typeof field === 'string' ? toPointer(field.match(/[^.[\]]+/g) ?? []) : '';
}
