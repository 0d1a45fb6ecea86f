import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { JsonValue } from '../../../core/json.ts';
import { once } from '../../../core/once.ts';
import { object, optional } from '../../../core/schema/build.ts';
import { problemsOf } from '../../../core/schema/problems.ts';
import { parseFields, type Selection, select } from './fields.ts';
import { refuse } from './refusals.ts';

/** A parameter of the query; undefined if it is absent or says nothing. */
export function parameter(c: Context, name: string): string | undefined {
  const value = c.req.query(name);
  return value === '' ? undefined : value;
}

/** The values of a parameter with commas between them, each once; undefined if there are none. */
export function listParameter(c: Context, name: string): string[] | undefined {
  const values = (parameter(c, name) ?? '').split(',').map((value) => value.trim());
  const given = new Set(values.filter((value) => value !== ''));
  return given.size === 0 ? undefined : [...given];
}

/** The ids that a deletion names. @throws Refusal 400 if it names none */
export function idsToDelete(c: Context): string[] {
  selectionOf(c);
  const ids = listParameter(c, 'id');
  if (!ids) throw refuse(c, 400, 'id is required');
  return ids;
}

/** What `fields` asks for. @throws Refusal 400 if it cannot be read */
export function selectionOf(c: Context): Selection {
  const text = parameter(c, 'fields');
  if (text === undefined) return 'whole';
  const selection = parseFields(text);
  if (!selection) throw refuse(c, 400, 'fields is not a list of names, as in id,name,messages(id,type)');
  return selection;
}

/** Answers with what `fields` asks for of a value. */
export function answer(c: Context, value: JsonValue, selection: Selection): Response {
  return c.json(select(value, selection));
}

export interface Range {
  readonly limit: number;
  readonly offset: number;
}

/** A page of a search; without `limit` everything, as no other number is documented. @throws Refusal 400 */
export function rangeOf(c: Context): Range {
  check(c, range(), ['limit', 'offset']);
  return {
    limit: Number(parameter(c, 'limit') ?? Number.POSITIVE_INFINITY),
    offset: Number(parameter(c, 'offset') ?? 0),
  };
}

export interface Flags {
  readonly deleted: boolean | undefined;
  readonly isAny: boolean;
}

/** The switches of a search. @throws Refusal 400 */
export function flagsOf(c: Context): Flags {
  check(c, flags(), ['deleted', 'filter_or']);
  const deleted = parameter(c, 'deleted');
  return {
    deleted: deleted === undefined ? undefined : deleted === 'true',
    isAny: parameter(c, 'filter_or') === 'true',
  };
}

const range = once(() => object({ limit: optional(wholeNumber()), offset: optional(wholeNumber()) }));
const flags = once(() => object({ deleted: optional(flag()), filter_or: optional(flag()) }));
const flag = () => z.enum(['true', 'false']);

function wholeNumber() {
  return z.string().check((payload) => {
    if (/^\d{1,15}$/.test(payload.value)) return;
    const params = { expected: 'a whole number from 0' };
    payload.issues.push({ code: 'custom', params, input: payload.value });
  });
}

function check(c: Context, schema: ReturnType<typeof range | typeof flags>, names: readonly string[]): void {
  const given = names.flatMap((name) => {
    const value = parameter(c, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const [problem] = problemsOf(schema, Object.fromEntries(given), { warnings: false });
  if (problem) throw refuse(c, 400, `${problem.path.join('.')}: ${problem.message}`);
}
