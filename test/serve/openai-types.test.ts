import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { dataOf, idsOf, objectOf, openDesk } from './openai-desk.ts';
import { storedTypes } from './openai-shapes.ts';

const completed = { status: 'completed' };

/** One of each type with as little as may be sent. */
const sent: readonly JsonObject[] = [
  {
    type: 'message',
    role: 'user',
    content: [{ type: 'input_image', detail: 'auto' }, { type: 'input_file' }],
  },
  { type: 'function_call', call_id: 'c', name: 'a', arguments: '{}' },
  { type: 'function_call_output', output: 'a', call_id: null, name: null, namespace: null },
  { type: 'custom_tool_call', call_id: 'c', name: 'a', input: '', namespace: null },
  { type: 'custom_tool_call_output', call_id: 'c', output: [{ type: 'input_image' }] },
  { type: 'reasoning', id: 'rs_1', summary: [], status: null },
  { type: 'compaction', encrypted_content: 'a' },
  { type: 'file_search_call', id: 'fs_1', queries: [], ...completed },
  { type: 'web_search_call', id: 'ws_1', action: { type: 'open_page' }, ...completed },
  {
    type: 'code_interpreter_call',
    id: 'ci_1',
    container_id: 'c',
    code: null,
    outputs: null,
    ...completed,
  },
  { type: 'image_generation_call', id: 'ig_1', result: null, ...completed },
  { type: 'computer_call', id: 'cu_1', call_id: 'c', pending_safety_checks: [], ...completed },
  {
    type: 'computer_call_output',
    call_id: 'c',
    output: { type: 'computer_screenshot', image_url: null, file_id: null },
    acknowledged_safety_checks: null,
  },
  {
    type: 'local_shell_call',
    id: 'lsh_1',
    call_id: 'c',
    action: { type: 'exec', command: [], env: {} },
    ...completed,
  },
  { type: 'local_shell_call_output', id: 'lsho_1', output: '{}' },
  { type: 'shell_call', call_id: 'c', action: { commands: [] } },
  {
    type: 'shell_call_output',
    call_id: 'c',
    output: [{ stdout: '', stderr: '', outcome: { type: 'timeout' } }],
  },
  { type: 'apply_patch_call', call_id: 'c', operation: { type: 'delete_file', path: 'a' }, ...completed },
  { type: 'apply_patch_call_output', call_id: 'c', ...completed },
  { type: 'mcp_list_tools', id: 'mcpl_1', server_label: 'a', tools: [] },
  { type: 'mcp_approval_request', id: 'mcpr_1', server_label: 'a', name: 'b', arguments: '{}' },
  { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', approve: true },
  { type: 'mcp_call', id: 'mcp_1', server_label: 'a', name: 'b', arguments: '{}' },
  { type: 'tool_search_call', arguments: {} },
  { type: 'tool_search_output', tools: [] },
  { type: 'additional_tools', role: 'developer', tools: [] },
  { type: 'program', id: 'prog_1', call_id: 'c', code: '', fingerprint: '' },
  { type: 'program_output', id: 'progo_1', call_id: 'c', result: '', ...completed },
];

describe('each type of item', () => {
  it('is among those sent here', () => {
    expect(new Set(sent.map(({ type }) => type))).toEqual(new Set(storedTypes));
  });

  it('is returned with all that is always there, however little was sent', async () => {
    const { call, create, errors } = await openDesk();
    const path = `/conversations/${await create({ items: sent.slice(0, 20) })}/items`;
    await call('POST', path, { items: sent.slice(20) });
    const listed = await call('GET', `${path}?order=asc&limit=100`);
    expect(dataOf(listed).map(({ type }) => type)).toEqual(sent.map(({ type }) => type));
    for (const id of idsOf(listed)) {
      const got = await call('GET', `${path}/${id}`);
      expect(dataOf(listed)).toContainEqual(got.body);
    }
    expect(errors).toEqual([]);
  });

  it('is returned with it too where it was kept in the form it was sent in, and the same each time', async () => {
    const { call, keep, errors } = await openDesk();
    const record = { id: 'conv_1', object: 'conversation', created_at: 1, metadata: null, items: [...sent] };
    await keep('openai', 'conv_1', record);
    const listed = await call('GET', '/conversations/conv_1/items?limit=100&order=asc');
    expect(dataOf(listed)).toHaveLength(sent.length);
    expect(new Set(idsOf(listed)).size).toBe(sent.length);
    for (const id of idsOf(listed))
      expect((await call('GET', `/conversations/conv_1/items/${id}`)).status).toBe(200);
    expect((await call('GET', '/conversations/conv_1/items?limit=100&order=asc')).body).toEqual(listed.body);
    expect(objectOf((await call('GET', '/conversations/conv_1')).body)['metadata']).toEqual({});
    expect(errors).toEqual([]);
  });

  it('keeps the id it was shown with when one before it is deleted', async () => {
    const { call, keep, errors } = await openDesk();
    const items = ['a', 'b', 'c'].map((content) => ({ role: 'user', content }));
    await keep('openai', 'conv_1', {
      id: 'conv_1',
      object: 'conversation',
      created_at: 1,
      metadata: {},
      items: [...items, { ...items[0], id: 7 }, { ...items[1], id: '7' }],
    });
    const before = idsOf(await call('GET', '/conversations/conv_1/items?order=asc'));
    expect([before[3], new Set(before).size]).toEqual(['7', 5]);
    await call('DELETE', `/conversations/conv_1/items/${before[0]}`);
    await call('POST', '/conversations/conv_1/items', { items: [{ role: 'user', content: 'd' }] });
    const after = idsOf(await call('GET', '/conversations/conv_1/items?order=asc'));
    expect(after.slice(0, 4)).toEqual(before.slice(1));
    expect(errors).toEqual([]);
  });

  it('is not returned if it is only ever sent', async () => {
    const { call, keep, errors } = await openDesk();
    await keep('openai', 'conv_1', {
      id: 'conv_1',
      object: 'conversation',
      created_at: 1,
      metadata: {},
      items: [{ type: 'item_reference', id: 'msg_1' }, { type: 'compaction_trigger' }],
    });
    expect(dataOf(await call('GET', '/conversations/conv_1/items'))).toEqual([]);
    expect(errors).toEqual([]);
  });
});
