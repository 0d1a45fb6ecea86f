import { isObject, type JsonValue, member } from '../../../core/json.ts';
import type { Complaint } from '../../../http/call.ts';
import type { HttpReply } from '../../../http/exchange.ts';

/**
 * What Orq.ai says of an error. The specification of conversations has `{message}`, the page on errors
 * `{error: {code, message}}`, its clients `{code, message}` and `{error: text}`.
 *
 * @see https://docs.orq.ai/reference/errors
 */
export function explain({ body }: HttpReply): Complaint {
  if (!isObject(body)) return {};
  const error = member(body, 'error');
  const inner = isObject(error) ? error : {};
  const said = [member(inner, 'message'), error, member(body, 'message'), member(inner, 'code')];
  const message = said.find(isSaid);
  return message === undefined ? {} : { message };
}

function isSaid(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
