import type { Context } from 'hono';
import { routePath } from 'hono/route';
import type { JsonObject, JsonPath } from '../../../core/json.ts';
import type { Problem } from '../../../core/schema/problems.ts';
import { Refusal } from '../../../serve/refusal.ts';

/** Where the API begins below the address of an instance. */
export const API = '/api/4.0';

/**
 * Looker's error pages, named `{status}/{method}{path}` with the parameters of the path by name.
 *
 * @see https://cloud.google.com/looker/docs/r/err/4.0/422/post/themes/validate
 */
const PAGES = 'https://cloud.google.com/looker/docs/r/err/4.0';

/** An Error of the API; without a page of its own it refers to that of the status. */
export function errorBody(status: number, message: string, page = `${PAGES}/${status}`): JsonObject {
  return { message, documentation_url: page };
}

/** An Error of the operation that is being answered. */
export function refuse(c: Context, status: number, message: string): Refusal {
  return new Refusal(status, errorBody(status, message, pageOf(c, status)));
}

/** The ValidationError of a body: what is wrong with each of its fields. */
export function refuseFields(c: Context, problems: readonly Problem[]): Refusal {
  const page = pageOf(c, 422);
  const errors = problems.map(({ path, message, missing }) => {
    const field = nameOf(path);
    return {
      field,
      code: missing ? 'missing_field' : 'invalid',
      message: missing ? `'${field}' is required.` : `'${field}' is invalid: ${message}`,
      documentation_url: page,
    };
  });
  return new Refusal(422, { message: 'Validation Failed', errors, documentation_url: page });
}

export function notFound(c: Context): Refusal {
  return refuse(c, 404, 'Not found');
}

function pageOf(c: Context, status: number): string {
  const route = routePath(c);
  return `${PAGES}/${status}/${c.req.method.toLowerCase()}${route.slice(route.indexOf(API) + API.length)}`;
}

/** `messages[0].type` */
function nameOf(path: JsonPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}
