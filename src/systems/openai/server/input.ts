import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import { request } from '../schema.ts';
import { itemTypeOf } from '../types.ts';
import { refusalOf } from './problem-refusal.ts';
import { invalid, invalidValue, missingParameter, unknownParameter } from './refusals.ts';

/** What a body may have, and the member that must not be left out. */
export interface BodyShape {
  readonly members: readonly string[];
  readonly required?: 'items' | 'metadata';
}

/** @see https://platform.openai.com/docs/api-reference/conversations/create-items */
const MOST_ITEMS = 20;

/**
 * A body that OpenAI would take: with documented members only, everywhere in it. None is an empty one.
 *
 * @throws Refusal that names the first thing that is wrong with it.
 */
export function checkedBody({ members, required }: BodyShape, body: JsonValue = {}): JsonObject {
  if (!isObject(body)) throw invalid('Invalid type for the request body: expected object.', typeError);
  const unknown = Object.keys(body).find((key) => !members.includes(key));
  if (unknown !== undefined) throw unknownParameter(unknown);
  if (required !== undefined && !Object.hasOwn(body, required)) throw missingParameter(required);
  const items = member(body, 'items');
  if (required === 'items' && items === null) {
    throw invalid("Invalid type for 'items': expected array, but got null instead.", {
      ...typeError,
      param: 'items',
    });
  }
  if (Array.isArray(items)) checkCount(items.length);
  const [problem] = problemsOf(request(), body, { strict: true });
  if (problem) throw refusalOf(problem, body);
  if (Array.isArray(items)) {
    items.forEach((item, index) => isObject(item) && checkItem(item, `items[${index}]`));
  }
  return body;
}

const typeError = { code: 'invalid_type' };

function checkCount(count: number): void {
  if (count <= MOST_ITEMS) return;
  const message = `Invalid 'items': array too long. Expected an array with maximum length ${MOST_ITEMS}, but got an array with length ${count} instead.`;
  throw invalid(message, { param: 'items', code: 'array_above_max_length' });
}

/** What the schema of the format is open about, as it is for what was stored. */
function checkItem(item: JsonObject, at: string): void {
  if (Object.hasOwn(item, 'created_by')) throw unknownParameter(`${at}.created_by`);
  if (itemTypeOf(item) === 'message') checkContent(item, at);
  const id = member(item, 'id');
  if (typeof id !== 'string' || itemTypeOf(item) === 'item_reference') return;
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) {
    const message = `Invalid '${at}.id': expected 1 to 64 letters, numbers, underscores or dashes.`;
    throw invalid(message, { param: `${at}.id`, code: 'invalid_value' });
  }
}

const saidByAssistants = ['output_text', 'refusal'];
const saidByOthers = ['input_text', 'input_image', 'input_file'];

/** @see https://github.com/openai/openai-python/issues/3544 */
function checkContent(item: JsonObject, at: string): void {
  const content = member(item, 'content');
  if (!Array.isArray(content)) return;
  const known = member(item, 'role') === 'assistant' ? saidByAssistants : saidByOthers;
  content.forEach((part, index) => {
    const type = isObject(part) ? member(part, 'type') : undefined;
    if (typeof type === 'string' && !known.includes(type)) {
      throw invalidValue(`${at}.content[${index}].type`, type, known);
    }
  });
}
