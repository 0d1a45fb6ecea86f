import type { Context } from '../../context.ts';
import { Failure } from '../../core/errors.ts';
import type { Format, FormatInfo } from '../../core/format.ts';
import type { Schema } from '../../core/schema/build.ts';
import { formatNamed } from '../../formats/index.ts';
import { writeJson, writeNdjson } from '../../output/json.ts';
import { openSession, type Session } from '../session.ts';
import { listFormats } from './formats.ts';
import type { SchemaOptions } from './index.ts';
import { jsonSchemaOf, jsonSchemaOfMany } from './json-schema.ts';
import { type Section, sectionsOf } from './sections.ts';
import { renderSections, sectionsAt } from './table.ts';

/** Prints the formats, or the fields of one. */
export async function showSchema(
  name: string | undefined,
  options: SchemaOptions,
  context: Context,
): Promise<void> {
  const session = openSession(context, options);
  if (name === undefined) {
    refuseAlone(options);
    await listFormats(session);
    return;
  }
  const info = formatNamed(name);
  const format = await info.load();
  if (options.errors === true) await showErrors(session, info, format, options);
  else await showFields(session, info, format, options);
}

/** @throws Failure `usage` for flags that need a format. */
function refuseAlone({ request, errors, at }: SchemaOptions): void {
  const flag = [request && '--request', errors && '--errors', at !== undefined && '--at'].find(Boolean);
  if (flag)
    throw new Failure('usage', `${flag} needs a format`, {
      hint: `for example: convo schema openai ${flag}`,
    });
}

async function showFields(
  session: Session,
  info: FormatInfo,
  format: Format,
  options: SchemaOptions,
): Promise<void> {
  const kind = options.request === true ? 'request' : 'record';
  const build = kind === 'request' ? format.request : format.record;
  if (!build) {
    const reason = format.keeping.cannot.create ?? 'nothing creates a conversation there';
    throw new Failure('unsupported', `${format.title} has no request: ${reason}`, {
      hint: 'leave out --request',
    });
  }
  const naming = {
    id: `urn:convo:${info.name}:${kind}`,
    title: `${info.title} conversation, ${kind} (${info.name})`,
  };
  if (session.format === 'table') await printTable(session, info, sectionsOf(build()), options);
  else await printJson(session, jsonSchemaOf(build(), naming), options);
}

async function showErrors(
  session: Session,
  info: FormatInfo,
  format: Format,
  options: SchemaOptions,
): Promise<void> {
  if (options.request === true) throw new Failure('usage', '--errors and --request cannot be used together');
  if (!format.errors) throw new Failure('unsupported', `${format.title} documents no errors`);
  const schemas = Object.fromEntries(
    Object.entries(format.errors).map(([status, build]) => [status, build()]),
  );
  const naming = { id: `urn:convo:${info.name}:errors`, title: `Errors of ${info.title} (${info.name})` };
  if (session.format !== 'table') return printJson(session, jsonSchemaOfMany(schemas, naming), options);
  const sections = bySchema(schemas).flatMap(([schema, statuses]) => sectionsOf(schema, statuses.join(', ')));
  return printTable(session, info, sections, options);
}

/** Most statuses share one body. */
function bySchema(schemas: Readonly<Record<string, Schema>>): [Schema, string[]][] {
  const statuses = new Map<Schema, string[]>();
  for (const [status, schema] of Object.entries(schemas)) {
    statuses.set(schema, [...(statuses.get(schema) ?? []), status]);
  }
  return [...statuses];
}

async function printTable(
  { stdout, appearance }: Session,
  { name }: FormatInfo,
  sections: readonly Section[],
  { at }: SchemaOptions,
): Promise<void> {
  const shown = at === undefined ? sections : sectionsAt(sections, at, name);
  await stdout.write(renderSections(shown, appearance));
}

async function printJson(
  { stdout, format }: Session,
  schema: ReturnType<typeof jsonSchemaOf>,
  { at }: SchemaOptions,
) {
  if (at !== undefined) {
    throw new Failure('usage', '--at has no effect on JSON Schema', { hint: 'add -o table' });
  }
  await (format === 'ndjson' ? writeNdjson(stdout, schema) : writeJson(stdout, schema));
}
