import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullable, nullish, object, type Schema } from '../../core/schema/build.ts';
import { byType, callId, longText, status } from './limits.ts';
import { anyId, anyObject, anyStatus, ownId } from './members.ts';

/** Programs that call tools, and the tools of MCP servers. */
export function remoteTable(kind: Kind): Record<string, () => Schema> {
  return { ...programTable(kind), ...mcpTable(kind) };
}

function programTable(kind: Kind): Record<string, () => Schema> {
  return {
    program: once(() =>
      object({
        type: z.literal('program'),
        id: ownId(kind),
        call_id: field(callId(kind), 'Pairs the program with its output.'),
        code: field(longText(kind), 'The code.'),
        fingerprint: field(longText(kind), 'Opaque; goes back as it came.'),
      }),
    ),
    program_output: once(() =>
      object({
        type: z.literal('program_output'),
        id: ownId(kind),
        call_id: field(callId(kind), 'The program it answers.'),
        result: field(longText(kind), 'What the program gave back.'),
        status: field(status(), 'How far the item got.'),
      }),
    ),
  };
}

function mcpTable(kind: Kind): Record<string, () => Schema> {
  return {
    mcp_list_tools: once(() =>
      object({
        type: z.literal('mcp_list_tools'),
        id: ownId(kind),
        server_label: field(z.string(), 'The MCP server.'),
        tools: field(z.array(listedTool()), 'The tools it offers.'),
        error: field(nullish(z.string()), 'Why it could not list them.'),
      }),
    ),
    mcp_approval_request: once(() =>
      object({
        type: z.literal('mcp_approval_request'),
        id: ownId(kind),
        server_label: field(z.string(), 'The MCP server.'),
        name: field(z.string(), 'Name of the tool.'),
        arguments: field(z.string(), 'Text holding JSON.'),
      }),
    ),
    mcp_approval_response: once(() =>
      object({
        type: z.literal('mcp_approval_response'),
        id: anyId(kind),
        approval_request_id: field(z.string(), 'The request it answers.'),
        approve: field(z.boolean(), 'Whether the tool may run.'),
        reason: field(nullish(z.string()), 'Why.'),
      }),
    ),
    mcp_call: once(() => mcpCall(kind)),
  };
}

const listedTool = once(() =>
  object({
    name: field(z.string(), 'Name of the tool.'),
    description: field(nullish(z.string()), 'What it does.'),
    input_schema: field(anyObject(), 'JSON Schema of what it is given.'),
    annotations: field(nullish(anyObject()), 'What the server says of it.'),
  }),
);

function mcpCall(kind: Kind): Schema {
  return object({
    type: z.literal('mcp_call'),
    id: ownId(kind),
    server_label: field(z.string(), 'The MCP server.'),
    name: field(z.string(), 'Name of the tool.'),
    arguments: field(z.string(), 'Text holding JSON.'),
    output: field(nullish(z.string()), 'What the tool gave back.'),
    error: field(nullish(mcpError()), 'What went wrong.'),
    status: anyStatus('calling', 'failed'),
    approval_request_id: field(nullish(z.string()), 'The approval it asked for.'),
  });
}

const coded = (type: 'mcp_protocol_error' | 'http_error') =>
  object({
    type: z.literal(type),
    code: field(z.int(), 'The error as a number.'),
    message: field(z.string(), 'The error in words.'),
  });

const mcpError = once(() =>
  byType({
    mcp_protocol_error: once(() => coded('mcp_protocol_error')),
    http_error: once(() => coded('http_error')),
    mcp_tool_execution_error: once(() =>
      object({
        type: z.literal('mcp_tool_execution_error'),
        content: field(nullable(z.json()), 'What the tool said of it.'),
      }),
    ),
  }),
);
