import type { Kind } from '../../core/format.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { accepts } from '../../core/schema/accept.ts';
import { itemSchema } from './items.ts';

/** What keeps an item from being valid, in words; `undefined` if it is valid. */
export function problemOf(item: JsonObject, kind: Kind): string | undefined {
  if (accepts(itemSchema(kind), item)) return undefined;
  const result = itemSchema(kind).safeParse(item);
  if (result.success) return undefined;
  const path = pathOf(result.error.issues);
  return path === ''
    ? 'OpenAI has no item like it'
    : `OpenAI does not take it: its ${path} is missing or out of bounds`;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly params?: unknown;
}

/** The place of the first issue, within variants too. */
function pathOf(issues: readonly unknown[]): string {
  const [first] = issues;
  if (!isIssue(first)) return '';
  const inner = isObject(first.params) ? first.params['issues'] : undefined;
  const deeper = Array.isArray(inner) ? pathOf(inner) : '';
  return [...first.path.map(String), deeper].filter((step) => step !== '').join('.');
}

function isIssue(issue: unknown): issue is Issue {
  return typeof issue === 'object' && issue !== null && 'path' in issue && Array.isArray(issue.path);
}
