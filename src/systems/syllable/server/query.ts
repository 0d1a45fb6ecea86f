import * as z from 'zod/mini';
import { object, optional, type Schema } from '../../../core/schema/build.ts';
import { parseTime, type Time } from '../../../core/time.ts';
import { invalid, type Problem } from './refusals.ts';

/** What a list can be searched and ordered by, and cut down to. */
export interface Properties {
  readonly all: readonly string[];
  /** Those that are documented and nevertheless refused when they are searched. */
  readonly unsearchable: readonly string[];
}

export const conversationProperties: Properties = {
  all: [
    'timestamp',
    'agent_type',
    'agent_id',
    'agent_name',
    'prompt_id',
    'prompt_name',
    'llm_provider',
    'llm_model',
    'llm_version',
    'is_legacy',
  ],
  unsearchable: [],
};

/** Syllable's own client gave up searching by `is_outbound`, which is answered with 422. */
export const sessionProperties: Properties = {
  all: [
    'timestamp',
    'session_id',
    'conversation_id',
    'channel_manager_service',
    'channel_manager_type',
    'channel_manager_sid',
    'agent_type',
    'agent_id',
    'agent_name',
    'prompt_id',
    'prompt_name',
    'source',
    'target',
    'duration',
    'is_outbound',
    'is_legacy',
    'is_test',
  ],
  unsearchable: ['is_outbound'],
};

export interface Search {
  readonly field: string;
  readonly value: string;
}

export interface ListQuery {
  /** From 0. */
  readonly page: number;
  readonly limit: number;
  readonly searches: readonly Search[];
  readonly orderBy: string | undefined;
  readonly direction: 'asc' | 'desc' | undefined;
  /** Empty: all of them. */
  readonly fields: readonly string[];
  readonly start: Time | undefined;
  readonly end: Time | undefined;
}

/**
 * The parameters that both lists have. A repeated parameter that has one value counts with its last.
 * @throws Refusal 422 that names every problem
 */
export function readQuery(given: Readonly<Record<string, string[]>>, properties: Properties): ListQuery {
  const all = (name: string): string[] => (Object.hasOwn(given, name) ? (given[name] ?? []) : []);
  const last = (name: string): string | undefined => all(name).at(-1);
  const fields = all('search_fields');
  const values = all('search_field_values');
  const direction = last('order_by_direction');
  const query = {
    page: whole(last('page') ?? '0'),
    limit: whole(last('limit') ?? '25'),
    search_fields: fields,
    order_by: last('order_by'),
    order_by_direction: direction,
    fields: all('fields'),
    start_datetime: last('start_datetime'),
    end_datetime: last('end_datetime'),
  };
  const problems = [
    ...problemsOf(schemaOf(properties), query),
    ...searchProblems(fields, values, properties),
  ];
  if (problems.length > 0) throw invalid(problems);
  return {
    page: Number(query.page),
    limit: Number(query.limit),
    searches: fields.map((field, index) => ({ field, value: values[index] ?? '' })),
    orderBy: query.order_by,
    direction: direction === 'asc' || direction === 'desc' ? direction : undefined,
    fields: query.fields,
    start: parseTime(query.start_datetime ?? ''),
    end: parseTime(query.end_datetime ?? ''),
  };
}

function whole(text: string): number | string {
  return /^[+-]?\d+$/.test(text) ? Number(text) : text;
}

function schemaOf({ all }: Properties): Schema {
  const property = z.enum([...all]);
  const count = z.int().check(z.minimum(0));
  const time = z.string().check(z.refine((text) => parseTime(text) !== undefined));
  return object({
    page: count,
    limit: count,
    search_fields: z.array(property),
    order_by: optional(property),
    order_by_direction: optional(z.enum(['asc', 'desc'])),
    fields: z.array(property),
    start_datetime: optional(time),
    end_datetime: optional(time),
  });
}

function problemsOf(schema: Schema, query: object): Problem[] {
  const result = schema.safeParse(query);
  if (result.success) return [];
  return result.error.issues.map((issue) => ({
    loc: ['query', ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))],
    ...wordsFor(issue),
  }));
}

function wordsFor(issue: z.core.$ZodIssue): Omit<Problem, 'loc'> {
  if (issue.code === 'invalid_value') {
    return { type: 'enum', msg: `must be one of ${issue.values.map(String).join(', ')}` };
  }
  return words[issue.code] ?? { type: 'value_error', msg: 'is not possible' };
}

/** The kinds of problem are named as the server library names them. */
const words: Readonly<Record<string, Omit<Problem, 'loc'>>> = {
  invalid_type: { type: 'int_parsing', msg: 'must be a whole number' },
  too_small: { type: 'greater_than_equal', msg: 'must be 0 or more' },
  custom: { type: 'datetime_parsing', msg: 'must be a time such as 2023-01-01T00:00:00Z' },
};

function searchProblems(
  fields: readonly string[],
  values: readonly string[],
  { unsearchable }: Properties,
): Problem[] {
  const refused = fields.flatMap((field, index): Problem[] =>
    unsearchable.includes(field)
      ? [{ loc: ['query', 'search_fields', index], msg: 'cannot be searched', type: 'value_error' }]
      : [],
  );
  if (fields.length === values.length) return refused;
  const msg = `there are ${fields.length} fields to search, and ${values.length} values`;
  return [...refused, { loc: ['query', 'search_field_values'], msg, type: 'value_error' }];
}
