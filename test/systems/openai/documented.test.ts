import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { type Schema, variantsOf } from '../../../src/core/schema/build.ts';
import { oddities } from '../../../src/core/schema/oddities.ts';
import { describe as describeSchema } from '../../../src/core/schema/shape.ts';
import { itemSchema } from '../../../src/systems/openai/items.ts';
import { request } from '../../../src/systems/openai/schema.ts';
import { toolSchema } from '../../../src/systems/openai/tool.ts';
import documented from '../../fixtures/openai/documented.json' with { type: 'json' };

/** The members that a union knows of one of its types. */
function membersOf(union: Schema, type: string): readonly string[] {
  const schema = variantsOf(union)?.table[type]?.();
  const shape = schema && describeSchema(schema).shape;
  return shape?.kind === 'object' ? Object.keys(shape.fields) : [];
}

describe.each([
  { what: 'item', union: itemSchema, types: documented.items },
  { what: 'tool', union: toolSchema, types: documented.tools },
])('every documented member of an $what is known', ({ union, types }) => {
  it.each(Object.entries(types))('of type %s', (type, names) => {
    for (const kind of ['record', 'request'] as const)
      expect(membersOf(union(kind), type)).toEqual(expect.arrayContaining(names));
  });
});

const tools: readonly JsonObject[] = [
  { type: 'function', name: 'f', parameters: {}, strict: true },
  { type: 'function', name: 'f', parameters: null, strict: null, defer_loading: true, allowed_callers: [] },
  {
    type: 'file_search',
    vector_store_ids: ['vs_1'],
    max_num_results: 3,
    ranking_options: { ranker: 'auto', hybrid_search: { embedding_weight: 1, text_weight: 0.5 } },
    filters: { type: 'and', filters: [{ type: 'eq', key: 'k', value: ['a', 1] }] },
  },
  { type: 'computer' },
  { type: 'computer_use_preview', environment: 'linux', display_width: 800, display_height: 600 },
  {
    type: 'web_search',
    filters: { allowed_domains: ['example.com'] },
    user_location: { type: 'approximate', city: null },
  },
  { type: 'web_search_preview', search_content_types: ['text'], user_location: { type: 'approximate' } },
  {
    type: 'mcp',
    server_label: 'one',
    headers: { a: 'b' },
    allowed_tools: { read_only: true },
    require_approval: { never: { tool_names: ['look'] } },
  },
  { type: 'mcp', server_label: 'one', allowed_tools: ['look'], require_approval: 'never' },
  { type: 'code_interpreter', container: 'cntr_1' },
  {
    type: 'code_interpreter',
    container: {
      type: 'auto',
      memory_limit: '1g',
      network_policy: {
        type: 'allowlist',
        allowed_domains: ['example.com'],
        domain_secrets: [{ domain: 'example.com', name: 'n', value: 'v' }],
      },
    },
  },
  {
    type: 'image_generation',
    output_compression: 100,
    partial_images: 3,
    input_image_mask: { file_id: 'f' },
  },
  {
    type: 'shell',
    environment: {
      type: 'container_auto',
      skills: [
        { type: 'skill_reference', skill_id: 's', version: 'latest' },
        {
          type: 'inline',
          name: 'n',
          description: 'd',
          source: { type: 'base64', media_type: 'application/zip', data: 'UEs=' },
        },
      ],
    },
  },
  { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
  {
    type: 'namespace',
    name: 'n',
    description: 'd',
    tools: [
      { type: 'function', name: 'f' },
      { type: 'custom', name: 'c' },
    ],
  },
  { type: 'tool_search', execution: 'client', parameters: {} },
];

describe('a tool', () => {
  it.each(tools)('is known: %j', (tool) => {
    const document = { items: [{ type: 'tool_search_output', tools: [tool] }] };
    expect(request().safeParse(document).error?.issues).toBeUndefined();
    expect(oddities(request(), document)).toEqual([]);
  });

  it.each([
    { type: 'function', name: 'f', strict: true },
    { type: 'file_search' },
    { type: 'mcp', server_label: 'one', require_approval: 5 },
    { type: 'code_interpreter', container: { type: 'auto', file_ids: [1] } },
    { type: 'namespace', name: 'n', description: 'd', tools: [] },
    { type: 'image_generation', partial_images: 4 },
  ])('is refused if it is not as documented: %j', (tool) => {
    expect(request().safeParse({ items: [{ type: 'tool_search_output', tools: [tool] }] }).success).toBe(
      false,
    );
  });

  it('may have members and types that nobody documents, which is said', () => {
    const tool = { type: 'file_search', vector_store_ids: [], more: 1 };
    const document = { items: [{ type: 'tool_search_output', tools: [tool, { type: 'telescope' }] }] };
    expect(request().safeParse(document).success).toBe(true);
    expect(oddities(request(), document).map(({ path }) => path.join('.'))).toEqual([
      'items.0.tools.0.more',
      'items.0.tools.1.type',
    ]);
  });
});

describe('what goes with a search or a list of tools', () => {
  it.each([5, 'x', [], null])('does not look for %j', (value) => {
    expect(itemSchema('request').safeParse({ type: 'tool_search_call', arguments: value }).success).toBe(
      false,
    );
  });

  it.each([5, true, {}, []])('does not fail with %j', (error) => {
    const list = { type: 'mcp_list_tools', id: 'mcpl_1', server_label: 'one', tools: [] };
    expect(itemSchema('record').safeParse({ ...list, error }).success).toBe(false);
    expect(itemSchema('record').safeParse({ ...list, error: null }).success).toBe(true);
  });
});
