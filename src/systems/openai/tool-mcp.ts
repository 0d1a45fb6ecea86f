import * as z from 'zod/mini';
import type { Kind } from '../../core/format.ts';
import { once } from '../../core/once.ts';
import { field, nullish, object, openEnum, optional, type Schema } from '../../core/schema/build.ts';
import { allowedCallers, deferLoading } from './members.ts';

/** The tools of an MCP server. */
export function mcpTool(kind: Kind): Schema {
  return object({
    type: z.literal('mcp'),
    server_label: field(z.string(), 'The MCP server.'),
    server_url: field(optional(z.string()), 'Where the server is.'),
    connector_id: field(optional(openEnum(...connectors)), 'A connector in place of a server.'),
    tunnel_id: field(optional(z.string()), 'A tunnel in place of a URL: `tunnel_` and more.'),
    authorization: field(optional(z.string()), 'Access token for the server.'),
    server_description: field(optional(z.string()), 'What the server is for.'),
    headers: field(nullish(z.record(z.string(), z.string())), 'HTTP headers sent to the server.'),
    allowed_tools: field(
      nullish(z.union([z.array(z.string()), toolFilter()])),
      'Which tools may be called: their names, or a filter.',
    ),
    allowed_callers: allowedCallers(kind),
    require_approval: field(
      nullish(z.union([approvals(), openEnum('always', 'never')])),
      'Which calls need an approval.',
    ),
    defer_loading: deferLoading(),
  });
}

const connectors = [
  'connector_dropbox',
  'connector_gmail',
  'connector_googlecalendar',
  'connector_googledrive',
  'connector_microsoftteams',
  'connector_outlookcalendar',
  'connector_outlookemail',
  'connector_sharepoint',
] as const;

const approvals = once(() =>
  object({
    always: field(optional(toolFilter()), 'Tools whose calls need one.'),
    never: field(optional(toolFilter()), 'Tools whose calls need none.'),
  }),
);

const toolFilter = once(() =>
  object({
    tool_names: field(optional(z.array(z.string())), 'Names of the tools.'),
    read_only: field(optional(z.boolean()), 'Whether they only read.'),
  }),
);
