import type { Context } from 'hono';
import { isObject, type JsonObject, type JsonValue, member } from '../../../core/json.ts';
import { invalidValue } from './refusals.ts';

/**
 * What is given only to those who ask for it, and what is there otherwise: null where that is documented, an empty
 * list where the member is required, else nothing at all. Steps through lists are meant for each element.
 *
 * @see https://platform.openai.com/docs/api-reference/conversations/list-items#conversations_list_items-include
 */
const hideable: Readonly<Record<string, Hidden>> = {
  'file_search_call.results': { type: 'file_search_call', path: ['results'], instead: null },
  'web_search_call.results': { type: 'web_search_call', path: ['results'] },
  'web_search_call.action.sources': { type: 'web_search_call', path: ['action', 'sources'] },
  'message.input_image.image_url': {
    type: 'message',
    path: ['content', 'image_url'],
    only: 'input_image',
    instead: null,
  },
  'computer_call_output.output.image_url': { type: 'computer_call_output', path: ['output', 'image_url'] },
  'code_interpreter_call.outputs': { type: 'code_interpreter_call', path: ['outputs'], instead: null },
  'reasoning.encrypted_content': { type: 'reasoning', path: ['encrypted_content'], instead: null },
  'message.output_text.logprobs': {
    type: 'message',
    path: ['content', 'logprobs'],
    only: 'output_text',
    instead: [],
  },
};

interface Hidden {
  readonly type: string;
  readonly path: readonly [string, string?];
  /** The type of the objects that have it, where those around are of several. */
  readonly only?: string;
  readonly instead?: JsonValue;
}

/** What the query asks for beside what everybody gets; clients write `include[]`, the document has `include`. */
export type Include = ReadonlySet<string>;

/** @throws Refusal of a value that is not documented. */
export function includeOf(c: Context): Include {
  const asked = [...(c.req.queries('include') ?? []), ...(c.req.queries('include[]') ?? [])];
  asked.forEach((value, index) => {
    if (!Object.hasOwn(hideable, value))
      throw invalidValue(`include[${index}]`, value, Object.keys(hideable));
  });
  return new Set(asked);
}

/** A complete item without what was not asked for. */
export function shownItem(item: JsonObject, include: Include): JsonObject {
  return Object.entries(hideable)
    .filter(([name, { type }]) => item['type'] === type && !include.has(name))
    .reduce((shown, [, hidden]) => without(shown, hidden), item);
}

function without(item: JsonObject, hidden: Hidden): JsonObject {
  const [first, second] = hidden.path;
  if (second === undefined) return hide(item, first, hidden);
  const inner = member(item, first);
  if (isObject(inner)) return { ...item, [first]: hide(inner, second, hidden) };
  if (!Array.isArray(inner)) return item;
  return { ...item, [first]: inner.map((each) => (isObject(each) ? hide(each, second, hidden) : each)) };
}

function hide(owner: JsonObject, key: string, { only, instead }: Hidden): JsonObject {
  if (!Object.hasOwn(owner, key) || (only !== undefined && owner['type'] !== only)) return owner;
  if (instead !== undefined) return { ...owner, [key]: instead };
  const { [key]: _hidden, ...others } = owner;
  return others;
}
