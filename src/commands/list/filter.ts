import type { Conversation } from '../../core/conversation.ts';
import { readModel } from '../../core/document.ts';
import { Failure } from '../../core/errors.ts';
import { JsonSyntaxProblem, parseJson } from '../../core/json/parse.ts';
import { equal, isObject, type JsonValue, valueAt } from '../../core/json.ts';
import { nearest } from '../../core/nearest.ts';
import { partsOf } from '../../core/parts.ts';
import { parseAssignment } from '../../core/path.ts';
import { compareTimes, parseTime, renderTime, type Time } from '../../core/time.ts';
import { infoOf } from '../../formats/index.ts';
import type { Listed, Located, SortKey, Wanted } from '../../providers/provider.ts';
import type { ListOptions } from './index.ts';

/** Whether a row is to be shown. */
export type Filter = (row: Listed) => Promise<boolean>;

export interface Filters {
  /** The cheap ones first. */
  readonly tests: readonly Filter[];
  /** What they look for, for a place that can look for some of it itself; absent if they look for nothing. */
  readonly wanted?: Wanted;
}

/** The flags that say which conversations are meant. */
export type FilterOptions = Pick<ListOptions, 'since' | 'until' | 'where' | 'search'>;

/** The time that `--since` and `--until` are about; `changed`: the time of change, else that of creation. */
export type FilterTime = SortKey | 'changed';

/** The filters that the options ask for. @throws Failure `usage` for one misspelt. */
export function filtersOf(options: FilterOptions, about: FilterTime, now: number): Filters {
  const { since, until, where = [], search } = options;
  const from = since === undefined ? undefined : parseBound(since, '--since', now);
  const to = until === undefined ? undefined : parseBound(until, '--until', now);
  const conditions = where.map(parseCondition);
  const tests: Filter[] = [];
  if (from || to) tests.push(timeFilter(from, to, about));
  if (conditions.length > 0) {
    const enough = conditions.every(({ path }) => !beyondHead.has(path[0]));
    tests.push(async (row) => {
      const model: unknown = await (enough && row.head ? readLocated(row.head) : modelOf(row));
      return isObject(model) && conditions.every((condition) => matches(model, condition));
    });
  }
  if (search !== undefined && search !== '') {
    const wanted = search.toLowerCase();
    tests.push(async (row) =>
      textsOf(await modelOf(row)).some((text) => text.toLowerCase().includes(wanted)),
    );
  }
  if (tests.length === 0) return { tests };
  return {
    tests,
    wanted: { since: from && renderTime(from), until: to && renderTime(to), where: conditions },
  };
}

/** Whether a row passes all of them. */
export async function passes(row: Listed, filters: readonly Filter[]): Promise<boolean> {
  for (const filter of filters) if (!(await filter(row))) return false;
  return true;
}

function timeFilter(from: Time | undefined, to: Time | undefined, about: FilterTime): Filter {
  return async ({ summary: { created_at: created, updated_at: updated } }) => {
    const text = about === 'changed' ? (updated ?? created) : about === 'updated' ? updated : created;
    const time = text === null ? undefined : parseTime(text);
    if (!time) return false;
    return (!from || compareTimes(time, from) >= 0) && (!to || compareTimes(time, to) < 0);
  };
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** RFC 3339, or so long ago. */
function parseBound(text: string, flag: string, now: number): Time {
  const ago = /^(\d{1,9})([smhdw])$/.exec(text);
  if (ago)
    return (
      parseTime(new Date(now - Number(ago[1]) * (unitMs[ago[2] ?? ''] ?? 0)).toISOString()) ??
      noTime(text, flag)
    );
  return parseTime(text) ?? noTime(text, flag);
}

function noTime(text: string, flag: string): never {
  throw new Failure('usage', `${flag} takes a time, not ${JSON.stringify(text)}`, {
    hint: 'write it as 2026-06-01T09:00:00Z, 2026-06-01, or as an age: 30s, 5m, 12h, 7d, 2w',
  });
}

type Condition = Wanted['where'][number];

/** The value typed is text, or JSON where it parses. */
function parseCondition(typed: string): Condition {
  const { path, value } = parseAssignment(typed, '--where');
  refuseUnknown(path[0] ?? '');
  const accepted: JsonValue[] = [value];
  try {
    accepted.push(parseJson(value));
  } catch (error) {
    // It is text only.
    if (!(error instanceof JsonSyntaxProblem)) throw error;
  }
  return { path, values: accepted };
}

function matches(model: JsonValue, { path, values }: Condition): boolean {
  const found = valueAt(model, path);
  return found !== undefined && values.some((each) => equal(each, found));
}

/** The fields of the model that `--where` may begin with. */
const modelFields = [
  'id',
  'title',
  'created_at',
  'updated_at',
  'created_by',
  'agent',
  'model',
  'prompt',
  'metadata',
  'messages',
  'extensions',
];

/** Those of which a list of conversations without their messages does not have everything. */
const beyondHead: ReadonlySet<string | undefined> = new Set(['messages', 'extensions']);

/** A field that no conversation has would match nothing, without a word. */
function refuseUnknown(name: string): void {
  if (modelFields.includes(name)) return;
  const meant = nearest(name, modelFields);
  throw new Failure(
    'usage',
    `--where takes a field of the convo format, and ${JSON.stringify(name)} is none`,
    {
      hint: meant === undefined ? `begin with ${modelFields.join(', ')}` : `did you mean ${meant}?`,
    },
  );
}

async function modelOf(row: Listed): Promise<Conversation> {
  return readLocated(await row.load());
}

async function readLocated({ format, record }: Located): Promise<Conversation> {
  return readModel({ format: await infoOf(format).load(), kind: 'record', value: record });
}

/** Every text a person would search: the title, the metadata, what was said. */
function textsOf({ title, metadata, messages }: Conversation): string[] {
  const texts: string[] = typeof title === 'string' ? [title] : [];
  collectTexts(metadata ?? null, texts);
  for (const message of messages ?? []) {
    for (const { extensions: _kept, ...said } of partsOf(message)) collectTexts(said, texts);
  }
  return texts;
}

function collectTexts(value: JsonValue, texts: string[]): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value === 'number') texts.push(String(value));
  else if (Array.isArray(value)) for (const item of value) collectTexts(item, texts);
  else if (isObject(value)) for (const item of Object.values(value)) collectTexts(item, texts);
}
