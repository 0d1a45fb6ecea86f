import { isObject, type JsonObject, type JsonValue, member, toPointer } from '../../../core/json.ts';
import type { Complaint } from '../../../http/call.ts';
import type { HttpReply } from '../../../http/exchange.ts';

/**
 * What OpenAI says of an error: `{error: {message, type, param, code}}`. Servers that speak its language have less, or
 * `{error: text}`, `{message}` and `{detail}`.
 *
 * @see https://platform.openai.com/docs/guides/error-codes
 */
export function explain(reply: HttpReply): Complaint {
  const { status, body } = reply;
  if (!isObject(body)) return {};
  const given = member(body, 'error');
  const error = isObject(given) ? given : {};
  const said = [member(error, 'message'), given, member(body, 'message'), member(body, 'detail')];
  const message = said.find(isSaid);
  const path = status === 400 || status === 422 ? pointerOf(member(error, 'param')) : undefined;
  return {
    ...(message !== undefined && { message }),
    ...(message !== undefined && path !== undefined && { issues: [{ path, message }] }),
    ...meaningOf(error),
  };
}

/** True while another request is at work on the conversation; false for what more patience does not help. */
export function isBusy({ body }: HttpReply): boolean | undefined {
  const error = isObject(body) ? member(body, 'error') : undefined;
  const code = isObject(error) ? member(error, 'code') : undefined;
  if (code === 'conversation_locked') return true;
  return code === 'insufficient_quota' ? false : undefined;
}

/** What the status alone does not tell. */
const meanings: ReadonlyMap<JsonValue | undefined, Complaint> = new Map<JsonValue | undefined, Complaint>([
  ['conversation_locked', { code: 'unavailable', hint: 'try again in a few seconds; nothing was changed' }],
  ['invalid_api_key', { code: 'not_authenticated' }],
  [
    'insufficient_quota',
    {
      code: 'not_allowed',
      hint: 'see to the plan and billing of the account at https://platform.openai.com/settings/organization/billing',
    },
  ],
]);

function meaningOf(error: JsonObject): Complaint {
  return meanings.get(member(error, 'code')) ?? meanings.get(member(error, 'type')) ?? {};
}

function isSaid(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** `items[0].content` is `/items/0/content`, as the checks that it shares with responses call them `input` too. */
function pointerOf(param: JsonValue | undefined): string | undefined {
  if (typeof param !== 'string') return undefined;
  const [first = '', ...others] = param.match(/[^.[\]]+/g) ?? [];
  if (first === 'items' || first === 'input') return toPointer(['items', ...others]);
  return first === 'metadata' ? toPointer([first, ...others]) : undefined;
}
