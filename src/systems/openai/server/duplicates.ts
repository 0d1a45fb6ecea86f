import { isObject, type JsonObject, member } from '../../../core/json.ts';
import { invalid } from './refusals.ts';

/**
 * Items of a body have ids that no item of the conversation has, nor another one of the body.
 *
 * @throws Refusal that names the first that has not.
 */
export function refuseDuplicates(body: JsonObject, taken: ReadonlySet<string>): void {
  const items = member(body, 'items');
  if (!Array.isArray(items)) return;
  const seen = new Set(taken);
  items.forEach((item, index) => {
    const id = isObject(item) ? member(item, 'id') : undefined;
    if (typeof id !== 'string') return;
    if (seen.has(id)) {
      const message = `Duplicate item found with id ${id}. Remove duplicate items from your input and try again.`;
      throw invalid(message, { param: `items[${index}].id` });
    }
    seen.add(id);
  });
}
