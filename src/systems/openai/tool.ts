import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import {
  field,
  nullable,
  nullish,
  object,
  openEnum,
  optional,
  type Schema,
} from '../../core/schema/build.ts';
import { byType, list, someText, toolName } from './limits.ts';
import { allowedCallers, anyObject, deferLoading } from './members.ts';
import { hostedToolTable } from './tool-hosted.ts';
import { shellToolTable } from './tool-shell.ts';

/**
 * A tool that a model may call, as items tell of it. Limits bind a request only.
 *
 * @see https://github.com/openai/openai-openapi (`Tool`)
 */
export function toolSchema(kind: Kind): Schema {
  return byKind[kind]();
}

const byKind = { record: once(() => build('record')), request: once(() => build('request')) };

function build(kind: Kind): Schema {
  return byType({
    ...ownToolTable(kind),
    ...hostedToolTable(kind),
    ...shellToolTable(kind),
    ...bareTable(['computer', 'programmatic_tool_calling', 'local_shell']),
  });
}

function bareTable(types: readonly string[]): Record<string, () => Schema> {
  return Object.fromEntries(
    types.map((type) => [type, once(() => object({ type: z.literal(type) }))] as const),
  );
}

/** Tools that the user carries out, and how they are found. */
function ownToolTable(kind: Kind): Record<string, () => Schema> {
  return {
    function: once(() =>
      object({
        type: z.literal('function'),
        name: field(z.string(), 'Name of the function.'),
        ...functionMembers(kind),
        parameters: field(nullable(anyObject()), 'JSON Schema of the arguments.'),
        strict: field(nullable(z.boolean()), 'Whether the arguments must match the schema.'),
      }),
    ),
    custom: once(() => customTool(kind)),
    namespace: once(() =>
      object({
        type: z.literal('namespace'),
        name: field(someText(kind), 'Name of the namespace.'),
        description: field(z.string(), 'What its tools are for.'),
        tools: field(list(kind, innerTool(kind), { min: 1 }), 'The tools in it.'),
      }),
    ),
    tool_search: once(() =>
      object({
        type: z.literal('tool_search'),
        execution: field(optional(openEnum('server', 'client')), 'Where the search runs.'),
        description: field(nullish(z.string()), 'What can be found.'),
        parameters: field(nullish(anyObject()), 'JSON Schema of the arguments.'),
      }),
    ),
  };
}

/** Within a namespace, a function may leave out what it must have outside. */
function innerTool(kind: Kind): Schema {
  return byType({
    function: once(() =>
      object({
        type: z.literal('function'),
        name: field(toolName(kind), 'Name of the function.'),
        ...functionMembers(kind),
        parameters: field(nullish(anyObject()), 'JSON Schema of the arguments.'),
        strict: field(nullish(z.boolean()), 'Whether the arguments must match the schema.'),
      }),
    ),
    custom: once(() => customTool(kind)),
  });
}

function functionMembers(kind: Kind): Record<string, Schema> {
  return {
    description: field(nullish(z.string()), 'What it does.'),
    output_schema: field(nullish(anyObject()), 'JSON Schema of what it gives back.'),
    defer_loading: deferLoading(),
    allowed_callers: allowedCallers(kind, 0),
  };
}

function customTool(kind: Kind): Schema {
  return object({
    type: z.literal('custom'),
    name: field(z.string(), 'Name of the tool.'),
    description: field(optional(z.string()), 'What it does.'),
    format: field(optional(inputFormat()), 'What its input looks like; any text if absent.'),
    defer_loading: deferLoading(),
    allowed_callers: allowedCallers(kind),
  });
}

const inputFormat = once(() =>
  byType({
    text: once(() => object({ type: z.literal('text') })),
    grammar: once(() =>
      object({
        type: z.literal('grammar'),
        syntax: field(openEnum('lark', 'regex'), 'What the grammar is written in.'),
        definition: field(z.string(), 'The grammar.'),
      }),
    ),
  }),
);
